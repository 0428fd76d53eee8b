"""A wire on loopback whose every text means harm: to a database, a terminal, a page of Prefect, a reader's eyes."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SQL = "Soldiers attack Karo'); DROP TABLE article; DELETE FROM entry; --"
ESCAPES = "Rebels \x1b[31mseize\x1b[0m Karo \x1b]0;owned\x07 \x1b[2J \x9b2J \x08\x08 \x7f"
TURNED = "Gunmen \u202eshot\u202c \u2066five\u2069 in Karo \u200eon Friday\u061c"
UNSEEN = "Pol\u200bice arr\u2060est te\u00adn in Ka\ufeffro\u180e"
MARKUP = "Army [red]shells[/red] [link=file:///etc/passwd]Karo[/link] [/] `x` [a](javascript:alert(1)) | b"
SCRIPT = "Karo </script><img src=x onerror=alert(1)> army & <b>navy</b>"
LONG = "Villagers flee Karo " * 50_000
TITLES = {
    **{"sql": SQL, "escapes": ESCAPES, "turned": TURNED, "unseen": UNSEEN},
    **{"markup": MARKUP, "script": SCRIPT, "long": LONG},
}
FEED_TITLE = "Wire \"of\" 'harm' \x1b[2J\u202e ../../etc; DROP TABLE feed; [bold]b[/bold] | `c`"
NAMES = (
    "Police arrested Ana </script> Moreno in Baghdad on Friday, Colonel [red]Omar[/red] Hassan said.",
    "Soldiers attacked the \u202evillage\u202c of Rawa on Friday and killed three her\u200bders, police said.",
    "Rebels shelled \x9b2J Mosul on Thursday and killed '); DROP TABLE event; -- five people, the army said.",
)
SECRET = "5ecretT0ken"


def page(title: str) -> bytes:
    """A page with that headline, and sentences with harm in their names."""
    body = "".join(f"<p>{html.escape(name)}</p>" for name in NAMES)
    head = html.escape(title)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{head}</title></head>'
        f"<body><article><h1>{head}</h1>{body}</article></body></html>"
    ).encode("utf-8", "replace")


def feed(base: str) -> bytes:
    """A JSON Feed: JSON can write every character there is."""
    items = [
        {
            **{"id": f"{name}'); --\n\x1b[2J", "url": f"{base}/page/{name}?token={SECRET}", "title": title},
            "authors": [{"name": f"{title[:60]}"}],
            "tags": [title[:60]],
        }
        for name, title in TITLES.items()
    ]
    missing = {"id": "missing", "url": f"{base}/[red]gone[/red]?token={SECRET}", "title": "A page that is gone"}
    told = {"version": "https://jsonfeed.org/version/1.1", "title": FEED_TITLE, "items": [*items, missing]}
    return json.dumps(told).encode()


class Handler(BaseHTTPRequestHandler):
    """The feed, its pages, and 404 with harm in it."""

    def do_GET(self) -> None:
        """Answer."""
        base = f"http://{self.headers['Host']}"
        name = self.path.partition("?")[0].rpartition("/")[2]
        if self.path.startswith("/feed"):
            return self.answer(200, "application/feed+json", feed(base))
        if name in TITLES:
            return self.answer(200, "text/html; charset=utf-8", page(TITLES[name]))
        return self.answer(404, "text/plain", b"\x1b[2J no")

    def answer(self, status: int, content_type: str, body: bytes) -> None:
        """Send it whole."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def hostile_wire() -> Iterator[str]:
    """The address of the feed, while it is served; it has a secret in it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed.json?token={SECRET}"
        server.shutdown()
        thread.join()
