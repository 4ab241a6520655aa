"""Values, statements and people of the record as Arrow types."""

import pyarrow as pa

TEXT, NUMBER, TEXTS = pa.string(), pa.float64(), pa.list_(pa.string())
OFFSET = pa.int64()


def struct_of(**fields: pa.DataType) -> pa.StructType:
    """Return a type of some named fields."""
    return pa.struct([pa.field(name, kind) for name, kind in fields.items()])


SPAN = struct_of(start=OFFSET, end=OFFSET, text=TEXT)
COMPARED = struct_of(
    start=OFFSET, end=OFFSET, text=TEXT, name=TEXT, quantity=TEXT, low=NUMBER, high=NUMBER, unit=TEXT, source=TEXT
)
FIGURE = struct_of(
    start=OFFSET, end=OFFSET, text=TEXT, low=NUMBER, high=NUMBER, unit=TEXT, of=SPAN, hedge=SPAN, per=SPAN, kind=TEXT,
    change=TEXT, compared=COMPARED, flags=TEXTS, because=TEXT,
)  # fmt: skip
TIME = pa.struct([
    ("start", OFFSET), ("end", OFFSET), ("text", TEXT), ("type", TEXT), ("value", TEXT), ("from", TEXT), ("to", TEXT),
    ("granularity", TEXT), ("modifier", TEXT), ("anchor", TEXT), ("flags", TEXTS), ("because", TEXT),
    ("quantifier", TEXT), ("frequency", TEXT),
])  # fmt: skip
PLACE = struct_of(
    start=OFFSET, end=OFFSET, text=TEXT, name=TEXT, kind=TEXT, country=TEXT, region=TEXT, lat=NUMBER, lon=NUMBER,
    role=TEXT, flags=TEXTS, because=TEXT,
)  # fmt: skip

STATEMENT = pa.struct([
    ("id", TEXT), ("kind", TEXT), ("act", TEXT), ("speaker", TEXT), ("speaker_kind", TEXT), ("within", TEXT),
    ("cue", SPAN), ("source", SPAN), ("contents", pa.list_(SPAN)), ("time", SPAN), ("place", SPAN), ("event", SPAN),
    ("figures", pa.list_(FIGURE)), ("times", pa.list_(TIME)), ("places", pa.list_(PLACE)), ("confidence", NUMBER),
    ("because", TEXTS),
])  # fmt: skip
PERSON = struct_of(name=TEXT, role=TEXT, affiliation=TEXT, mentions=pa.list_(SPAN))
