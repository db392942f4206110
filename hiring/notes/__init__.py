"""Notes of the team on an application, with mentions of colleagues."""
