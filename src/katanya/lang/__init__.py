"""Languages: what a language supplies, and the packs that supply it."""
