"""What each page and its answer of the API hold: one module a page, one function each, plain frozen records.

A view is a function of the ledger and typed parameters; pages and API show the same object, so that they never differ.
"""
