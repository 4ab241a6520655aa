"""Tells how far a training has come."""

import sys


def say(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(line + "\n")
