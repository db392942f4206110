"""Closing a posting: everybody who applied gets an outcome and a letter."""
