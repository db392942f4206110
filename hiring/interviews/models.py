"""Tables of interviews."""
