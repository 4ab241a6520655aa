"""Addresses of articles as feeds give them: what tells one from another, and what only counts visitors."""

from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

from courlan import normalize_url


def known_as(url: str) -> str:
    """Return what an address is known by: without fragment and what counts visitors, its query in order."""
    try:
        return str(normalize_url(urldefrag(url)[0]))
    except ValueError:
        return url


def untracked(url: str) -> str:
    """Return an address without what counts visitors (``utm_source`` and the like), else as it is."""
    try:
        parts = urlsplit(url)
        kept = parse_qsl(urlsplit(known_as(url)).query, keep_blank_values=True)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    if len(kept) >= len(pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode([pair for pair in pairs if pair in kept]), fragment=""))
