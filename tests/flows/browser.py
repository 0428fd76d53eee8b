"""A real browser for tests, by its DevTools protocol: what a page asks for, what it complains of, what it shows."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from websockets.sync.client import ClientConnection, connect

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
STARTING_SECONDS, LOADING_SECONDS = 60.0, 60.0
COMPLAINTS = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")


class Page:
    """The browser's one page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._asked = socket, 0
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._loaded = False
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **values: Any) -> Any:
        """The answer to a command; what happens meanwhile is noted."""
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": values}))
        while (message := self._next()).get("id") != self._asked:
            pass
        assert "error" not in message, message
        return message["result"]

    def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._socket.recv(timeout=LOADING_SECONDS))
        method = message.get("method", "")
        if method == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        if method in COMPLAINTS:
            self.complaints.append(json.dumps(message["params"]))
        self._loaded = self._loaded or method == "Page.loadEventFired"
        return message

    def open(self, path: Path) -> float:
        """Load a file; the seconds that it took."""
        self._loaded, start = False, time.monotonic()
        self.ask("Page.navigate", url=path.as_uri())
        while not self._loaded:
            self._next()
        return time.monotonic() - start

    def run(self, script: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def look(self, *, width: int, height: int = 900, dark: bool = False, whole: bool = True) -> bytes:
        """A picture (PNG) of the page in a window of that size."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        return base64.b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=whole)["data"])


@contextmanager
def page(folder: Path) -> Iterator[Page]:
    """A page of a browser that runs while it is used, with its own profile in the folder."""
    profile = folder / "profile"
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    options += [f"--user-data-dir={profile}", "--remote-debugging-port=0", "--disable-background-networking"]
    browser = subprocess.Popen(
        [CHROMIUM, *options, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with connect(_address(profile, browser), max_size=None) as socket:
            yield Page(socket)
    finally:
        browser.terminate()
        browser.wait(timeout=STARTING_SECONDS)


def _address(profile: Path, browser: subprocess.Popen[bytes]) -> str:
    """Where the page listens, once it does."""
    end = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < end and browser.poll() is None:
        with suppress(OSError, ValueError, StopIteration):
            port = (profile / "DevToolsActivePort").read_text().split("\n")[0]
            with urlopen(f"http://127.0.0.1:{int(port)}/json") as answer:
                pages = json.load(answer)
            return next(str(p["webSocketDebuggerUrl"]) for p in pages if p["type"] == "page")
        time.sleep(0.1)
    raise AssertionError("the browser did not start")
