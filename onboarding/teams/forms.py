"""Forms of teams."""

from wtforms import FieldList, IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from core.web.forms import Form, PersonField
from core.web.i18n import _l

ADDED_AT_ONCE = 4


class TeamForm(Form):
    """A team's name, who of those in it stays, and who comes in."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("A name is needed.")), Length(max=120)])
    people = SelectMultipleField(_l("Who stays in it"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))
    added = FieldList(PersonField(_l("Colleague")), _l("Who comes in"), min_entries=ADDED_AT_ONCE, max_entries=20)
    version = IntegerField(widget=HiddenInput(), default=0)
