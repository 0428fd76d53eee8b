"""Fill the README's first screen with real output: `python -m tests.readme` after `dateline demo`.

Runs the demo into a temporary folder and writes what it printed, and one query with its answer, between the marks.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from tests.conftest import script

README = Path(__file__).parents[1] / "README.md"
QUERY = """SELECT DISTINCT mode, actors, recipients, place_name, killed_low AS killed, sentence_text
FROM event_feed WHERE event_type = 'ASSAULT' AND len(actors) > 0 AND len(recipients) > 0 AND country IS NOT NULL
AND modality = 'actual' ORDER BY ALL LIMIT 3"""
SHOWN_LINES = 40


def run(folder: Path, *arguments: str) -> str:
    """What a command prints, both streams as a terminal would mix them."""
    done = subprocess.run(
        [str(script("dateline")), *arguments],
        cwd=folder,
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
    text = fill(README.read_text("utf-8"), "demo", block(first_screen))
    README.write_text(fill(text, "query", block(answer)), "utf-8")


if __name__ == "__main__":
    main()
