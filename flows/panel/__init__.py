"""What Prefect's pages show of runs: artifacts, progress, names; and the events that an operator's automations hear."""
