"""Forms of the board."""

from wtforms import SelectField, SelectMultipleField

from core.web.forms import Form
from core.web.i18n import _l


class HandOverForm(Form):
    """Tasks that go to somebody else; none chosen means the queue of human resources."""

    taker = SelectField(_l("Give them to"))
    tasks = SelectMultipleField(_l("Tasks"))
