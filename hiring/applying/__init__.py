"""The application form on a public posting."""
