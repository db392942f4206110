"""Referrals: colleagues hand on a posting by a link of their own, and see how many came by it, never who."""
