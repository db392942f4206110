"""Forms of policies."""

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from core.web.forms import Form
from core.web.i18n import LOCALES, _l
from onboarding.choices import labelled


class PolicyForm(Form):
    """A new policy."""

    title = StringField(_l("Title"), validators=[InputRequired(_l("A title is needed.")), Length(max=160)])
    language = SelectField(_l("Language"), choices=labelled(LOCALES), default="pt_BR", validators=[InputRequired()])
    text = TextAreaField(_l("Text"), validators=[InputRequired(_l("A policy needs a text.")), Length(max=60_000)])


class PolicyVersionForm(Form):
    """A new text for a policy; `number` is the version the writer began from."""

    text = TextAreaField(_l("Text"), validators=[InputRequired(_l("A policy needs a text.")), Length(max=60_000)])
    summary = StringField(_l("What has changed"), validators=[Length(max=300)])
    asks_again = BooleanField(_l("Ask those who acknowledged an earlier version again"), default=True)
    number = IntegerField(widget=HiddenInput(), default=0)
