"""Tables of shadowing."""
