"""Plays scenarios: all of them in rounds, through the stage as a run uses it, under a virtual clock."""

from __future__ import annotations

import os
import ssl
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from flows.asking import Asker
from flows.parsing import open_parsers
from flows.polling import Poller
from pipeline.fetch import Client, Limits, user_agent
from pipeline.records import Feed
from pipeline.settings import Settings, load_settings
from tests.flows.wire_documents import START, at
from tests.flows.wire_scenario import PUBLIC, Row, Scenario, Seen
from tests.flows.wire_server import Internet, Request, Server, World
from tests.warehouse.build import fetch
from warehouse.polls import sync_feeds
from warehouse.store import Warehouse

LIMITS = Limits(
    connect_seconds=4.0,
    read_seconds=3.0,
    total_seconds=6.0,
    max_bytes=200_000,
    host_interval_seconds=0.0,
    host_connections=4,
    connections=24,
)
HASTY_SECONDS = 0.002  # a document of 40 entries takes ten times as long on any machine
WRONG_HOST = "certificate-of-another-host"


@dataclass(slots=True)
class Played:
    """What all scenarios have left, by feed."""

    rows: Mapping[str, Mapping[str, list[Row]]]  # by table and feed
    requests: Mapping[str, Sequence[Request]]
    reached: tuple[str, ...]
    crashes: Mapping[str, Exception]  # what no feed may do: end the polling of all

    def seen(self, scenario: Scenario) -> Seen:
        """What one of them has left."""
        mine = {name: rows.get(scenario.slug, []) for name, rows in self.rows.items()}
        hosts = [scenario.host, *hosts_of(scenario)]
        return Seen(
            feed=mine.pop("feed")[0],
            requests=sorted((r for host in hosts for r in self.requests.get(host, ())), key=lambda r: r.round),
            reached=self.reached,
            **mine,
        )


TABLES = {
    "feed": "SELECT * FROM feed JOIN feed_health USING (feed_id)",
    "polls": "SELECT * FROM poll ORDER BY polled_at",
    "entries": "SELECT * FROM entry ORDER BY title, url",
    "addresses": "SELECT * FROM feed_address ORDER BY used_from",
    "files": "SELECT * FROM drop_file ORDER BY file_name",
    "failures": "SELECT * FROM failure ORDER BY failed_at, url",
}


@dataclass(slots=True)
class Stage:
    """The polling stage, and the world that it looks at."""

    settings: Settings
    warehouse: Warehouse
    client: Client
    world: World
    folders: Path
    now: datetime = START
    closing: ExitStack = field(default_factory=ExitStack)
    crashes: dict[str, Exception] = field(default_factory=dict)

    def play(self, scenarios: Sequence[Scenario]) -> None:
        """All rounds."""
        feeds = [s.feed(folder_of(self.folders, s).as_uri()) for s in scenarios]
        sync_feeds(self.warehouse, feeds, START)
        calm = self._asker(2, self.settings.parse_seconds)
        hasty = self._asker(1, HASTY_SECONDS)
        for round_ in range(max(len(s.polls) for s in scenarios)):
            self.now, self.world.round = at(round_), round_
            playing = [(s, feed) for s, feed in zip(scenarios, feeds, strict=True) if round_ < len(s.polls)]
            for scenario, _ in playing:
                drop(self.folders, scenario, round_)
            for asker, hurry in ((calm, False), (hasty, True)):
                self._poll(asker, [pair for pair in playing if pair[0].hasty is hurry])
            self._fetch_pages([s for s, _ in playing if s.fetched])

    def _asker(self, count: int, seconds: float) -> Asker:
        parsers = self.closing.enter_context(open_parsers(count, seconds))
        return Asker(self.settings, self.client, parsers, clock=lambda: self.now)

    def _poll(self, asker: Asker, playing: Sequence[tuple[Scenario, Feed]]) -> None:
        """All at once; where that breaks, in halves, so that only the feed that breaks it fails its test."""
        if not playing:
            return
        poller = Poller(self.settings, asker, self.warehouse, f"round-{self.world.round}")
        try:
            poller.poll([feed for _, feed in playing])
        except Exception as error:  # noqa: BLE001 - told by the test of the feed that raises it
            self.world.forget({host for s, _ in playing for host in (s.host, *hosts_of(s))})
            half = len(playing) // 2
            if not half:
                self.crashes[playing[0][1].feed_id] = error
                return
            self._poll(asker, playing[:half])
            self._poll(asker, playing[half:])

    def _fetch_pages(self, scenarios: Sequence[Scenario]) -> None:
        """Capture the pages of pending entries, so that a change is seen to make them work again."""
        slugs = [s.slug for s in scenarios]
        with self.warehouse.transaction() as cursor:
            found = cursor.execute(
                "SELECT DISTINCT url FROM entry WHERE status = 'pending' AND list_contains($slugs, feed_id)",
                {"slugs": slugs},
            ).fetchall()
        fetch(self.warehouse, *(url for (url,) in found), at=self.now + timedelta(minutes=1))

    def played(self, reached: Sequence[tuple[str, int]]) -> Played:
        """What is in the warehouse now."""
        with self.warehouse.transaction() as cursor:
            rows = {name: by_feed(cursor.execute(query)) for name, query in TABLES.items()}
        return Played(rows, self.world.asked, tuple(host for host, _ in reached), self.crashes)


def by_feed(cursor: Any) -> dict[str, list[Row]]:
    """All rows of a result, by feed and column name, in their order."""
    names = [column[0] for column in cursor.description]
    rows: dict[str, list[Row]] = defaultdict(list)
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        rows[row["feed_id"]].append(row)
    return rows


def hosts_of(scenario: Scenario) -> set[str]:
    """Hosts besides its own that a scenario has."""
    return {path.split("/")[0] for path in scenario.paths if not path.startswith("/")} | set(scenario.others)


def world_of(scenarios: Sequence[Scenario]) -> World:
    """The world in which they all play."""
    world = World()
    for s in scenarios:
        port = "" if s.port is None else f":{s.port}"
        world.sites[f"{s.host}{port}", "/feed"] = s.answers
        world.addresses[s.host] = s.addresses
        for path, answers in s.paths.items():
            host, _, rest = path.partition("/")
            world.sites[host or s.host, f"/{rest}"] = answers
        for host in hosts_of(s):
            world.addresses[host] = s.others.get(host, ((PUBLIC,),))
    return world


def folder_of(folders: Path, scenario: Scenario) -> Path:
    """Where a watched folder lies."""
    return folders / scenario.slug


def drop(folders: Path, scenario: Scenario, round_: int) -> None:
    """Put this round's files into the scenario's folder, as if an hour ago."""
    if not scenario.folder or scenario.drops is None:
        return
    folder = folder_of(folders, scenario)
    folder.mkdir(exist_ok=True)
    for name, body in (scenario.drops[round_] if round_ < len(scenario.drops) else {}).items():
        (folder / name).write_bytes(body)
        written = (at(round_) - timedelta(hours=1)).timestamp()
        os.utime(folder / name, (written, written))


@contextmanager
def playing(folder: Path, scenarios: Sequence[Scenario]) -> Iterator[Played]:
    """All scenarios played in a new home."""
    world = world_of(scenarios)
    names = sorted({s.host for s in scenarios if s.slug != WRONG_HOST} | {h for s in scenarios for h in hosts_of(s)})
    tls = certified(folder, names)
    settings = load_settings(home=folder, connections=24, max_feed_bytes=200_000, max_entries=40, parse_seconds=20)
    with ExitStack() as closing:
        server = closing.enter_context(Server(world, tls))
        sockets = Internet(server.ports)
        agent = user_agent("0.1.0", "desk@news.example")
        client = closing.enter_context(Client(LIMITS, agent, resolve=world.resolve, sockets=sockets))
        warehouse = closing.enter_context(Warehouse.open(settings.live, settings.lock))
        stage = Stage(settings, warehouse, client, world, folder, closing=closing)
        stage.play(scenarios)
        yield stage.played(sockets.reached)


def certified(folder: Path, names: Sequence[str]) -> ssl.SSLContext:
    """TLS under a certificate for those names, which stands for itself in `authority.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Small internet")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "authority.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    return context
