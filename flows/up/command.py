"""`dateline up`: what one machine needs, until it is stopped: Prefect's server, the served deployments, the first run.

Where one of its processes dies, it ends, with the reason and status 1, rather than start that again: what a new start
mends is mended by who started us (systemd, a compose file), who knows how often to try, and what it does not is seen.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from flows.home import check_home
from flows.quiet import hush
from flows.status.standing import readers_copy
from flows.up.child import Child
from flows.up.claim import check_port, claimed, is_prefect, url_of
from flows.up.news import News
from flows.visible import say
from pipeline.errors import DatelineError, WarehouseError
from pipeline.secrets import masked_text
from pipeline.settings import Settings
from warehouse.status import last_good_start

START_SECONDS = 600  # 20 to 35 on two slow cores, minutes when they are busy; one that dies is noticed at once
STOP_SECONDS = 45.0  # for a run that is at work to be stopped, and Prefect to be told
LOOK_SECONDS = 1.0
# Of a server of ours; what the operator has set in the environment wins.
SERVER = {
    "PREFECT_UI_API_URL": "/api",  # of the page itself: also through a tunnel, or another port of a container
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # Prefect's record of a run goes after 90 days
    "PREFECT_LOGGING_COLORS": "false",
}
PROFILE = "from prefect.settings import PREFECT_API_URL as url; print(url.value() or '')"


def run_up(settings: Settings, *, host: str, port: int) -> int:
    """Start all, look after it until SIGINT or SIGTERM, stop all; the exit status.

    Raises ConfigError and LockedError for what keeps it from starting, DatelineError when one of its processes dies.
    """
    feeds = check_home(settings)
    say(f"home    {settings.home.resolve()}, {len(feeds)} feeds")
    if not can_run(settings):
        return 2
    hush(logs=True)
    folder = settings.home.resolve() / "prefect"
    theirs = operators_server()
    url = masked_text(theirs).removesuffix("/api") if theirs else url_of(host, port)
    with claimed(folder, url) as lock, stopping() as stop, ExitStack() as running:
        env = dict(os.environ) if theirs else environment(folder, url)
        kept = Kept(settings, env, lock, running)
        if not theirs:
            check_port(host, port)
            say("server  starts; that takes half a minute …")
            kept.start("server", ["prefect", "server", "start", "--host", host, "--port", str(port)])
            if not kept.wait_for(lambda: is_prefect(host, port), stop):
                return 0
        began = datetime.now(UTC)
        next_run = next_run_at(last_good(settings), began, settings.schedule_minutes)
        arguments = [str(settings.home.resolve()), next_run.isoformat(), "shared" if theirs else "alone"]
        kept.start("runs", ["flows.deploy", *arguments])
        for line in where_to_look(settings, url, None if next_run <= began else next_run):
            say(line)
        kept.watch(stop)
        say("stopping; Ctrl-C once more kills")
    say("stopped")
    return 0


class Kept:
    """The processes that must all live, and the news of what they do."""

    def __init__(self, settings: Settings, env: Mapping[str, str], lock: int, running: ExitStack) -> None:
        self._env, self._lock, self._running = env, lock, running
        self._logs = settings.logs
        self._children: list[Child] = []
        self._news = News(settings)

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """One more; it is stopped at the end, the last one first."""
        child = Child(name, arguments, log=self._logs / f"{name}.log", env=self._env, hold=self._lock)
        self._children.append(child)
        self._running.callback(self._stop, child)

    def _stop(self, child: Child) -> None:
        """Ask one to stop and wait; when somebody will not wait, all are killed."""
        try:
            child.stop(STOP_SECONDS)
        except KeyboardInterrupt:
            for one in self._children:
                one.kill()
            raise

    def wait_for(self, condition: Callable[[], bool], stop: Event) -> bool:
        """Whether it came true before we were told to stop. DatelineError when a process dies or takes too long."""
        deadline = datetime.now(UTC) + timedelta(seconds=START_SECONDS)
        while not condition():
            self.check()
            if stop.wait(LOOK_SECONDS):
                return False
            if datetime.now(UTC) > deadline:
                raise DatelineError(f"the server does not answer after {START_SECONDS} s; see {self._logs}")
        return True

    def watch(self, stop: Event) -> None:
        """Tell what happens until we are told to stop. DatelineError when a process dies."""
        while not stop.wait(LOOK_SECONDS):
            self.check()
            for line in self._news.lines():
                say(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}  {line}")

    def check(self) -> None:
        """DatelineError when one is dead."""
        for child in self._children:
            if (status := child.status) is not None:
                raise DatelineError(
                    f"the process of the {child.name} ended (status {status}): {child.last_words} "
                    f"(more in {child.log}); all is stopped, start `dateline up` again"
                )


def next_run_at(last: datetime | None, now: datetime, minutes: int) -> datetime:
    """When the first run is due: now, or when the schedule of the last good one, begun at `last`, goes on."""
    every = timedelta(minutes=minutes)
    return now if last is None else min(max(now, last + every), now + every)


def last_good(settings: Settings) -> datetime | None:
    """When the last run that ended well began; None for a home without one, or one that cannot be asked."""
    try:
        return last_good_start(readers_copy(settings))
    except WarehouseError:
        return None


def where_to_look(settings: Settings, url: str, next_run: datetime | None) -> list[str]:
    """The lines for a person. `next_run`: None for at once."""
    first = f"the next at {next_run:%H:%M} UTC" if next_run else "the first one now"
    home = "" if settings.home == Path("data") else f" --home {settings.home}"
    return [
        f"server  {url} (runs, schedules, their logs)",
        f"runs    every {settings.schedule_minutes} minutes, {first}",
        f"brief   {settings.brief.resolve()}, renewed by each run",
        f'ask     dateline status{home}; dateline sql{home} "FROM event_feed LIMIT 5"',
        f"logs    {settings.logs.resolve()}",
        "stop    Ctrl-C",
    ]


def can_run(settings: Settings) -> bool:
    """Whether a run could start; what is wrong is told. Asked of another process, for it loads 200 MB."""
    asked = [sys.executable, "-P", "-m", "flows.home", str(settings.home)]
    return subprocess.run(asked, check=False).returncode == 0


def operators_server() -> str | None:
    """The API address of a server of the operator's: of PREFECT_API_URL or a profile; None where none is set."""
    if (address := os.environ.get("PREFECT_API_URL")) is not None:
        return address or None
    # asked of a process of its own, for Prefect takes seconds and 100 MB that we have no use for
    asked = subprocess.run([sys.executable, "-P", "-c", PROFILE], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or None


def environment(folder: Path, url: str) -> dict[str, str]:
    """That of a server of ours and of its runs: nothing of Prefect's is kept outside the home."""
    env = {**SERVER, **os.environ, "PREFECT_HOME": str(folder), "PREFECT_API_URL": f"{url}/api"}
    env.pop("PREFECT_PROFILE", None)
    return env


@contextmanager
def stopping() -> Iterator[Event]:
    """Set when SIGINT or SIGTERM comes; a second SIGINT is a KeyboardInterrupt."""
    stop = Event()

    def told(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
