"""Adverse impact: whether groups of candidates pass the gates of hiring at different rates. An analysis, never a verdict."""
