"""Blind screening: who a candidate is stays hidden until the stage the posting says."""
