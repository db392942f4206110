"""The public careers pages and the application form."""
