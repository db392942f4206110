"""Forms of the board."""

from wtforms import SelectMultipleField

from core.web.forms import Form, PersonField
from core.web.i18n import _l


class HandOverForm(Form):
    """Tasks that go to somebody else; none chosen means the queue of human resources."""

    taker = PersonField(_l("Give them to"), description=_l("Type a part of the name; empty means the queue of human resources."))
    tasks = SelectMultipleField(_l("Tasks"))
