"""Forms with which human resources changes where people belong."""

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from core.leaves.actions import LeaveFields
from core.leaves.labels import KINDS
from core.leaves.models import DAYS_TO_CATCH_UP, MOST_DAYS, LeaveKind
from core.people.labels import EMPLOYMENT_TYPE_LABELS
from core.web.forms import Form, PersonField, labelled
from core.web.i18n import _l


class SeenFirst(Form):
    """A form that is done only once what it changes was shown: `seen` is what was shown."""

    seen = HiddenField()

    @property
    def stamp(self) -> str:
        """What the form asks for, as one text."""
        return "|".join(str(field.data or "") for field in self if field.name not in ("seen", "csrf_token", "applies"))

    def was_seen(self) -> bool:
        """Whether exactly this was shown before; if not, it counts as shown from now on."""
        found = bool(self.seen.data == self.stamp)
        self.seen.data, self.seen.raw_data = self.stamp, None
        return found


class StartForm(SeenFirst):
    """Another first day."""

    starts_on = DateField(_l("First day"), [InputRequired(_l("Choose a day."))])


class PositionForm(SeenFirst):
    """Another job role, department, place, kind of contract or manager, from a day on."""

    job_role = SelectField(_l("Job role"), [InputRequired()])
    department = SelectField(_l("Department"), [InputRequired()])
    location = SelectField(_l("Place"), [InputRequired()])
    employment_type = SelectField(_l("Kind of contract"), [InputRequired()], choices=labelled(EMPLOYMENT_TYPE_LABELS))
    manager = PersonField(_l("Manager"))
    starts_on = DateField(_l("From"), [InputRequired(_l("Choose a day."))])
    applies = BooleanField(_l("Bring the tasks of the onboarding up to date as well"), default=True)


class EndForm(SeenFirst):
    """The end of an employment."""

    last_day = DateField(_l("Last day"), [InputRequired(_l("Choose a day."))])
    successor = PersonField(_l("Who takes over reports and open tasks"))
    reason = TextAreaField(_l("Reason"), [DataRequired(_l("Say why in a sentence.")), Length(max=1000)])


class WithdrawalForm(SeenFirst):
    """An employment that does not begin."""

    reason = TextAreaField(_l("Reason"), [DataRequired(_l("Say why in a sentence.")), Length(max=1000)])


class LeaveForm(Form):
    """A leave of absence."""

    kind = SelectField(_l("Why"), [InputRequired()], choices=labelled(KINDS))
    valid_from = DateField(_l("First day away"), [InputRequired(_l("Choose a day."))])
    valid_to = DateField(_l("Last day away"), [Optional()])
    return_days = IntegerField(_l("Days to catch up after the return"), [InputRequired(), NumberRange(0, MOST_DAYS)], default=DAYS_TO_CATCH_UP)
    note = TextAreaField(_l("Note"), [Length(max=1000)])

    def fields(self) -> LeaveFields:
        """What was typed. Needs a first day."""
        return LeaveFields(LeaveKind(self.kind.data), self.valid_from.data, self.valid_to.data, self.return_days.data or 0, self.note.data or "")
