"""How it is run: Prefect flows, deployments, the command line."""
