"""Deleting what is held about a candidate, when they ask for it."""
