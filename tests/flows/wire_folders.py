"""Scenarios: folders that agencies drop files into."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from tests.flows.wire_documents import FULL_TEXT, at
from tests.flows.wire_scenario import Check, Polled, Scenario, Seen, column, failed, read, unchanged

EMBARGO = datetime(2026, 11, 21, 18, tzinfo=UTC)


def ninjs(version: int = 1, status: str = "usable", *, uri: str = "urn:wire:bridge", **more: object) -> bytes:
    """One item of ninjs 1."""
    item = {
        "uri": uri,
        "version": str(version),
        "pubstatus": status,
        "versioncreated": at(-1).isoformat(),
        "headline": f"Bridge closed, {version}",
        "body_html": f"{FULL_TEXT}<p>Version {version}.</p>",
        **more,
    }
    return json.dumps(item).encode()


def newsml(version: int = 1, status: str = "usable", embargoed: datetime | None = None) -> bytes:
    """One item of NewsML-G2."""
    wait = f"<embargoed>{embargoed.isoformat()}</embargoed>" if embargoed else ""
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:wire.example:ferry"'
        f' version="{version}"><itemMeta><versionCreated>{at(-1).isoformat()}</versionCreated>{wait}'
        f'<pubStatus qcode="stat:{status}"/></itemMeta><contentMeta><urgency>2</urgency>'
        f"<headline>Ferry starts, {version}</headline></contentMeta><contentSet>"
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        f"{FULL_TEXT}</body></html></inlineXML></contentSet></newsItem>"
    ).encode()


def one_entry(**columns: object) -> Check:
    """What the only entry says."""

    def check(seen: Seen) -> None:
        [entry] = seen.entries
        assert {name: entry[name] for name in columns} == columns

    return check


def files_read(*names: str) -> Check:
    def check(seen: Seen) -> None:
        assert column(seen.files, "file_name") == sorted(names)

    return check


def broken_file_is_told(seen: Seen) -> None:
    """The file is named, what is well is read, and the feed stands well."""
    assert [(f["reason"], f["url"].rsplit("/", 1)[1]) for f in seen.failures] == [("not_a_feed", "broken.xml")]
    assert column(seen.entries, "title") == ["Bridge closed, 1"]


def dropped(name: str, *polls: Polled, drops: tuple[dict[str, bytes], ...], check: Check) -> Scenario:
    """A watched folder."""
    return Scenario(name=name, folder=True, drops=drops, polls=polls, check=check)


QUIET = unchanged(None)
NEW, CHANGED, KNOWN = read(1, status=None), read(0, changed=1, status=None), read(0, status=None)

FOLDERS = (
    dropped("folder with a new file", NEW, QUIET, drops=({"a.json": ninjs()},), check=files_read("a.json")),
    dropped(
        "folder with a file that changes",
        NEW,
        CHANGED,
        drops=({"a.json": ninjs(1)}, {"a.json": ninjs(2)}),
        check=one_entry(title="Bridge closed, 2", entry_version=2, status="pending"),
    ),
    dropped(
        "folder with a newer version in another file",
        NEW,
        CHANGED,
        drops=({"ferry-1.xml": newsml(1)}, {"ferry-2.xml": newsml(2)}),
        check=one_entry(title="Ferry starts, 2", entry_version=2, urgency=2),
    ),
    dropped(
        "folder with an older version that comes late",
        NEW,
        KNOWN,
        drops=({"ferry-2.xml": newsml(2)}, {"ferry-1.xml": newsml(1)}),
        check=one_entry(title="Ferry starts, 2", entry_version=2),
    ),
    dropped(
        "folder with both versions at once",
        NEW,
        drops=({"ferry-2.xml": newsml(2), "ferry-1.xml": newsml(1)},),
        check=one_entry(title="Ferry starts, 2", entry_version=2),
    ),
    dropped(
        "folder with a cancelled item",
        NEW,
        CHANGED,
        drops=({"ferry-1.xml": newsml(1)}, {"ferry-2.xml": newsml(2, "canceled")}),
        check=one_entry(item_status="canceled", status="skipped", reason="canceled"),
    ),
    dropped(
        "folder with versions that are times",  # as some agencies number them: beyond 32 bits
        NEW,
        CHANGED,
        drops=({"a.json": ninjs(20261120060000)}, {"a.json": ninjs(20261120061500)}),
        check=one_entry(entry_version=20261120061500),
    ),
    dropped(
        "folder with an embargoed item",
        NEW,
        drops=({"ferry.xml": newsml(1, embargoed=EMBARGO)},),
        check=one_entry(embargoed_until=EMBARGO, next_attempt_at=EMBARGO, status="pending"),
    ),
    dropped(
        "folder with a broken file",
        NEW,
        QUIET,
        drops=({"broken.xml": b"550 transfer aborted", "a.json": ninjs()},),
        check=broken_file_is_told,
    ),
    dropped(
        "folder with files under way",
        NEW,
        drops=({"a.json": ninjs(), ".b.json": ninjs(uri="urn:b"), "c.json.tmp": ninjs(uri="urn:c")},),
        check=files_read("a.json"),
    ),
    dropped("folder that is empty", QUIET, QUIET, drops=(), check=files_read()),
    Scenario(
        name="folder that is not there",
        folder=True,
        drops=None,
        polls=(failed("no_folder"), failed("no_folder")),
        because="(no_folder)",
    ),
)
