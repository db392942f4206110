"""Everything that happened to an application, on one timeline."""
