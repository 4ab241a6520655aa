"""Places: names of the gazetteer, ranked by evidence in the text."""
