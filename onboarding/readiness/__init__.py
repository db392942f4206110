"""From when a new hire may work alone: what stands in between, and what slips when the start moves."""
