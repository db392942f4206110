"""Forms with which departments are arranged and people get tags."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from core.groups.actions import LONGEST
from core.web.forms import Form, pairs
from core.web.i18n import _, _l


class PlaceForm(Form):
    """Below which department one stands, from a day on."""

    parent = SelectField(_l("Stands below"), default="")
    valid_from = DateField(_l("From"), [InputRequired(_l("Choose a day."))])

    def offer(self, others: Iterable[Any]) -> None:
        """Set what can be chosen."""
        self.parent.choices = [SelectChoice("", _("None: it stands at the top")), *pairs(others)]


class TagForm(Form):
    """A tag and the days in which somebody carries it."""

    tag = StringField(_l("Tag"), [DataRequired(_l("Give the tag a name.")), Length(max=LONGEST)])
    valid_from = DateField(_l("From"), [InputRequired(_l("Choose a day."))])
    valid_to = DateField(_l("Until, if it ends"), [Optional()])


class EndTagForm(Form):
    """The last day of a tag."""

    last_day = DateField(_l("Last day"), [InputRequired(_l("Choose a day."))])
