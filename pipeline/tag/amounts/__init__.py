"""Numbers with their unit and bounds: people killed, wounded, arrested …, and other quantities."""
