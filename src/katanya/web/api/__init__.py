"""The API: everything that the pages show, for other programs."""
