"""The private page on which candidates follow and correct their own application."""
