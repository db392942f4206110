"""Tags on candidates: short words by which a team finds people again."""
