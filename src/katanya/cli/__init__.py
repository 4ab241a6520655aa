"""Arguments and printing: the only room that prints."""
