"""Analysis → statements: cues, sources, contents, speakers, occasion."""
