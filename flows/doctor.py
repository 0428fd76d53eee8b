"""`dateline doctor`: what is wrong with a home, why it matters, and how it is put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO

from rich.console import Console
from rich.text import Text

from flows.ailments import Ailment, Cure, Grade, diagnose
from flows.answers import wide_console
from flows.facts import Facts, look
from flows.visible import json_line, one_line
from pipeline.fetch import repair
from pipeline.settings import Settings
from warehouse.connection import discard
from warehouse.health import leftovers
from warehouse.publish import publish, whole
from warehouse.store import Warehouse, take_lock

TORN = "torn"  # folder of the home where the torn bytes of raw files are kept
STYLES = {Grade.LOOK: ("look   ", "yellow"), Grade.BROKEN: ("broken ", "bold red")}


def run_doctor(settings: Settings, *, mend: bool, as_json: bool, thorough: bool, target: IO[str]) -> int:
    """Examine a home and print a line for each ailment; with `mend`, put right what can be. The worst grade that is
    left: 0 well, 1 look, 2 broken.
    """
    console = wide_console(target)
    facts = look(settings, thorough=thorough)
    found = diagnose(facts)
    show(found, facts, console, target, as_json=as_json)
    if mend and any(ailment.cure for ailment in found):
        for line in treat(settings, found):
            if not as_json:
                console.print(Text(one_line(line)), soft_wrap=True)
        facts = look(settings, thorough=thorough)
        found = diagnose(facts)
        show(found, facts, console, target, as_json=as_json)
    return max((int(ailment.grade) for ailment in found), default=0)


def show(found: Sequence[Ailment], facts: Facts, console: Console, target: IO[str], *, as_json: bool) -> None:
    """The ailments, for a person or a program."""
    if as_json:
        target.writelines(json_line(record(ailment)) + "\n" for ailment in found)
        return
    for ailment in found:
        console.print(line_of(ailment), soft_wrap=True)
    if facts.holder:
        told = one_line(facts.holder.told)
        console.print(f"A run is at work ({told}): its files were not looked into.", markup=False)
    if not found:
        console.print(Text.assemble(("well   ", "green"), one_line(str(facts.home))), soft_wrap=True)


def line_of(ailment: Ailment) -> Text:
    """What, why, and how it is mended."""
    word, style = STYLES[ailment.grade]
    by = "" if ailment.cure else "by you: "
    told = f"{ailment.name}: {ailment.what}; {ailment.why}. Mend {by}{ailment.mend}."
    return Text.assemble((word, style), one_line(told))


def record(ailment: Ailment) -> dict[str, object]:
    """An ailment for programs."""
    return {
        "ailment": ailment.name,
        "grade": ailment.grade.name.lower(),
        "what": ailment.what,
        "why": ailment.why,
        "mend": ailment.mend,
        "cure": ailment.cure,
    }


def treat(settings: Settings, found: Sequence[Ailment]) -> list[str]:
    """Apply each cure that an ailment asks for, once, in the order of `Cure`; what was done, a line each.

    Raises LockedError when a run has begun meanwhile.
    """
    wanted = [cure for cure in Cure if any(ailment.cure is cure for ailment in found)]
    return [f"mended: {CURES[cure](settings)}" for cure in wanted]


def sweep_up(settings: Settings) -> str:
    """Remove what killed programs left behind, under the lock."""
    lock = take_lock(settings.lock, 0)
    try:
        left = leftovers(settings.live, settings.published, whole(settings.published))
        for path in left:
            discard(path)
    finally:
        lock.release()
    return f"removed what was left behind: {len(left)}"


def migrate(settings: Settings) -> str:
    """Opening it brings the warehouse up to this program."""
    opened(settings).close()
    return "the warehouse is migrated"


def bury_dead(settings: Settings) -> str:
    """Dead runs end in the book and in Prefect; torn raw files are cut, their torn bytes kept."""
    from flows.reap import bury

    torn = settings.home / TORN
    with opened(settings) as warehouse:
        dead = bury(settings, warehouse, aside=torn)
        with warehouse.transaction() as cursor:
            runs = [run_id for (run_id,) in cursor.execute("SELECT run_id FROM run").fetchall()]
        repair(settings.raw, runs, aside=torn)
    return f"raw files end with whole records; runs entered as crashed: {len(dead)}"


def publish_anew(settings: Settings) -> str:
    """A readers' copy from the writer's."""
    with opened(settings) as warehouse:
        warehouse.unpublished = True
        size = publish(warehouse, settings.published, since=settings.publish_since(datetime.now(UTC)))
    return f"a readers' copy of {size / 1e6:.1f} MB is in place"


def build_gazetteer(settings: Settings) -> str:
    """The place file, from the installed packages."""
    from pipeline.tag.places.gazetteer import Gazetteer

    Gazetteer.open(settings.gazetteer).close()
    return f"{settings.gazetteer} is built"


def opened(settings: Settings) -> Warehouse:
    """The writer's copy under the lock."""
    return Warehouse.open(settings.live, settings.lock, memory_mb=settings.memory_mb)


CURES: Mapping[Cure, Callable[[Settings], str]] = {
    Cure.SWEEP: sweep_up,
    Cure.MIGRATE: migrate,
    Cure.BURY: bury_dead,
    Cure.PUBLISH: publish_anew,
    Cure.GAZETTEER: build_gazetteer,
}
