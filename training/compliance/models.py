"""Tables of compliance."""
