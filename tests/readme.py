"""Fill the README with real output: `python -m tests.readme`.

Runs the demo into a temporary folder and writes what it printed, one query with its answer, why a row is there, and why
a sentence is coded as it is, between the marks.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from tests.conftest import script

README = Path(__file__).parents[1] / "README.md"
QUERY = """SELECT DISTINCT mode, actors, recipients, place_name, killed_low AS killed, sentence_text
FROM event_reports WHERE event_type = 'ASSAULT' AND len(actors) > 0 AND len(recipients) > 0 AND country IS NOT NULL
AND modality = 'actual' ORDER BY ALL LIMIT 3"""
SHOWN_LINES = 40
WHY = """SELECT event_mention_id FROM event_reports WHERE mode = 'explosives' AND killed_low IS NOT NULL
AND attribution IS NOT NULL AND feature LIKE 'PPL%' AND len(actors) > 0 AND len(recipients) > 0
ORDER BY count(*) OVER (PARTITION BY event_id) DESC, reported_on, url LIMIT 1"""
SENTENCE = "Rebels shelled the town of Goma on 18 November 2026, killing at least three soldiers, a doctor said."


def run(folder: Path, *arguments: str, given: str = "") -> str:
    """What a command prints, both streams as a terminal would mix them. `given`: its standard input."""
    done = subprocess.run(
        [str(script("dateline")), *arguments],
        cwd=folder,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return done.stdout


def block(text: str) -> str:
    """Output as an indented block, without trailing blanks."""
    return "\n".join(f"    {line.rstrip()}".rstrip() for line in text.strip("\n").splitlines())


def fill(readme: str, mark: str, content: str) -> str:
    """The README with new content between two marks."""
    pattern = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}\n{content}\n\n{found[2]}", readme)


def main() -> None:
    """Run and write."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        demo = run(home, "demo").replace(folder, "")
        first_screen = "\n".join(demo.splitlines()[:SHOWN_LINES]) + "\n…"
        one_line = " ".join(QUERY.split())
        answer = f'$ .venv/bin/dateline sql --home demo-data "{one_line}"\n' + run(
            home, "sql", "--home", "demo-data", one_line
        )
        row = run(home, "sql", "--home", "demo-data", "--format", "csv", " ".join(WHY.split())).splitlines()[-1][:8]
        why = f"$ .venv/bin/dateline why --home demo-data {row}\n" + run(home, "why", "--home", "demo-data", row)
        explained = f"$ echo '{SENTENCE}' | .venv/bin/dateline tag --explain\n" + run(
            home, "tag", "--explain", given=SENTENCE
        )
    text = README.read_text("utf-8")
    blocks = {"demo": first_screen, "query": answer, "why": why, "explain": explained}
    for mark, content in blocks.items():
        text = fill(text, mark, block(content))
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
