"""What can ail a home: pure findings over its facts, one function an ailment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from flows.facts import Facts
from flows.grades import Grade as Grade
from flows.grades import grade_of_room, wanted_bytes
from warehouse.query import NEW_HOME

LONG_RUN_SECONDS = 12 * 3600.0  # the flow's own limit
CLOCK_SLACK = timedelta(minutes=1)


class Cure(StrEnum):
    """What `--repair` can do by itself, in the order in which it does it."""

    SWEEP = "sweep"
    MIGRATE = "migrate"
    BURY = "bury"
    PUBLISH = "publish"
    GAZETTEER = "gazetteer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """One thing that is wrong. `mend` says how it is put right: by `cure`, or without one by a person."""

    name: str
    grade: Grade
    what: str
    why: str
    mend: str
    cure: Cure | None = None


def unusable_home(facts: Facts) -> Iterator[Ailment]:
    """The folder is not there, or cannot be written."""
    if facts.is_there and facts.is_writable:
        return
    yield Ailment(
        name="home",
        grade=Grade.BROKEN,
        what=f"{facts.home} {'cannot be written' if facts.is_there else 'is not there'}",
        why="a run has nowhere to write",
        mend=NEW_HOME,
    )


def wrong_lists(facts: Facts) -> Iterator[Ailment]:
    """feeds.toml, actors.toml, rules.toml or a setting cannot be read."""
    for wrong in facts.wrong_files:
        yield Ailment(
            name="operator's file", grade=Grade.BROKEN, what=wrong, why="no run starts", mend="correct that line"
        )


def spoilt_labels(facts: Facts) -> Iterator[Ailment]:
    """Lines of labels.jsonl that nobody can read."""
    for wrong in facts.wrong_labels:
        yield Ailment(
            name="label",
            grade=Grade.LOOK,
            what=wrong,
            why="what was said there of a coded event does not count",
            mend="correct or delete that line; a line that a kill cut off was not yet told to be stored",
        )


def stale_lock(facts: Facts) -> Iterator[Ailment]:
    """The lock is held by nobody who is known to live, or for longer than a run may take."""
    held = facts.holder
    if held and held.is_alive is False:
        yield Ailment(
            name="stale lock",
            grade=Grade.BROKEN,
            what=f"live/lock is held, and its holder ({held.told}) is gone",
            why="no run can start while a child of that process, or another machine, keeps the lock",
            mend="end the process that `fuser live/lock` names; the kernel then frees the lock",
        )
    elif held and held.held_seconds > LONG_RUN_SECONDS:
        yield Ailment(
            name="stale lock",
            grade=Grade.LOOK,
            what=f"a run holds live/lock for {held.held_seconds / 3600:.0f} hours ({held.told})",
            why="no other run can start",
            mend="look whether it still works; if not, end it: the next run goes on from there",
        )


def damaged_warehouse(facts: Facts) -> Iterator[Ailment]:
    """The writer's copy cannot be read."""
    if facts.writer is None or facts.writer.trouble is None:
        return
    in_use = "lock on file" in facts.writer.trouble
    yield Ailment(
        name="warehouse",
        grade=Grade.BROKEN,
        what=f"live/warehouse.duckdb cannot be opened: {facts.writer.trouble}",
        why="no run can write",
        mend="end the program that has it open" if in_use else "`dateline restore` a backup, with --force",
    )


def other_schema(facts: Facts) -> Iterator[Ailment]:
    """The warehouse was made by an older program, or a newer one."""
    writer = facts.writer
    if writer and writer.newer:
        yield Ailment(
            name="newer schema",
            grade=Grade.BROKEN,
            what=writer.newer,
            why="this program would not understand what it holds, so no run starts",
            mend="upgrade Dateline",
        )
    elif writer and writer.migrations_wanted:
        yield Ailment(
            name="old schema",
            grade=Grade.LOOK,
            what=f"the warehouse has yet to be brought up to this program ({', '.join(writer.migrations_wanted)})",
            why="readers lack what is new in it",
            mend="migrate a copy and put it in its place, as the next run would",
            cure=Cure.MIGRATE,
        )


def stuck_runs(facts: Facts) -> Iterator[Ailment]:
    """The book says that a run is at work, and the lock is free: it is dead."""
    running = facts.writer.running if facts.writer else ()
    if running:
        yield Ailment(
            name="stuck runs",
            grade=Grade.LOOK,
            what=f"{counted(len(running), 'run')} said to be at work, and gone: {', '.join(running)}",
            why="Prefect may keep their slot",
            mend="enter into the book, and tell Prefect, that they crashed; what they left undone the next run does",
            cure=Cure.BURY,
        )


def torn_files(facts: Facts) -> Iterator[Ailment]:
    """A raw file ends in the middle of a record, or is damaged."""
    for raw in facts.raw_files:
        name = raw.file.relative_to(facts.home)
        if raw.damaged_at is None:
            yield Ailment(
                name="torn raw file",
                grade=Grade.LOOK,
                what=f"{name} ends in the middle of a record: {raw.cut_bytes} bytes too many",
                why="other programs refuse the file; no page that is known lies in those bytes",
                mend="cut it after its last whole record, and keep the torn bytes in torn/",
                cure=Cure.BURY,
            )
        else:
            yield Ailment(
                name="damaged raw file",
                grade=Grade.LOOK,
                what=f"{name} is damaged at byte {raw.damaged_at}, not by a kill",
                why="pages there cannot be read again; those not yet read are fetched anew",
                mend="put the file back from a backup, where there is one; look after the disk",
            )


def unreadable_copy(facts: Facts) -> Iterator[Ailment]:
    """Analysts cannot open their file."""
    told = [f"{path.name} cannot be read: {trouble}" for path, trouble in facts.copies]
    told += ["the readers' copy is not there"] if facts.copy_missing else []
    if not told and facts.copies_touched:
        yield Ailment(
            name="readers' copy",
            grade=Grade.LOOK,
            what="the readers' copy is not the file that was published",
            why="somebody changed or exchanged it: what readers see may not be so",
            mend="make it anew from the writer's copy",
            cure=Cure.PUBLISH,
        )
    for what in told:
        yield Ailment(
            name="readers' copy",
            grade=Grade.BROKEN,
            what=what,
            why="nobody can ask the warehouse",
            mend="make it anew from the writer's copy",
            cure=None if facts.holder else Cure.PUBLISH,
        )


def failed_feeds(facts: Facts) -> Iterator[Ailment]:
    """Feeds that do not answer."""
    for feed_id, health, error in facts.failing_feeds:
        yield Ailment(
            name=f"feed {health}",
            grade=Grade.LOOK,
            what=f"{feed_id}: {error}",
            why="its news is missed while its server keeps none",
            mend=f"`dateline ingest --feed {feed_id}` asks now, `dateline feeds pause {feed_id}` stops asking",
        )


def no_model(facts: Facts) -> Iterator[Ailment]:
    """The language model is missing or cannot be read."""
    if facts.model:
        yield Ailment(
            name="language model",
            grade=Grade.BROKEN,
            what=facts.model,
            why="pages are fetched and kept, and none is read",
            mend="install it again, or set DATELINE_SPACY_MODEL; what waits is read by the next run",
        )


def no_gazetteer(facts: Facts) -> Iterator[Ailment]:
    """The place file is missing or cannot be read."""
    if facts.gazetteer:
        yield Ailment(
            name="place file",
            grade=Grade.BROKEN,
            what=facts.gazetteer,
            why="pages are fetched and kept, and none is read",
            mend="build it by `dateline gazetteer`, or unset DATELINE_GAZETTEER_FILE",
        )
    elif facts.gazetteer_wanted:
        yield Ailment(
            name="place file",
            grade=Grade.LOOK,
            what="the place file is not there, or of another version",
            why="the next run takes half a minute longer",
            mend="build it from the installed packages",
            cure=Cure.GAZETTEER,
        )


def low_disk(facts: Facts) -> Iterator[Ailment]:
    """There is not much room left."""
    size = facts.writer.size_bytes if facts.writer else 0
    grade = grade_of_room(facts.free_bytes, size)
    if facts.is_there and grade:
        yield Ailment(
            name="low disk",
            grade=grade,
            what=f"{facts.free_bytes / 1e6:,.0f} MB free, {wanted_bytes(size) / 1e6:,.0f} MB wanted",
            why="a run that finds no room fails, and loses nothing",
            mend="make room; `dateline prune --days N` deletes raw pages that nothing refers to",
        )


def clock_behind(facts: Facts) -> Iterator[Ailment]:
    """The clock is behind the last run."""
    last = facts.writer.last_start if facts.writer else None
    if last and last > facts.now + CLOCK_SLACK:
        yield Ailment(
            name="clock",
            grade=Grade.LOOK,
            what=f"it is {facts.now:%Y-%m-%d %H:%M} UTC here, and the last run began at {last:%Y-%m-%d %H:%M}",
            why="one of the two is wrong, and so are the times of what was written under it",
            mend="set the clock (NTP); feeds that were polled in the future are polled again at once",
        )


def left_behind(facts: Facts) -> Iterator[Ailment]:
    """Spill folders and half-made copies of killed programs."""
    for path in facts.left_behind:
        yield Ailment(
            name="left behind",
            grade=Grade.LOOK,
            what=f"{path.relative_to(facts.home)} was left by a program that was killed",
            why="it takes up room",
            mend="remove it",
            cure=Cure.SWEEP,
        )


AILMENTS: tuple[Callable[[Facts], Iterator[Ailment]], ...] = (
    unusable_home, wrong_lists, spoilt_labels, stale_lock, damaged_warehouse, other_schema, stuck_runs, torn_files,
    unreadable_copy, failed_feeds, no_model, no_gazetteer, low_disk, clock_behind, left_behind,
)  # fmt: skip


def diagnose(facts: Facts) -> list[Ailment]:
    """All that ails the home; without a home nothing else is said."""
    if not facts.is_there:
        return list(unusable_home(facts))
    return [ailment for examine in AILMENTS for ailment in examine(facts)]


def counted(number: int, noun: str) -> str:
    """ "1 run", "2 runs" """
    return f"{number} {noun}{'' if number == 1 else 's'}"
