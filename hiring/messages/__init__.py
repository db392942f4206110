"""Messages between a candidate and the team, and documents asked for and handed in."""
