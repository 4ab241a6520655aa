"""Records that were read before, out of a file of JSON lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from katanya.batch.lines import Lines, Place
from katanya.core.errors import RecordError
from katanya.core.outcomes import Reason, Rejected
from katanya.ledger.entries import check
from katanya.ledger.provenance import Traced


def records(path: Path) -> Iterator[Traced | Rejected]:
    """Yield the article of each line with what it knows of its provenance, or the reason why not.

    The file is plain or gzip. Raises `InputError` where it cannot be read.
    """
    decoder = msgspec.json.Decoder(dict[str, Any])
    with Lines(path, Place()) as lines:
        for chunk in lines.chunks():
            for number, line in enumerate(chunk.lines, chunk.first):
                if line.strip():
                    yield _record(decoder, line.removeprefix(b"\xef\xbb\xbf"), f"{path.name}:{number}")
            if chunk.broken:
                yield Rejected(f"{path.name}:{chunk.first + len(chunk.lines)}", Reason.UNREADABLE, chunk.broken)


def _record(decoder: msgspec.json.Decoder[dict[str, Any]], line: bytes, source: str) -> Traced | Rejected:
    try:
        traced = Traced.from_dict(decoder.decode(line))
        check(traced.article)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Rejected(source, Reason.NOT_JSON, str(error))
    except RecordError as error:
        return Rejected(source, Reason.BAD_RECORD, str(error))
    return traced
