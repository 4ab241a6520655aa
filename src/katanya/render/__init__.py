"""Article record → JSON, table, terminal view, page. Nothing here prints."""
