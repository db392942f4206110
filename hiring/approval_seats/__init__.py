"""Seats in approvals whose person can no longer decide, and who decides instead."""
