"""Fill the README with real output: `python -m tests.readme`; with `--settings` its table of settings alone.

Runs the demo into a temporary folder and writes what it printed, one query with its answer, the shipped questions with
theirs, why a row is there, what a story is, and why a sentence is coded as it is, between the marks.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from pydantic.fields import FieldInfo

from pipeline.settings import Settings
from tests.conftest import script
from warehouse.questions import MARK, Question, questions

README = Path(__file__).parents[1] / "README.md"
QUERY = """SELECT DISTINCT event_day AS day, actors, place_name AS place, killed_low AS killed, attribution AS says,
sentence_text FROM event_reports WHERE killed_low > 0 AND len(actors) > 0 AND attribution IS NOT NULL
ORDER BY killed DESC, day, sentence_text LIMIT 3"""
SHOWN_LINES = 40
WIDTH = 125
GLUE = "\0"  # for blanks at which no line ends
WHY = """SELECT event_mention_id FROM event_reports WHERE mode = 'explosives' AND killed_low IS NOT NULL
AND attribution IS NOT NULL AND feature LIKE 'PPL%' AND len(actors) > 0 AND len(recipients) > 0
ORDER BY count(*) OVER (PARTITION BY event_id) DESC, reported_on, url LIMIT 1"""
STORY = "SELECT arg_max(story_id, article_count) FROM story"
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


def ask(home: Path, query: str) -> str:
    """The beginning of the id that a query gives."""
    return run(home, "sql", "--home", "demo-data", "--format", "csv", " ".join(query.split())).splitlines()[-1][:8]


def block(text: str) -> str:
    """Output as an indented block, without trailing blanks."""
    return "\n".join(f"    {line.rstrip()}".rstrip() for line in text.strip("\n").splitlines())


def posed(number: int, one: Question) -> str:
    """A shipped question as the README has it: what it asks, what to know of it, its SQL."""
    sql = "\n".join(line for line in one.sql.splitlines() if not line.startswith(MARK))
    command = f"`dateline sql {one.name}`".replace(" ", GLUE)
    words = textwrap.fill(
        f"**{number}. {one.asks}** {one.notes} {command}", WIDTH, break_long_words=False, break_on_hyphens=False
    )
    return f"{words.replace(GLUE, ' ')}\n\n```sql\n{sql}\n```\n"


def answered(folder: Path) -> str:
    """All shipped questions with what the demo answers."""
    return "\n\n".join(
        f"{posed(number, one)}\n{block(run(folder, 'sql', '--home', 'demo-data', one.name))}"
        for number, one in enumerate(questions(), 1)
    )


def fill(readme: str, mark: str, content: str) -> str:
    """The README with new content between two marks."""
    pattern = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}\n{content}\n\n{found[2]}", readme)


UNITS = {"minutes": "min", "seconds": "s", "days": "days", "bytes": "bytes", "mb": "MiB"}  # by the end of a name
COUNTED = {
    "workers": "processes", "batch_size": "pages", "feed_batch_size": "feeds", "max_entries": "entries",
    "host_connections": "requests", "connections": "requests", "max_attempts": "tries",
}  # fmt: skip
MADE_DEFAULTS = {"cache": "the user's cache folder", "workers": "the machine's cores"}


def settings_table() -> str:
    """The settings as the model has them: variable, default, unit, meaning."""
    rows = ["| variable | default | unit | meaning |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        unit = COUNTED.get(name) or UNITS.get(name.rsplit("_", 1)[-1], "")
        meaning = f"{field.description}{bounds(field)}".replace("|", "\\|")
        rows.append(f"| `DATELINE_{name.upper()}` | {default_of(name, field)} | {unit} | {meaning} |")
    return "\n".join(rows)


def default_of(name: str, field: FieldInfo) -> str:
    """What a setting is when nobody sets it; a dash for nothing."""
    if name in MADE_DEFAULTS:
        return MADE_DEFAULTS[name]
    value = field.default
    if value is None or value == "":
        return "–"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def bounds(field: FieldInfo) -> str:
    """The least and the most that a setting may be, where that is more than "some"."""
    limits = {name: value for m in field.metadata for name in ("ge", "le") if (value := getattr(m, name, None))}
    if "le" in limits:
        return f" ({limits['ge']} to {limits['le']})"
    return f" (at least {limits['ge']})" if limits.get("ge", 1) > 1 else ""


def fill_settings(readme: str) -> str:
    """The README with the table of settings as they are."""
    return fill(readme, "settings", settings_table())


def main() -> None:
    """Run and write."""
    README.write_text(fill_settings(README.read_text("utf-8")), "utf-8")
    if "--settings" in sys.argv[1:]:
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        demo = run(home, "demo").replace(folder, "")
        first_screen = "\n".join(demo.splitlines()[:SHOWN_LINES]) + "\n…"
        one_line = " ".join(QUERY.split())
        answer = f'$ .venv/bin/dateline sql --home demo-data "{one_line}"\n' + run(
            home, "sql", "--home", "demo-data", one_line
        )
        row = ask(home, WHY)
        why = f"$ .venv/bin/dateline why --home demo-data {row}\n" + run(home, "why", "--home", "demo-data", row)
        asked = answered(home)
        shown = ask(home, STORY)
        story = f"$ .venv/bin/dateline show --home demo-data --limit 3 {shown}\n" + run(
            home, "show", "--home", "demo-data", "--limit", "3", shown
        )
        explained = f"$ echo '{SENTENCE}' | .venv/bin/dateline tag --explain\n" + run(
            home, "tag", "--explain", given=SENTENCE
        )
    text = README.read_text("utf-8")
    blocks = {"demo": first_screen, "query": answer, "why": why, "show": story, "explain": explained}
    for mark, content in blocks.items():
        text = fill(text, mark, block(content))
    text = fill(text, "questions", asked)
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
