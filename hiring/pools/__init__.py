"""Talent pools: people worth remembering for later, with the reason."""
