"""Asking for approval, approving, opening, pausing and closing postings."""
