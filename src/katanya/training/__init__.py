"""Trains the networks of `katanya.learned`; needs torch, which nothing else does."""
