"""Forms of reviews."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateField, DateTimeLocalField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField, URLField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.errors import Invalid
from core.people.labels import EMPLOYMENT_TYPE_LABELS
from core.people.models import EmploymentType
from core.web.forms import Form
from core.web.i18n import _, _l
from onboarding.choices import Marked, chosen_from, labelled
from onboarding.reviews.agreeing import Agreement
from onboarding.reviews.assessing import Words
from onboarding.reviews.labels import MARKS, OUTCOMES
from onboarding.reviews.models import Assessment, Outcome

LONG = 8000


class AssessmentForm(Form):
    """One side's assessment."""

    achievements = TextAreaField(_l("What went well"), validators=[Marked(), Length(max=LONG)])
    difficulties = TextAreaField(_l("What was difficult"), validators=[Marked(), Length(max=LONG)])
    support = TextAreaField(_l("What would help now"), validators=[Length(max=LONG)])
    mark = RadioField(_l("In all"), choices=labelled(MARKS), validators=[Optional()], validate_choice=False)
    version = HiddenField()

    def words(self) -> Words:
        """What was typed."""
        mark = self.mark.data if self.mark.data in MARKS else None
        return Words(self.achievements.data or "", self.difficulties.data or "", self.support.data or "", None if mark is None else int(mark))

    @property
    def known_version(self) -> int | None:
        """The version that was on the page."""
        return int(self.version.data) if str(self.version.data or "").isdigit() else None


class AmendmentForm(AssessmentForm):
    """A change of what was sent."""

    reason = TextAreaField(
        _l("Why you change it"), validators=[InputRequired(_l("Say why you change an assessment that was sent.")), Length(max=1000)]
    )


def fields_of(assessment: Assessment | None) -> dict[str, Any]:
    """What a form of an assessment begins with."""
    if assessment is None:
        return {"version": "0"}
    mark = "" if assessment.mark is None else str(assessment.mark)
    known = {name: getattr(assessment, name) for name in ("achievements", "difficulties", "support")}
    return {**known, "mark": mark, "version": str(assessment.version)}


class MeetingForm(Form):
    """When and where the two meet: one of the free times, or another."""

    time = RadioField(_l("When both are free"), validators=[Optional()])
    starts = DateTimeLocalField(_l("Day and time"), validators=[Optional()])
    minutes = IntegerField(
        _l("Minutes"),
        validators=[InputRequired(_l("This is needed.")), NumberRange(15, 240, _l("A meeting takes from 15 to 240 minutes."))],
        default=60,
    )
    place = StringField(_l("Where you meet"), validators=[Length(max=200)])
    meeting_url = URLField(_l("Link of the meeting"), validators=[Length(max=500)])

    def offer(self, times: Sequence[datetime], words: Sequence[str]) -> None:
        """Let one of these instants be chosen, shown in these words."""
        self.time.choices = chosen_from([(at.isoformat(), text) for at, text in zip(times, words, strict=True)] + [("", _("Another time"))])

    def begins(self, zone: str) -> datetime:
        """The instant that was chosen. Raises Invalid when none was."""
        if self.time.data:
            return datetime.fromisoformat(self.time.data)
        if self.starts.data is None:
            raise Invalid(_("Choose one of the times, or give another day and time."), field="starts")
        begins: datetime = self.starts.data.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return begins


class AgreementForm(Form):
    """What both agreed on."""

    successes = TextAreaField(_l("What we agree went well"), validators=[Marked(), Length(max=LONG)])
    improvements = TextAreaField(_l("What we agree to improve"), validators=[Marked(), Length(max=LONG)])
    job_description = TextAreaField(_l("The job as it is now"), validators=[Marked(), Length(max=LONG)])
    outcome = RadioField(_l("How it goes on"), choices=labelled(OUTCOMES), validators=[Optional()])
    extended_to = DateField(_l("New last day of the probation"), validators=[Marked(), Optional()])
    end_reason = TextAreaField(_l("Why the employment should end"), validators=[Marked(), Length(max=2000)])
    version = HiddenField()

    def agreement(self) -> Agreement:
        """What was typed."""
        return Agreement(
            successes=self.successes.data or "",
            improvements=self.improvements.data or "",
            job_description=self.job_description.data or "",
            outcome=Outcome(self.outcome.data) if self.outcome.data else None,
            extended_to=self.extended_to.data,
            end_reason=self.end_reason.data or "",
        )

    @property
    def known_version(self) -> int | None:
        """The version that was on the page."""
        return int(self.version.data) if str(self.version.data or "").isdigit() else None


class ActionForm(Form):
    """Something to do."""

    text = StringField(_l("What is to be done"), validators=[InputRequired(_l("Say what is to be done.")), Length(max=500)])
    owner = SelectField(_l("Who does it"), validators=[InputRequired(_l("Choose who does it."))])
    due_on = DateField(_l("By when"), validators=[InputRequired(_l("Choose a day."))])


class SignForm(Form):
    """A typed name."""

    typed_name = StringField(_l("Your full name"), validators=[InputRequired(_l("Type your name to sign.")), Length(max=200)])
    read = HiddenField()


class ObjectionForm(Form):
    """What should be different before one signs."""

    objection = TextAreaField(_l("What should be different"), validators=[InputRequired(_l("Say what should be different.")), Length(max=2000)])


class ReasonForm(Form):
    """Why something is called off or closed."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(_l("Say why in a sentence.")), Length(max=1000)])


def probation_form(known: Mapping[EmploymentType, int]) -> Form:
    """A number of days for each kind of contract."""
    fields: dict[str, object] = {
        kind.value: IntegerField(
            EMPLOYMENT_TYPE_LABELS[kind],
            validators=[Optional(), NumberRange(15, 365, _l("Probation lasts from 15 to 365 days; leave the field empty for none."))],
        )
        for kind in EmploymentType
    }
    form: Form = type("ProbationForm", (Form,), fields)(**{kind.value: days for kind, days in known.items()})
    return form
