"""Many articles at once: extraction that survives a kill, and scoring against gold."""
