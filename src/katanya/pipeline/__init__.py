"""Document → analysis: tokens, quotation marks, sentences, names."""
