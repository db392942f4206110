"""Tables of applications."""
