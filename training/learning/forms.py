"""Forms of learning."""

from core.web.forms import Form


class ReadForm(Form):
    """Saying that one has read a module."""
