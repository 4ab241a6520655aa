"""Bytes → document, or the reason why not: plain text, HTML pages, JSON lines.

Bad input never raises: it becomes `Rejected` with its source, a reason and what exactly was seen.
"""

from katanya.readers.jsonl import read_jsonl, read_line
from katanya.readers.language import other_language
from katanya.readers.single import read_bytes, read_file

__all__ = ["other_language", "read_bytes", "read_file", "read_jsonl", "read_line"]
