"""Records with their provenance as JSON lines, and statements as rows of CSV."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import msgspec

from katanya.exports.files import whole_file
from katanya.exports.report import Report
from katanya.ledger.provenance import Traced
from katanya.render import table

PROVENANCE = ("sha256", "version", "model", "filed", "changed", "changed_by")
COLUMNS = (*table.COLUMNS, *PROVENANCE)


def write_jsonl(articles: Iterable[Traced], out: Path) -> Report:
    """Write an article a line: the record of the contract, and ``provenance`` as one field more."""
    report, encoder = Report(), msgspec.json.Encoder()
    with whole_file(out) as file:
        for traced in articles:
            file.write(encoder.encode(traced.to_dict()) + b"\n")
            report.add(len(traced.article.statements))
    return report


def write_csv(articles: Iterable[Traced], out: Path) -> Report:
    """Write a statement a row with the columns `COLUMNS`; null is an empty cell."""
    report = Report()
    with whole_file(out) as file:
        wrapped = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        rows = csv.DictWriter(wrapped, COLUMNS, lineterminator="\n")
        rows.writeheader()
        for traced in articles:
            rows.writerows(_rows(traced))
            report.add(len(traced.article.statements))
        wrapped.detach()
    return report


def _rows(traced: Traced) -> Iterable[dict[str, table.Cell]]:
    provenance = traced.provenance
    for row in table.rows(traced.article):
        changes = [change for change in provenance.changes if change.statement == row["statement"]]
        yield row | {
            "sha256": traced.digest,
            "version": provenance.version,
            "model": provenance.model,
            "filed": provenance.filed,
            "changed": "; ".join(dict.fromkeys(change.target for change in changes)),
            "changed_by": "; ".join(dict.fromkeys(change.author for change in changes)),
        }
