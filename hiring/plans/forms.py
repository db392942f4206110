"""The form of a round of an interview plan."""

from collections.abc import Mapping, Sequence

from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as Row
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.people.models import Person
from core.web.forms import Form, labelled, pairs
from core.web.i18n import _, _l
from hiring.interviewers.models import InterviewerPool
from hiring.interviews.forms import NEEDED, People
from hiring.interviews.labels import INTERVIEW_KIND_LABELS
from hiring.interviews.models import InterviewKind
from hiring.plans.actions import MOST_QUESTIONS, KitQuestion, RoundText
from hiring.plans.labels import QUESTION_STYLES
from hiring.plans.models import PlanRound, QuestionStyle
from hiring.postings.models import Posting, Stage

SPARE_ROWS = 3


class QuestionRow(Row):
    """A question of the kit; without text there is none."""

    style = SelectField(_l("Kind"), choices=labelled(QUESTION_STYLES), default=QuestionStyle.OPEN.value)
    text = StringField(_l("Question"), validators=[Optional(), Length(max=500)])
    good_answer = TextAreaField(_l("What a good answer shows"), validators=[Length(max=1000)])


class RoundForm(Form):
    """A round: what it is for, who sits in it, what it asks and covers."""

    version = HiddenField()
    name = StringField(_l("Name"), [InputRequired(_l("A round needs a name.")), Length(max=80)])
    kind = SelectField(_l("Kind"), validators=[InputRequired(NEEDED)], choices=labelled(INTERVIEW_KIND_LABELS))
    stage = SelectField(_l("Stage"), validators=[InputRequired(NEEDED)])
    minutes = IntegerField(_l("Minutes"), [InputRequired(NEEDED), NumberRange(10, 480, _l("An interview takes from 10 to 480 minutes."))], default=60)
    purpose = TextAreaField(_l("What it is to find out, and how to prepare"), [Length(max=2000)])
    cards_required = BooleanField(_l("Nobody goes on before every scorecard is sent"), default=True)
    criteria = People(_l("Criteria it covers"))
    people = People(_l("All of these sit in it"))
    pool = SelectField(_l("And one of this pool"))
    second_pool = SelectField(_l("And one of this pool too"))
    questions = FieldList(FormField(QuestionRow), max_entries=MOST_QUESTIONS)

    def offer(self, posting: Posting, stages: Sequence[Stage], people: Sequence[Person], pools: Sequence[InterviewerPool]) -> None:
        """Hand in the choices, and leave room for more questions."""
        self.stage.choices = pairs(stages)
        self.criteria.choices = pairs(posting.criteria, "text")
        self.people.choices = pairs(people)
        self.pool.choices = self.second_pool.choices = [SelectChoice("", _("Nobody")), *pairs(pools)]
        if not self.is_submitted():
            for _number in range(min(SPARE_ROWS, MOST_QUESTIONS - len(self.questions))):
                self.questions.append_entry()

    @property
    def seen_version(self) -> int:
        """The version the person was shown; 0 when there is none."""
        text = self.version.data or ""
        return int(text) if text.isdigit() and len(text) < 10 else 0

    def text(self, posting: Posting, people: Mapping[str, Person], pools: Mapping[str, InterviewerPool]) -> RoundText:
        """What was typed."""
        chosen = set(self.criteria.data or ())
        return RoundText(
            name=self.name.data or "",
            kind=InterviewKind(self.kind.data),
            stage=next(stage for stage in posting.stages if str(stage.public_id) == self.stage.data),
            minutes=self.minutes.data,
            purpose=self.purpose.data or "",
            cards_required=self.cards_required.data,
            criteria=[criterion for criterion in posting.criteria if str(criterion.public_id) in chosen],
            people=[people[key] for key in self.people.data or ()],
            pools=[pools[key] for key in (self.pool.data, self.second_pool.data) if key],
            questions=[KitQuestion(QuestionStyle(row.style.data), row.text.data or "", row.good_answer.data or "") for row in self.questions],
        )


def as_form(planned: PlanRound) -> dict[str, object]:
    """The round as its form shows it. Needs everything that belongs to it."""
    pools = [str(seat.pool.public_id) for seat in planned.seats if seat.pool is not None and seat.pool.closed_at is None]
    return {
        "version": str(planned.version),
        "name": planned.name,
        "kind": planned.kind.value,
        "stage": str(planned.stage.public_id),
        "minutes": planned.minutes,
        "purpose": planned.purpose,
        "cards_required": planned.cards_required,
        "criteria": [str(row.criterion.public_id) for row in planned.covered],
        "people": [str(seat.person.public_id) for seat in planned.seats if seat.person is not None],
        "pool": pools[0] if pools else "",
        "second_pool": pools[1] if len(pools) > 1 else "",
        "questions": [{"style": row.style.value, "text": row.text, "good_answer": row.good_answer} for row in planned.questions],
    }
