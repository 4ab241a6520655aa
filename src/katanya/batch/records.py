"""Records that were read before, out of a file of JSON lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from katanya.batch.inputs import Given, Input
from katanya.core.errors import RecordError
from katanya.core.outcomes import Reason, Rejected
from katanya.ledger.entries import check
from katanya.ledger.provenance import Traced


def records(path: Path) -> Iterator[Traced | Rejected]:
    """Yield the article of each line with what it knows of its provenance, or the reason why not.

    The file is plain or gzip. Raises `InputError` where it cannot be read.
    """
    decoder = msgspec.json.Decoder(dict[str, Any])
    with Input(Given(path, path.name, "jsonl")) as lines:
        for item in (item for chunk in lines.chunks() for item in chunk.items):
            if item.fault is not None:
                yield Rejected(f"{path.name}:{item.at}", *item.fault)
            elif item.data.strip():
                yield _record(decoder, item.data.removeprefix(b"\xef\xbb\xbf"), f"{path.name}:{item.at}")


def _record(decoder: msgspec.json.Decoder[dict[str, Any]], line: bytes, source: str) -> Traced | Rejected:
    try:
        traced = Traced.from_dict(decoder.decode(line))
        check(traced.article)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Rejected(source, Reason.NOT_JSON, str(error))
    except RecordError as error:
        return Rejected(source, Reason.BAD_RECORD, str(error))
    return traced
