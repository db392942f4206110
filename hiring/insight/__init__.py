"""Figures about hiring: how many came how far, how long it took, and where they came from."""
