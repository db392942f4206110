"""The public careers pages."""
