"""Who said what: attributed statements from Indonesian news.

    >>> import katanya
    >>> article = katanya.read("\\"Jalan itu dibuka besok,\\" kata Camat Sukamaju Rini Wulandari.")

The door is small on purpose: `read` for one article, `Reader` for many, the records that they return, and the `Ledger`
that keeps account of them.
"""

from typing import TYPE_CHECKING, Any

from katanya.api import Article, Reader, read
from katanya.core.errors import KatanyaError
from katanya.core.outcomes import Rejected
from katanya.core.records import Document, Person, Statement
from katanya.core.settings import VERSION
from katanya.core.spans import Span

if TYPE_CHECKING:
    from katanya.ledger.store import Ledger

__version__ = VERSION

__all__ = [
    "Article",
    "Document",
    "KatanyaError",
    "Ledger",
    "Person",
    "Reader",
    "Rejected",
    "Span",
    "Statement",
    "__version__",
    "read",
]


def __getattr__(name: str) -> Any:
    """Load the ledger when it is first asked for: who reads one article does not wait for it."""
    if name == "Ledger":
        from katanya.ledger.store import Ledger

        return Ledger
    raise AttributeError(f"module 'katanya' has no attribute '{name}'")
