"""Forms of exemptions."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from core.web.forms import Form, pairs
from core.web.i18n import _l
from training.exemptions.actions import Asked


class AskForm(Form):
    """Asking for an exemption."""

    course = SelectField(_l("Course"), validators=[InputRequired()])
    valid_from = DateField(_l("From"), validators=[InputRequired()])
    valid_to = DateField(_l("Last day"), validators=[Optional()])
    open_reason = TextAreaField(_l("Without a last day: why it has no end"), validators=[Optional(), Length(max=1000)])
    reason = TextAreaField(_l("Why this person is exempt"), validators=[DataRequired(), Length(max=1000)])
    file = FileField(_l("Evidence"), validators=[Optional()])

    def offer(self, *, courses: Iterable[Any]) -> None:
        """Set what can be chosen."""
        self.course.choices = pairs(courses, "title")

    def asked(self) -> Asked:
        """What was typed. Needs a first day."""
        return Asked(self.valid_from.data, self.valid_to.data, self.reason.data or "", self.open_reason.data or "")


class ReasonForm(Form):
    """Refusing, with a reason."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])


class RevokeForm(ReasonForm):
    """Ending an exemption before its time."""

    from_day = DateField(_l("No longer exempt from"), validators=[InputRequired()])
