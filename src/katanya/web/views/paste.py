"""A text or link that is read at once and not filed."""

from dataclasses import dataclass

from katanya.web.views.article import Article


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read: an article, or the reason why there is none (``reason`` and ``detail`` as in the rejects)."""

    article: Article | None
    reason: str | None = None
    detail: str | None = None
