"""`dateline up`: what one machine needs, started, watched and stopped together."""
