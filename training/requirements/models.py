"""Tables of requirements."""
