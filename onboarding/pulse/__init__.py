"""How new hires say they are doing: asked after a week, a month and three months, and told only of five or more at once."""
