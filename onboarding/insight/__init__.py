"""Figures about onboarding: how long it takes, what is late, who drops out, what mentors give, and how new hires are doing."""
