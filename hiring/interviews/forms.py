"""Forms about interviews."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.errors import Invalid
from core.people.models import Person
from core.web.forms import Form, labelled
from core.web.i18n import _, _l
from hiring.applications.forms import SeenForm
from hiring.interviews.actions import Trainee
from hiring.interviews.cards import NOT_YET_KEPT, Findings
from hiring.interviews.labels import INTERVIEW_KIND_LABELS, RECOMMENDATION_LABELS
from hiring.interviews.models import InterviewKind, Recommendation, SeatPart
from hiring.postings.models import Criterion

CardForm = TypeVar("CardForm", bound="ScorecardForm")
NEEDED = _l("This is needed.")
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/")))


class TimeForm(Form):
    """When an interview is, as clocks in its zone show it."""

    starts = DateTimeLocalField(_l("Begins"), [InputRequired(_l("Choose a day and a time."))])
    minutes = IntegerField(_l("Minutes"), [InputRequired(NEEDED), NumberRange(10, 480, _l("An interview takes from 10 to 480 minutes."))], default=60)

    anyway = BooleanField(_l("Book all the same"))

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """Begin and end, in UTC. Raises Invalid for a time that clocks skip there when they are put forward."""
        begins = self.starts.data.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != self.starts.data:
            raise Invalid(_("Clocks in %(zone)s skip this time on that day. Choose another one.", zone=zone), field="starts")
        return begins, begins + timedelta(minutes=self.minutes.data)


class MoveForm(SeenForm, TimeForm):
    """Another time for an interview as it was seen."""


class People(SelectMultipleField):
    """Any of the people, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TraineesForm(Form):
    """Who comes to an interview to learn."""

    shadows = People(_l("In training, watching"))
    reverse_shadows = People(_l("In training, leading while somebody watches"))

    def trainees(self, people: Mapping[str, Person]) -> list[Trainee]:
        """Those who were ticked, out of the people by public id."""
        watching = [Trainee(people[key], SeatPart.SHADOW) for key in self.shadows.data or ()]
        return watching + [Trainee(people[key], SeatPart.REVERSE_SHADOW) for key in self.reverse_shadows.data or ()]


class ScheduleForm(TraineesForm, TimeForm):
    """A new interview."""

    round = HiddenField()
    stage = SelectField(_l("Stage"), validators=[InputRequired(NEEDED)])
    kind = SelectField(_l("Kind"), validators=[InputRequired(NEEDED)], choices=labelled(INTERVIEW_KIND_LABELS))
    time_zone = SelectField(
        _l("Time zone"), validators=[InputRequired(NEEDED)], choices=[SelectChoice(zone, zone.replace("_", " ")) for zone in ZONES]
    )
    interviewers = People(_l("Interviewers"), [InputRequired(_l("Choose at least one interviewer."))])
    place = StringField(_l("Place"), [Length(max=200)])
    meeting_url = StringField(_l("Link for a remote interview"), [Length(max=500)])
    message = TextAreaField(_l("Message in the invitation"), [Length(max=2000)])
    questions = TextAreaField(_l("Questions for the interviewers"), [Length(max=10_000)])

    def chosen_kind(self) -> InterviewKind:
        """The kind that was chosen."""
        return InterviewKind(self.kind.data)


class CancelForm(Form):
    """Why an interview is cancelled."""

    reason = TextAreaField(_l("Reason"), [InputRequired(_l("Say why the interview is cancelled.")), Length(max=1000)])


class ScorecardForm(Form):
    """An interviewer's card; the fields for each criterion are added by `card_form`."""

    recommendation = RadioField(
        _l("Recommendation"), choices=[SelectChoice("", _l("Not chosen yet")), *labelled(RECOMMENDATION_LABELS)], default="", validators=[Optional()]
    )
    evidence = TextAreaField(_l("What did you hear or see that supports it?"), [Length(max=8000)])
    still_open = TextAreaField(_l("What is still open? The next round asks about it."), [Length(max=2000)])
    private_note = TextAreaField(_l("Private note: nobody else ever sees it"), [Length(max=4000)])
    version = IntegerField(validators=[Optional()], widget=HiddenField.widget)

    @property
    def known_version(self) -> int:
        """The version of the card that was on the page."""
        return self.version.data or NOT_YET_KEPT

    def findings(self, criteria: Sequence[Criterion]) -> Findings:
        """What the card says."""
        marks: dict[int, tuple[int | None, str]] = {}
        for criterion in criteria:
            given = self[f"mark_{criterion.id}"].data
            marks[criterion.id] = (int(given) if given else None, self[f"evidence_{criterion.id}"].data or "")
        chosen = self.recommendation.data
        said = self.evidence.data or "", self.private_note.data or "", marks, self.still_open.data or ""
        return Findings(Recommendation(chosen) if chosen else None, *said)


class AmendmentForm(ScorecardForm):
    """A change to a card that was sent."""

    reason = TextAreaField(_l("Why do you change it?"), [InputRequired(_l("Say why you change a card that was sent.")), Length(max=1000)])


MARK = _l("Mark, from 1 not shown to 4 clearly shown")
MARKS = [SelectChoice("", "–"), *(SelectChoice(mark) for mark in "1234")]


def card_form(kind: type[CardForm], criteria: Sequence[Criterion], **values: Any) -> CardForm:
    """A card with a mark and a place for evidence for each criterion."""
    fields: dict[str, Any] = {}
    for criterion in criteria:
        fields[f"mark_{criterion.id}"] = RadioField(
            _l("Mark, from 1 not shown to 4 clearly shown"), choices=MARKS, default="", validators=[Optional()]
        )
        fields[f"evidence_{criterion.id}"] = TextAreaField(_l("Evidence"), [Length(max=1000)])
    made: type[CardForm] = type("CardForm", (kind,), fields)
    return made(**values)
