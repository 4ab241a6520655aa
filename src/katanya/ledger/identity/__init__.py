"""People across articles: which names, roles and affiliations are one human being."""
