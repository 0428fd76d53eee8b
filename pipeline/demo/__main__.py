"""`python -m pipeline.demo [--port N]`: serves the wire until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading

from pipeline.demo.server import DemoWire


def main() -> None:
    """Prints the feed addresses, and waits."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.demo", description="Serve the made-up wire on loopback.")
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: a free one)")
    with DemoWire(port=parser.parse_args().port) as wire, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.writelines(f"{feed.feed_id:<16} {feed.url}\n" for feed in wire.feeds)
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
