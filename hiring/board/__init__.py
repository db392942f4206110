"""The board of a posting: its stages side by side, and moving applications between them."""
