#!/usr/bin/env python3
"""The floor: quotation marks paired by a pattern, and nothing else: what a few lines of code find of reported speech.

    quotes.py ARTICLES.jsonl OUT.jsonl
"""

import json
import re
import sys
from pathlib import Path

QUOTED = re.compile(r'"([^"\n]{2,}?)"|“([^”\n]{2,}?)”')


def main(source: Path, out: Path) -> None:
    """Write a record for each article, a statement for each pair of marks."""
    with source.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as records:
        for number, line in enumerate(lines):
            article = json.loads(line)
            statements = [
                {"id": f"s{at}", "kind": "direct", "contents": [_span(found)]}
                for at, found in enumerate(QUOTED.finditer(article["text"]))
            ]
            record = {"id": article.get("id", str(number)), "text": article["text"], "statements": statements}
            records.write(json.dumps(record, ensure_ascii=False) + "\n")


def _span(found: re.Match[str]) -> dict[str, int | str]:
    start, end = found.span(found.lastindex or 0)
    return {"start": start, "end": end, "text": found.string[start:end]}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
