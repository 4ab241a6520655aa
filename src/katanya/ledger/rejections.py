"""Inputs that could not be read: nothing disappears."""

import sqlite3
from typing import Any

COLUMNS = ("source", "line", "reason", "detail")


def listed(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the rejected inputs in the order in which they were filed."""
    found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM rejections ORDER BY id")
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]
