"""Forms of teams."""

from wtforms import IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from core.web.forms import Form
from core.web.i18n import _l


class TeamForm(Form):
    """A team's name and who is in it."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("A name is needed.")), Length(max=120)])
    people = SelectMultipleField(_l("Who is in it"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))
    version = IntegerField(widget=HiddenInput(), default=0)
