"""What wires and their printers put around a story: lines, datelines, labels, sign-offs, broken characters."""
