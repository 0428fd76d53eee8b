"""A program that starts workers on what never ends, prints their process ids, and waits to be killed."""

from __future__ import annotations

import sys
import threading
import time

from pipeline.extract.worker import Workers
from tests.extract import jobs

if __name__ == "__main__":
    workers: Workers[str, str] = Workers(jobs.obey, count=2, seconds=600)
    orders = [sys.argv[1]] * 2
    threading.Thread(target=lambda: list(workers.map(orders)), daemon=True).start()
    while len(pids := [process._popen.pid for process in workers._processes]) < 2:
        time.sleep(0.01)
    time.sleep(1.0)
    print(*pids, flush=True)
    time.sleep(600)
