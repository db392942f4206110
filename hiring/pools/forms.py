"""Forms of talent pools."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.web.forms import Form
from core.web.i18n import _l


class PoolForm(Form):
    """A new pool."""

    name = StringField(_l("Name"), [InputRequired(_l("A pool needs a name.")), Length(max=80)])
    purpose = TextAreaField(_l("What it is for"), [Length(max=1000)])


class MemberForm(Form):
    """Into which pool, and why."""

    pool = SelectField(_l("Pool"), validators=[InputRequired(_l("Choose a pool."))])
    reason = TextAreaField(_l("Why this person"), [InputRequired(_l("Say why this person should be remembered.")), Length(max=500)])
