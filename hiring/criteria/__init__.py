"""The criteria and questions of a posting."""
