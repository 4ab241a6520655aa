"""PFSA-ID: the spans of public figures' statements, read with a model of its own, and their score."""
