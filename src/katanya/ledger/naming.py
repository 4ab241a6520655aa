"""Names of articles that stand in addresses: short, and the same however often a ledger is made."""

import base64
import sqlite3
from hashlib import sha256

LENGTH = 16  # letters of base 32: 80 bits, so that two of 10⁹ articles have one name with a chance of 4 in 10⁷
FUNCTION = "article_name"  # in SQL


def article_name(key: str, number: int) -> str:
    """Return the name of an article, small letters and digits that an address takes, from what it is known by."""
    digest = sha256(f"{number} {key}".encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest)[:LENGTH].decode().lower()


def register(connection: sqlite3.Connection) -> None:
    """Let SQL name articles: what files them and the step that names those of an older ledger."""
    connection.create_function(FUNCTION, 2, article_name, deterministic=True)


def statement_name(article: str, label: str) -> str:
    """Return what a statement is called in an address: its article's name and its id within that."""
    return f"{article}.{label}"


def parted(name: str) -> tuple[str, str]:
    """Return the article's name and the label, or the name of a person there, that `statement_name` put together."""
    article, _, label = name.partition(".")
    return article, label
