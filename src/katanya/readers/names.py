"""Names of sources: what a document without an id of its own is called."""

from pathlib import PurePath

ENDINGS = (
    ".gz", ".zst", ".txt", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".eml",
    ".mbox", ".pdf",
)


def stem(source: str) -> str:
    """Return a file's name without its folders and endings."""
    name = PurePath(source).name or source
    for _ in ENDINGS[:2]:
        for ending in ENDINGS:
            if name.lower().endswith(ending) and len(name) > len(ending):
                name = name[: -len(ending)]
                break
    return name
