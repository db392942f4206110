"""Somebody who accepted an offer and does not start."""
