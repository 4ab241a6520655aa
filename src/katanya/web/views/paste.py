"""A text or link that is read at once and not filed."""

from dataclasses import dataclass

from katanya.core.outcomes import Rejected
from katanya.web.desk import Desk, Read, Text
from katanya.web.views.article import Article, unfiled


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read: an article, or the reason why there is none (``reason`` and ``detail`` as in the rejects)."""

    article: Article | None
    reason: str | None = None
    detail: str | None = None


async def read_text(
    desk: Desk, text: str, *, title: str | None = None, outlet: str | None = None, published: str | None = None
) -> Pasted:
    """Read a text, or a page as it was copied, at once; raises `Refused` where that takes too long."""
    return _shown(await desk.read(Text(text, title, outlet, published)))


async def read_link(desk: Desk, url: str) -> Pasted:
    """Fetch and read a page at once; raises `Refused` where that takes too long."""
    return _shown(await desk.read(desk.link(url.strip())))


def _shown(read: Read | Rejected) -> Pasted:
    if isinstance(read, Rejected):
        return Pasted(None, read.reason.value, read.detail)
    return Pasted(unfiled(read.article, read.dated))
