"""Pools of interviewers: who can take a seat of a kind of interview, and who is learning to."""
