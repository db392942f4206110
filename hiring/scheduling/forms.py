"""Forms in which times are looked for and offered, and in which the candidate answers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wtforms import DateField, FieldList, FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from core.calendars.free_slots import Interval
from core.errors import Invalid
from core.people.models import Person
from core.web.forms import Form, labelled, pairs
from core.web.i18n import _, _l
from hiring.interviews.forms import NEEDED, ZONES, People, TraineesForm
from hiring.interviews.labels import INTERVIEW_KIND_LABELS
from hiring.interviews.models import InterviewKind
from hiring.plans.kits import kit_text, people_of, pools_of
from hiring.plans.models import PlanRound
from hiring.postings.models import Stage
from hiring.scheduling.finding import Wanted

LONGEST_SEARCH = 31  # days


class RoundForm(PlainForm):
    """One round: what sort, how long, and who sits in it."""

    round = HiddenField()  # public id of the round of the plan it is
    stage = SelectField(_l("Stage"), validators=[InputRequired(NEEDED)])
    kind = SelectField(_l("Kind"), validators=[InputRequired(NEEDED)], choices=labelled(INTERVIEW_KIND_LABELS))
    minutes = IntegerField(_l("Minutes"), [InputRequired(NEEDED), NumberRange(10, 480, _l("An interview takes from 10 to 480 minutes."))], default=60)
    everybody = People(_l("All of these sit in it"))
    one_of = People(_l("And one of these, whoever has the fewest interviews"))
    also_one_of = People(_l("And one of these as well"))

    def wanted(self, stages: Mapping[str, Stage], people: Mapping[str, Person], rounds: Mapping[str, PlanRound], language: str) -> Wanted:
        """The round with its seats; its questions are those of the plan's round in the posting's language."""
        always = [people[key] for key in self.everybody.data or ()]
        seats = [[person] for person in always]
        for chosen in (self.one_of.data, self.also_one_of.data):
            either = [people[key] for key in chosen or () if people[key] not in always]
            seats += [either] if either else []
        planned = rounds.get(self.round.data or "")
        questions = kit_text(planned, language=language) if planned is not None else ""
        key = planned.id if planned is not None else None
        return Wanted(stages[self.stage.data], InterviewKind(self.kind.data), self.minutes.data, seats, questions, key)

    def fill_from(self, planned: PlanRound) -> None:
        """Show what the plan's round says. Needs its seats with their people."""
        pools = [[str(person.public_id) for person in pool] for pool in pools_of(planned)]
        self.round.data, self.stage.data, self.kind.data = str(planned.public_id), str(planned.stage.public_id), planned.kind.value
        self.minutes.data = planned.minutes
        self.everybody.data = [str(person.public_id) for person in people_of(planned)]
        self.one_of.data, self.also_one_of.data = (pools[0] if pools else []), (pools[1] if len(pools) > 1 else [])


class SearchForm(Form):
    """Where and when to look, and the rounds of one day."""

    first_day = DateField(_l("From"), [InputRequired(NEEDED)])
    last_day = DateField(_l("Until"), [InputRequired(NEEDED)])
    time_zone = SelectField(
        _l("Time zone"), validators=[InputRequired(NEEDED)], choices=[SelectChoice(zone, zone.replace("_", " ")) for zone in ZONES]
    )
    place = StringField(_l("Place"), [Length(max=200)])
    meeting_url = StringField(_l("Link for a remote interview"), [Length(max=500)])
    message = TextAreaField(_l("Message in the invitation"), [Length(max=2000)])
    rounds = FieldList(FormField(RoundForm), label=_l("Rounds"), min_entries=1, max_entries=6)

    def offer_choices(self, stages: Sequence[Stage], people: Sequence[Person]) -> None:
        """What each round may choose from."""
        for entry in self.rounds:
            entry.stage.choices = pairs(stages)
            entry.everybody.choices = entry.one_of.choices = entry.also_one_of.choices = pairs(people)

    def window(self) -> Interval:
        """The days between which to look, in the zone. Raises Invalid when they cannot be."""
        first, last, zone = self.first_day.data, self.last_day.data, ZoneInfo(self.time_zone.data)
        if last < first:
            raise Invalid(_("The last day must not lie before the first."), field="last_day")
        if (last - first).days >= LONGEST_SEARCH:
            raise Invalid(_("Look through at most %(most)s days at once.", most=LONGEST_SEARCH), field="last_day")
        begins, ends = (datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) for day in (first, last + timedelta(days=1)))
        return Interval(begins, ends)


def chosen_times(given: Sequence[str]) -> list[datetime]:
    """The instants that were ticked. Raises Invalid for what is none."""
    try:
        found = [datetime.fromisoformat(text) for text in given]
        if all(instant.tzinfo is not None for instant in found):
            return [instant.astimezone(UTC) for instant in found]
    except (ValueError, OverflowError):  # the latter at either end of the calendar
        pass
    raise Invalid(_("Choose one of the times."))


class SeatsForm(TraineesForm):
    """Who sits in an interview."""

    interviewers = People(_l("Interviewers"), [InputRequired(_l("Choose at least one interviewer."))])


class PickForm(Form):
    """The candidate's choice; the times are boxes of their own on the page."""


class RefuseForm(Form):
    """What the candidate writes when no time suits."""

    text = TextAreaField(_l("When could you? The team reads this."), [Length(max=2000)])
