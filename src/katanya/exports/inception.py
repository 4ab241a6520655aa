"""INCEpTION: a folder of UIMA CAS XMI with its type system, and gold back from it.

Offsets of UIMA are UTF-16 code units; dkpro-cassis turns them into code points and back. XML has no place for most
control characters: an article that holds one is rejected, and in a name that somebody typed a mark stands for it.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem, load_cas_from_xmi, load_typesystem

from katanya.core.errors import InputError, RecordError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article, Person, Statement
from katanya.core.spans import Span
from katanya.exports import manifest, marks
from katanya.exports.files import new_folder
from katanya.exports.marks import PERSON, ROLES, STATEMENT, WITHIN, Draft, Mention
from katanya.exports.report import Report
from katanya.ledger.provenance import Traced

TYPES = "TypeSystem.xml"
SPACE = "webanno.custom."  # where INCEpTION keeps the layers of a project
LAYER, PERSON_LAYER, PART_LAYER, LINK = (
    SPACE + name for name in (STATEMENT, PERSON, "Part", f"{STATEMENT}PartsLink")
)
FIELDS = {"statementId": "id", "kind": "kind", "act": "act", "speaker": "speaker", "speakerKind": "speaker_kind"}
KNOWN = {"fullName": "name", "office": "role", "affiliation": "affiliation"}
MARK = "\ufffd"  # for a character that cannot be written
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no place for


def write(articles: Iterable[Traced], out: Path) -> Report:
    """Write a folder with an article a file, the list of them, and the type system."""
    folder, report, types = new_folder(out), Report(), type_system()
    types.to_xml(folder / TYPES)
    with manifest.written(folder) as listed:
        for number, traced in enumerate(articles, 1):
            article, path = traced.article, folder / f"{number:06}.xmi"
            held = UNWRITABLE.search(article.text)
            if held:
                detail = f"character {held.start()} is U+{ord(held[0]):04X}, which XML has no place for"
                report.rejected.append(Rejected(article.id, Reason.BAD_RECORD, detail))
                continue
            cas(article, types).to_xmi(path)
            listed(path.stem, traced)
            report.add(len(article.statements))
    return report


def type_system() -> TypeSystem:
    """Return the layers: statements with features and links to their parts, parts with a role, and people."""
    types = TypeSystem()
    for layer, names in ((LAYER, FIELDS), (PERSON_LAYER, KNOWN), (PART_LAYER, ("role",))):
        made = types.create_type(layer, "uima.tcas.Annotation")
        for name in names:
            types.create_feature(made, name, "uima.cas.String")
    link = types.create_type(LINK, "uima.cas.TOP")
    types.create_feature(link, "role", "uima.cas.String")
    types.create_feature(link, "target", "uima.tcas.Annotation")
    types.create_feature(LAYER, "parts", "uima.cas.FSArray", elementType=LINK)
    return types


def cas(article: Article, types: TypeSystem) -> Cas:
    """Return an article as a CAS."""
    made = Cas(typesystem=types)
    made.sofa_string, made.sofa_mime = article.text, "text/plain"
    layer, part, link = (types.get_type(name) for name in (LAYER, PART_LAYER, LINK))
    array, events, links = types.get_type("uima.cas.FSArray"), dict[str, Any](), dict[str, list[Any]]()
    for statement in article.statements:
        anchor = marks.anchor(statement)
        if anchor is None:
            continue
        event = layer(begin=anchor.start, end=anchor.end, **_features(statement))
        events[statement.id], links[statement.id] = event, []
        made.add(event)
        for role, span in marks.parts(statement):
            marked = part(begin=span.start, end=span.end, role=role)
            made.add(marked)
            links[statement.id].append(link(role=role, target=marked))
    for statement in article.statements:
        if statement.id in events:
            if statement.within in events:
                links[statement.id].append(link(role=WITHIN, target=events[statement.within]))
            events[statement.id].parts = array(elements=links[statement.id])
    for person in article.people:
        _add_mentions(made, types, person)
    return made


def _features(statement: Statement) -> dict[str, Any]:
    return {name: _writable(getattr(statement, field)) for name, field in FIELDS.items()}


def _writable(value: str | None) -> str | None:
    """Return a feature without what XML has no place for; a name is no evidence, whose words must stay."""
    return None if value is None else UNWRITABLE.sub(MARK, value)


def _add_mentions(made: Cas, types: TypeSystem, person: Person) -> None:
    known = {name: _writable(getattr(person, field)) for name, field in KNOWN.items()}
    for span in marks.mentions(person):
        made.add(types.get_type(PERSON_LAYER)(begin=span.start, end=span.end, **known))


def read(folder: Path) -> Iterator[Article | Rejected]:
    """Yield the annotated articles of a folder; raises `InputError` where it holds none, or no type system."""
    if not (folder / TYPES).exists():
        raise InputError(f"holds no {TYPES}", where=str(folder), fix="INCEpTION exports it beside the XMI")
    types = load_typesystem(folder / TYPES)

    def one(path: Path, known: dict[str, Any]) -> Article:
        try:
            return _gold(load_cas_from_xmi(path, typesystem=types), known)
        except (SyntaxError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise RecordError(f"is no XMI of these types: {error}", fix="export it as UIMA CAS XMI 1.0") from None

    yield from manifest.read(folder, ".xmi", one)


def _gold(made: Cas, known: dict[str, Any]) -> Article:
    text = made.sofa_string or ""
    drafts = [_draft(text, event) for event in made.select(LAYER)]
    people = (
        Mention(_span(text, one), {field: getattr(one, name) for name, field in KNOWN.items()})
        for one in made.select(PERSON_LAYER)
    )
    return marks.gold(text, known, drafts, people)


def _draft(text: str, event: Any) -> Draft:
    draft = Draft(str(event.xmiID), _span(text, event), {field: getattr(event, name) for name, field in FIELDS.items()})
    for link in event.parts.elements if event.parts is not None else ():
        if link.role == WITHIN:
            draft.within = str(link.target.xmiID)
        elif link.role in ROLES:
            draft.parts.append((link.role, _span(text, link.target)))
        else:
            raise RecordError(f"the statement at {event.begin} has a part {link.role!r}",
                              fix=f"a role is one of {', '.join(ROLES)}, {WITHIN}")
    return draft


def _span(text: str, annotation: Any) -> Span:
    return Span.cut(text, annotation.begin, annotation.end)
