"""Tables of screening."""
