"""The ledger in a browser: JSON API and pages."""
