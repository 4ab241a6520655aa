"""Statements in the forms that other programs read, each with where it comes from; and gold back from three of them."""
