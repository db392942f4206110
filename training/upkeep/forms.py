"""Forms of the upkeep of courses."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from core.web.forms import Form, PersonField
from core.web.i18n import _l


class OwnerForm(Form):
    """Who answers for a course from now on, and why."""

    owner = PersonField(_l("Owner"), validators=[DataRequired(), Length(max=300)])
    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])


class LeaveForm(Form):
    """Why a course is archived or deleted."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])
