"""Records as JSON bytes: the same record always gives the same bytes."""

from typing import Any

import msgspec

from katanya.core.outcomes import Rejected
from katanya.core.records import Article
from katanya.core.values import ArticleValues

_encoder = msgspec.json.Encoder()


def line(record: Article | ArticleValues | Rejected) -> bytes:
    """Return one line of JSON with its line end."""
    return _encoder.encode(record.to_dict()) + b"\n"


def pretty(record: Article | Rejected | dict[str, Any]) -> bytes:
    """Return indented JSON for eyes, with its line end."""
    plain = record if isinstance(record, dict) else record.to_dict()
    return msgspec.json.format(_encoder.encode(plain), indent=2) + b"\n"
