"""`dateline feeds …`: the operator's list, trials and the card of a feed, as typed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.asking import Asker, open_client
from flows.cli import app
from flows.parsing import open_parsers
from flows.polling import Poller
from pipeline.settings import load_settings
from pipeline.sources import load_feeds
from warehouse.polls import sync_feeds
from warehouse.publish import publish
from warehouse.store import Warehouse

RSS = b"""<rss version="2.0"><channel><title>Harbour news</title><ttl>60</ttl>
<item><guid>1</guid><title>A bridge is closed</title><link>/bridge</link>
<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"""
PAGE = b"""<html><head><title>Harbour</title><link rel="alternate" type="application/rss+xml" href="/news.xml">
<link rel="alternate" type="application/atom+xml" href="/broken.xml"></head><body>Welcome</body></html>"""
ROUTES = {"/news.xml": RSS, "/": PAGE, "/broken.xml": b"<html><title>404</title></html>", "/hidden/feed": RSS}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = ROUTES.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    (tmp_path / "feeds.toml").write_text("# mine\n", "utf-8")
    return tmp_path


def dateline(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["feeds", *arguments])


def listed(home: Path) -> dict[str, bool]:
    return {feed.feed_id: feed.enabled for feed in load_feeds(home / "feeds.toml")}


def test_a_feed_is_added_paused_resumed_and_removed(home: Path) -> None:
    assert dateline("add", "https://wire.example/rss", "--id", "wire", "--zone", "Europe/Berlin").exit_code == 0
    assert listed(home) == {"wire": True}
    assert dateline("pause", "wire").output == "paused wire\n"
    assert listed(home) == {"wire": False}
    assert "learnt" in dateline("list").output
    assert dateline("resume", "wire").output == "resumed wire\n"
    assert listed(home) == {"wire": True}
    assert dateline("remove", "wire").exit_code == 0
    assert listed(home) == {}
    assert (home / "feeds.toml").read_text("utf-8").startswith("# mine")


def test_nothing_is_paused_when_one_of_the_ids_is_unknown(home: Path) -> None:
    dateline("add", "https://wire.example/rss", "--id", "wire")
    result = dateline("pause", "wire", "paper")
    assert result.exit_code != 0
    assert "paper" in str(result.exception)
    assert listed(home) == {"wire": True}


def test_a_folder_is_added_by_its_path(home: Path, tmp_path: Path) -> None:
    drops = tmp_path / "drops"
    drops.mkdir()
    assert dateline("add", str(drops), "--id", "agency").exit_code == 0
    [feed] = load_feeds(home / "feeds.toml")
    assert (feed.is_folder, feed.url) == (True, drops.as_uri())


def test_what_is_exported_is_imported_elsewhere(home: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        dateline("add", f"https://{name}.example/rss", "--id", name, "--title", f"Paper {name}")
    opml = tmp_path / "feeds.opml"
    assert dateline("export", str(opml)).exit_code == 0
    (home / "feeds.toml").write_text("", "utf-8")
    result = dateline("import", str(opml))
    assert (result.exit_code, result.output) == (0, "2 feeds added, 0 listed already, 0 problems\n")
    assert {(f.url, f.title) for f in load_feeds(home / "feeds.toml")} == {
        ("https://one.example/rss", "Paper one"),
        ("https://two.example/rss", "Paper two"),
    }
    assert "0 feeds added, 2 listed already" in dateline("import", str(opml)).output


def test_a_broken_list_gives_what_can_be_read_and_tells_the_lines_of_the_rest(home: Path, tmp_path: Path) -> None:
    opml = tmp_path / "broken.opml"
    opml.write_text(
        '<opml version="2.0"><body>\n<outline text="Desk">\n<outline xmlUrl="https://one.example/rss"/>\n'
        '<outline text="nothing"/>\n<outline xmlUrl="ftp://two.example/rss"/>\n</outline></body></opml>\n',
        "utf-8",
    )
    result = dateline("import", str(opml))
    assert result.exit_code == 1
    assert "broken.opml:5" in result.output
    assert [feed.url for feed in load_feeds(home / "feeds.toml")] == ["https://one.example/rss"]


def test_check_prints_a_table_and_fails_when_a_feed_is_broken(home: Path, site: str) -> None:
    dateline("add", f"{site}/news.xml", "--id", "good", "--allow-private")
    result = dateline("check")
    assert (result.exit_code, "rss20" in result.output, "2026-11-21 10:00:00" in result.output) == (0, True, True)
    dateline("add", f"{site}/broken.xml", "--id", "page", "--allow-private")
    dateline("add", f"{site}/nowhere", "--id", "lost", "--allow-private")
    result = dateline("check")
    assert result.exit_code == 1
    assert "3 asked, 2 broken" in result.output
    assert "http_404" in result.output
    assert "an HTML page" in result.output


def test_discover_finds_what_a_page_names_and_shows_only_what_works(home: Path, site: str) -> None:
    result = dateline("discover", site, "--allow-private")
    assert result.exit_code == 0
    assert f"{site}/news.xml" in result.output
    assert "broken.xml" not in result.output


def test_discover_tries_common_paths_where_a_page_names_nothing(
    home: Path, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROUTES, "/hidden/", b"<html><body>No feed is named here.</body></html>")
    result = dateline("discover", f"{site}/hidden/", "--allow-private")
    assert f"{site}/hidden/feed" in result.output
    monkeypatch.setitem(ROUTES, "/hidden/feed", PAGE)
    monkeypatch.setitem(ROUTES, "/news.xml", PAGE)
    assert dateline("discover", f"{site}/hidden/", "--allow-private").exit_code == 1


def test_show_tells_health_and_the_next_poll_with_its_reason(home: Path, site: str) -> None:
    dateline("add", f"{site}/news.xml", "--id", "good", "--allow-private")
    settings = load_settings()
    feeds = load_feeds(settings.feeds_file)
    with (
        Warehouse.open(settings.live, settings.lock) as warehouse,
        open_client(settings) as client,
        open_parsers(1, 10) as parsers,
    ):
        sync_feeds(warehouse, feeds, datetime.now(UTC))
        assert Poller(settings, Asker(settings, client, parsers), warehouse, "run").poll(feeds) == 1
        publish(warehouse, settings.published)
    result = dateline("show", "good")
    assert result.exit_code == 0, result.exception
    for words in ("Harbour news", "health", "good", "next poll", "60 min", "1 seen", "latest polls", "listed"):
        assert words in result.output, words


def test_show_of_a_feed_that_was_never_polled_says_so(home: Path) -> None:
    dateline("add", "https://wire.example/rss", "--id", "wire")
    result = dateline("show", "wire")
    assert result.exit_code == 1
    assert "no warehouse here yet" in str(result.exception)
