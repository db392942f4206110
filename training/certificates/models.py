"""Tables of certificates."""
