"""Tracks: the figures that several accounts give for one thing, by time and by source, and where they part."""
