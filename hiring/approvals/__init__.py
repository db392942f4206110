"""Approval chains: who has to agree, in which order, and what they said. Offers and requisitions use them."""
