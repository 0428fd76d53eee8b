"""`dateline show`: an event, article, story or entity on the terminal, and all that is tied to it."""
