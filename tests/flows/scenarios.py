"""The table of all scenarios of polling; each theme is a module `wire_*.py` beside."""

from __future__ import annotations

from tests.flows.wire_conditional import CONDITIONAL
from tests.flows.wire_connections import CONNECTIONS
from tests.flows.wire_entries import ENTRIES
from tests.flows.wire_folders import FOLDERS
from tests.flows.wire_paces import PACES
from tests.flows.wire_pages import PAGES
from tests.flows.wire_redirects import REDIRECTS
from tests.flows.wire_scenario import Scenario
from tests.flows.wire_statuses import STATUSES

SCENARIOS: tuple[Scenario, ...] = (
    *CONDITIONAL, *REDIRECTS, *STATUSES, *CONNECTIONS, *PAGES, *PACES, *ENTRIES, *FOLDERS,
)  # fmt: skip
