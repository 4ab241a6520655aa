"""Label Studio: a folder with tasks and the labelling interface, and gold back from what it exports as JSON.

Offsets of its text regions are code points (label-studio-frontend #308). A statement is a region with choices and the
name of its speaker, related to the regions of its parts. What the program read goes out as predictions; gold is made of
annotations alone unless told otherwise, so that nothing counts as seen that nobody saw.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import msgspec

from katanya.core import fields
from katanya.core.errors import InputError, KatanyaError, RecordError
from katanya.core.outcomes import Reason, Rejected
from katanya.core.records import Article
from katanya.core.spans import Span
from katanya.exports import marks
from katanya.exports.files import new_folder, whole_file
from katanya.exports.marks import CHOICES, PERSON, ROLES, STATEMENT, WITHIN, Draft, Mention
from katanya.exports.report import Report
from katanya.ledger.provenance import Traced

TASKS, INTERFACE = "tasks.json", "labeling.xml"
KNOWN = ("name", "role", "affiliation")

Result = dict[str, Any]


def write(articles: Iterable[Traced], out: Path) -> Report:
    """Write a folder with the tasks, an article each with its statements as a prediction, and the interface."""
    folder, report = new_folder(out), Report()
    (folder / INTERFACE).write_text(interface(), encoding="utf-8")
    with whole_file(folder / TASKS) as file:
        for traced in articles:
            file.write((b",\n" if report.articles else b"[\n") + msgspec.json.encode(task(traced)))
            report.add(len(traced.article.statements))
        file.write(b"\n]\n" if report.articles else b"[]\n")
    return report


def task(traced: Traced) -> dict[str, Any]:
    """Return an article as a task."""
    known = {**marks.beside(traced.article), "provenance": traced.to_dict()["provenance"]}
    version = f"katanya {traced.provenance.version}".strip()
    prediction = {"model_version": version, "result": _Results(traced.article).results}
    return {"data": {"text": traced.article.text, "document": known}, "predictions": [prediction]}


def interface() -> str:
    """Return the labelling interface that the tasks are made for."""
    labels = "".join(f"    <Label value={quoteattr(label)}/>\n" for label in (STATEMENT, *ROLES, PERSON))
    choices = "".join(
        f'    <Choices name="{name}" toName="text" perRegion="true" showInline="true">\n'
        + "".join(f"      <Choice value={quoteattr(choice)}/>\n" for choice in members)
        + "    </Choices>\n"
        for name, members in CHOICES.items()
    )
    area = (
        '    <TextArea name="{0}" toName="text" perRegion="true" maxSubmissions="1" editable="true" '
        'placeholder="{0}"/>\n'
    )
    relations = "".join(f"    <Relation value={quoteattr(role)}/>\n" for role in (*ROLES, WITHIN))
    region = '  <View visibleWhen="region-selected" whenTagName="label" whenLabelValue="{}">\n'
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n'
        '  <Text name="text" value="$text"/>\n'
        f"{region.format(STATEMENT)}{choices}{area.format('speaker')}  </View>\n"
        f"{region.format(PERSON)}{''.join(map(area.format, KNOWN))}  </View>\n"
        f"  <Relations>\n{relations}  </Relations>\n</View>\n"
    )


class _Results:
    """The regions and relations of one article."""

    def __init__(self, article: Article) -> None:
        self.results: list[Result] = []
        self._regions = 0
        events: dict[str, str] = {}
        placed = [(statement, at) for statement in article.statements if (at := marks.anchor(statement))]
        for statement, at in placed:
            id = events[statement.id] = self._region(STATEMENT, at, meta={"text": [statement.id]})
            for name in CHOICES:
                self._say(id, at, name, "choices", choices=[getattr(statement, name).value])
            if statement.speaker is not None:
                self._say(id, at, "speaker", "textarea", text=[statement.speaker])
            for role, span in marks.parts(statement):
                self._relate(id, self._region(role, span), role)
        for statement, _ in placed:
            if statement.within in events:
                self._relate(events[statement.id], events[statement.within], WITHIN)
        for person in article.people:
            for span in marks.mentions(person):
                id = self._region(PERSON, span)
                for name in KNOWN:
                    if getattr(person, name) is not None:
                        self._say(id, span, name, "textarea", text=[getattr(person, name)])

    def _region(self, label: str, span: Span, **more: Any) -> str:
        self._regions += 1
        id = f"r{self._regions}"
        self._say(id, span, "label", "labels", text=span.text, labels=[label], **more)
        return id

    def _say(self, id: str, span: Span, name: str, sort: str, meta: Any = None, **value: Any) -> None:
        value = {"start": span.start, "end": span.end, **value}
        result = {"id": id, "from_name": name, "to_name": "text", "type": sort, "value": value}
        self.results.append(result | ({"meta": meta} if meta else {}))

    def _relate(self, id: str, other: str, role: str) -> None:
        self.results.append({"type": "relation", "from_id": id, "to_id": other, "direction": "right", "labels": [role]})


def read(path: Path, *, unseen: bool = False) -> Iterator[Article | Rejected]:
    """Yield the annotated articles of a file of Label Studio's JSON, or of a folder with ``tasks.json``.

    Of several annotations the last that was not cancelled counts. A task that nobody annotated is rejected, or with
    ``unseen`` taken as it went out. Raises `InputError` where the file is something else.
    """
    path = path / TASKS if path.is_dir() else path
    try:
        tasks = msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), fix="export as JSON, not as JSON-MIN") from error
    for number, one in enumerate(tasks, 1):
        source = f"{path}:task {number}"
        try:
            yield _gold(one, unseen)
        except KatanyaError as error:
            yield Rejected(source, Reason.BAD_RECORD, str(error))


def _gold(one: dict[str, Any], unseen: bool) -> Article:
    data = fields.mapping(one, "data")
    text, known = fields.text(data, "text"), data.get("document")
    done = [found for found in fields.mappings(one, "annotations") if not found.get("was_cancelled")]
    done = done or list(fields.mappings(one, "predictions") if unseen else ())
    if not done:
        raise RecordError("nobody has annotated it", fix="submit it in Label Studio, or take it --unseen")
    said = _Annotation(text, fields.mappings(done[-1], "result"))
    if not isinstance(known, dict):
        known = {"id": str(one.get("id") or "")}
    return marks.gold(text, known, said.drafts.values(), said.people())


class _Annotation:
    """What one annotator said: statements by their region, and people."""

    def __init__(self, text: str, results: Sequence[Result]) -> None:
        self.marked: dict[str, tuple[str, Span]] = {}
        self.drafts: dict[str, Draft] = {}
        self.said: dict[str, dict[str, Any]] = {}
        sorts: dict[str, Callable[[Result], None]] = {
            "choices": self._choose, "textarea": self._note, "relation": self._relate,
        }  # fmt: skip
        for result in results:
            if result.get("type") == "labels":
                self._mark(text, result)
        for result in results:
            if result.get("type") in sorts:
                sorts[result["type"]](result)

    def people(self) -> Iterator[Mention]:
        """Yield the mentions of people."""
        for id, (label, span) in self.marked.items():
            if label == PERSON:
                yield Mention(span, self.said.get(id, {}))

    def _mark(self, text: str, result: Result) -> None:
        id = fields.text(result, "id")
        label, span = self.marked[id] = _region(text, fields.mapping(result, "value"))
        if label == STATEMENT:
            noted = fields.texts(result["meta"], "text") if isinstance(result.get("meta"), dict) else ()
            self.said[id] = {"id": noted[0] if noted else None}
            self.drafts[id] = Draft(id, span, self.said[id])

    def _choose(self, result: Result) -> None:
        self._say(result, "choices")

    def _note(self, result: Result) -> None:
        self._say(result, "text")

    def _say(self, result: Result, name: str) -> None:
        """Note the first of what was chosen or written for a region."""
        values = fields.texts(fields.mapping(result, "value"), name)
        self.said.setdefault(fields.text(result, "id"), {})[fields.text(result, "from_name")] = next(iter(values), None)

    def _relate(self, result: Result) -> None:
        """Give a statement the part that a relation leads to; one without a label is called as the part is."""
        source, target = fields.text(result, "from_id"), fields.text(result, "to_id")
        if source not in self.drafts or target not in self.marked:
            raise RecordError(f"a relation leads from {source} to {target}", fix="draw it from a statement to its part")
        role = next(iter(fields.texts(result, "labels")), self.marked[target][0])
        if role in (WITHIN, STATEMENT):
            self.drafts[source].within = target
        elif role in ROLES:
            self.drafts[source].parts.append((role, self.marked[target][1]))
        else:
            raise RecordError(f"a relation is called {role!r}", fix=f"call it {', '.join(ROLES)} or {WITHIN}")


def _region(text: str, value: Result) -> tuple[str, Span]:
    start, end, labels = value.get("start"), value.get("end"), fields.texts(value, "labels")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text) and labels):
        raise RecordError(f"a region lies from {start} to {end}", fix="regions are those of plain text, with a label")
    words = value.get("text")
    if isinstance(words, str) and words.split() != text[start:end].split():
        raise RecordError(f"{words[:40]!r} is not what stands at {start} to {end}, but {text[start:end][:40]!r}",
                          fix="Label Studio before 1.5 counts emoji as two: export with a later one")
    return labels[0], Span.cut(text, start, end)
