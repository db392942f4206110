"""The interview plan of a posting: its rounds in order, who sits in them, what they ask and which criteria they cover."""
