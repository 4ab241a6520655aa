"""Address → bytes, or the reason why not: politely, within limits, and never out of a private network."""
