"""Who said what: attributed statements from Indonesian news.

    >>> import katanya
    >>> article = katanya.read("\\"Jalan itu dibuka besok,\\" kata Camat Sukamaju Rini Wulandari.")

The door is small on purpose: `read` for one article, `Reader` for many, and the records that they return.
"""

from katanya.api import Article, Reader, read
from katanya.core.errors import KatanyaError
from katanya.core.outcomes import Rejected
from katanya.core.records import Document, Person, Statement
from katanya.core.spans import Span

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Document",
    "KatanyaError",
    "Person",
    "Reader",
    "Rejected",
    "Span",
    "Statement",
    "__version__",
    "read",
]
