"""Prefect as Dateline runs it: no telemetry, no noise on a good run, patience with slow machines.

Import this before prefect. What the operator has set in the environment or in a profile of Prefect's wins.
"""

from __future__ import annotations

import os

DEFAULTS = {
    # the ephemeral server takes 20 to 35 s to start on two slow cores; Prefect gives up after 20
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "240",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    # a dead run's slot comes free after this many seconds
    "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": "60",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "DO_NOT_TRACK": "1",
}


def hush(*, logs: bool = False) -> None:
    """Set the defaults above where nothing is set; without `logs`, Prefect prints only errors."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if not logs:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")


hush(logs=True)
