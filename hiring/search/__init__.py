"""Search across all candidates: a small language, our own tokens, and an index in either database."""
