"""The organs wired together: a text goes in, an article with its statements comes out."""

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from katanya.core import records
from katanya.core.errors import MissingExtra
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Document
from katanya.core.settings import DEFAULT_MODEL, LANGUAGE
from katanya.core.values import ArticleValues, Values

if TYPE_CHECKING:
    import pandas as pd

    from katanya.attribution.models import Models
    from katanya.normalise.times.published import PublishedParser

Input = TypeVar("Input", str | Document, Document)
Outcome = TypeVar("Outcome")


class Article(records.Article):
    """An article with its statements and people, as it leaves the door: a record that can show itself."""

    __slots__ = ()

    @classmethod
    def of(cls, article: records.Article) -> Self:
        """Return the same article with the views added."""
        return cls(article.document, article.statements, article.people, article.told)

    def to_frame(self) -> "pd.DataFrame":
        """Return a pandas table, a statement a row; raises `MissingExtra` where pandas is not installed."""
        from katanya.render import table

        try:
            import pandas as pd
        except ImportError:
            raise MissingExtra("to_frame needs pandas", fix="pip install 'katanya[frames]'") from None
        return pd.DataFrame(table.rows(self), columns=list(table.COLUMNS))

    def _repr_html_(self) -> str:
        """Return the marked article for a notebook."""
        from katanya.render import html

        return html.fragment(self)


class Reader:
    """Reads articles of one language; make one and use it for many, it keeps no state between them."""

    def __init__(self, language: str = LANGUAGE, *, model: str | Path | None = DEFAULT_MODEL) -> None:
        """Load the language's pack and a model by name or folder; raises `PackError` or `ModelError`.

        ``model=None`` reads by the rules alone, as does a language that the default model was not trained for.
        """
        # The engine is imported with the first reader, not with the package: `--help` does not wait for it.
        from katanya.attribution.attribute import Attributor
        from katanya.lang.pack import load_pack
        from katanya.normalise.binding import bind
        from katanya.normalise.values import Normaliser
        from katanya.pipeline.analyse import Analyser

        pack = load_pack(language)
        self.language = language
        models = _models(model, language)
        self._analyser = Analyser(pack, models.tagger if models else None)
        self._attributor = Attributor(pack, models)
        self._normaliser = Normaliser(pack)
        self._bind = bind

    def read(
        self,
        text: str | Document,
        *,
        published: str | date | None = None,
        id: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
    ) -> Article:
        """Read one article; what is passed by keyword goes before what the document says of itself."""
        given = text if isinstance(text, Document) else Document(text, language=self.language)
        document = replace(
            given,
            id=given.id if id is None else id,
            title=title or given.title,
            outlet=outlet or given.outlet,
            published=str(published or "") or given.published,
            url=url or given.url,
        )
        analysis = self._analyser.analyse(document)
        article = self._attributor.attribute(analysis)
        values = self._normaliser.read_tokens(document.text, analysis.tokens, document.published)
        statements, told = self._bind(article.statements, values)
        return Article(document, statements, article.people, told)

    def values(self, text: str | Document, *, published: str | date | None = None) -> Values:
        """Read the times, figures and places of a whole article, whether or not anybody says them."""
        document = text if isinstance(text, Document) else Document(text)
        return self._normaliser.read(document.text, published or document.published)

    def pipe(self, documents: Iterable[str | Document | Rejected]) -> Iterator[Article | Rejected]:
        """Read many, one after the other, in their order; what fails comes out as `Rejected` in its place."""
        for document in documents:
            yield document if isinstance(document, Rejected) else self._try(document, self.read)

    def pipe_values(self, documents: Iterable[Document | Rejected]) -> Iterator[ArticleValues | Rejected]:
        """Read the values of many articles, as `pipe` reads their statements."""
        for document in documents:
            yield document if isinstance(document, Rejected) else self._try(document, self._identified)

    def _identified(self, document: Document) -> ArticleValues:
        return ArticleValues(document.id, self.values(document))

    @staticmethod
    def _try(document: Input, read: Callable[[Input], Outcome]) -> Outcome | Rejected:
        try:
            return read(document)
        except Exception as error:  # one bad article must not end a run over millions; the reason is kept
            source = document.id if isinstance(document, Document) else ""
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            return Rejected(source, Reason.FAILED, f"{type(error).__name__}: {error} ({where})")


def _models(model: str | Path | None, language: str) -> "Models | None":
    if model is None or (model == DEFAULT_MODEL and language != LANGUAGE):
        return None
    from katanya.attribution.models import Models
    from katanya.learned.store import model_folder

    return Models.load(model_folder(model))


def read(text: str | Document, *, published: str | date | None = None) -> Article:
    """Read one Indonesian article: who said what."""
    return _reader().read(text, published=published)


def dated(published: str | None, language: str = LANGUAGE) -> str | None:
    """Return a printed date in ISO 8601, to the minute where it tells the time; ``None`` where it is not certain."""
    days, minutes = _published(language).parse(published)
    if len(days) != 1:
        return None
    return days[0].isoformat() if minutes is None else f"{days[0]}T{minutes // 60:02}:{minutes % 60:02}"


@cache
def _reader() -> Reader:
    return Reader()


@cache
def _published(language: str) -> "PublishedParser":
    from katanya.lang.pack import load_pack
    from katanya.normalise.times.published import PublishedParser

    return PublishedParser(load_pack(language))
