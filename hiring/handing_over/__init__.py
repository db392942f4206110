"""Handing a posting over to another recruiter or hiring manager."""
