"""What people say of coded events: `dateline label`, `review` and `accuracy`."""
