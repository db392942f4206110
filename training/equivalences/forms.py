"""Forms of equivalences."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from core.web.forms import Form, labelled, pairs
from core.web.i18n import _l
from training.equivalences.actions import Certificate
from training.equivalences.labels import VALIDITIES
from training.equivalences.models import Validity
from training.equivalences.validity import Terms


class HandInForm(Form):
    """A certificate from elsewhere."""

    kind = SelectField(_l("Certificate"), validators=[InputRequired()])
    number = StringField(_l("Its number"), validators=[DataRequired(), Length(max=80)])
    issued_on = DateField(_l("Issued on"), validators=[InputRequired()])
    stated_until = DateField(_l("Valid until, if it says so"), validators=[Optional()])
    file = FileField(_l("The certificate as a file"))

    def offer(self, *, kinds: Iterable[Any]) -> None:
        """Set what can be chosen."""
        self.kind.choices = pairs(kinds)

    def said(self) -> Certificate:
        """What was typed. Needs a day of issue."""
        return Certificate(self.number.data or "", self.issued_on.data, self.stated_until.data)


class ReasonForm(Form):
    """Refusing or revoking, with a reason."""

    reason = TextAreaField(_l("Reason"), validators=[DataRequired(), Length(max=1000)])


class KindForm(Form):
    """A kind of certificate."""

    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=120)])
    issuer = StringField(_l("Issued by"), validators=[DataRequired(), Length(max=120)])
    validity = SelectField(_l("How long it is valid"), choices=labelled(VALIDITIES), default=Validity.STATED)
    months = IntegerField(_l("Months"), validators=[Optional(), NumberRange(1, 240)])
    needs_employment = BooleanField(_l("It depends on the employment here, as ANBIMA's do"))
    months_without = IntegerField(_l("Months from issue for who left in between"), validators=[Optional(), NumberRange(1, 240)])

    def terms(self) -> Terms:
        """What was typed."""
        return Terms(Validity(self.validity.data), self.months.data, bool(self.needs_employment.data), self.months_without.data)


class CourseForm(Form):
    """A course that a kind stands for."""

    course = SelectField(_l("Course"), validators=[InputRequired()])
    valid_from = DateField(_l("From"), validators=[InputRequired()])

    def offer(self, *, courses: Iterable[Any]) -> None:
        """Set what can be chosen."""
        self.course.choices = pairs(courses, "title")


class EndForm(Form):
    """The last day on which a kind stands for a course."""

    last_day = DateField(_l("Last day"), validators=[InputRequired()])
