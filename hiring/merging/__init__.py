"""The same person again: noticed, looked at by a person, made one, and made two again when that was a mistake."""
