"""The optional survey on equal opportunity: answered apart from the application, counted in groups, never shown beside a person."""
