"""What page, feed and text say about an article: title, names, times, address, section, flags; and who is believed."""
