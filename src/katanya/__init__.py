"""Who said what: attributed statements from Indonesian news."""

__version__ = "0.1.0"
