"""Letting an application wait on purpose."""
