"""What is done with the news, stage by stage; pure of prefect and duckdb."""
