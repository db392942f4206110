"""The form of a pool of interviewers."""

from collections.abc import Mapping

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from core.people.models import Person
from core.web.forms import Form
from core.web.i18n import _l
from hiring.interviewers.actions import PoolText
from hiring.interviews.forms import People


class InterviewerPoolForm(Form):
    """A pool: who is qualified, who is learning, and how much there is to learn."""

    version = HiddenField()
    name = StringField(_l("Name"), [InputRequired(_l("A pool needs a name.")), Length(max=80)])
    shadowings = IntegerField(_l("Interviews to watch first"), [InputRequired(), NumberRange(0, 20)], default=0)
    leadings = IntegerField(_l("Interviews to lead while watched"), [InputRequired(), NumberRange(0, 20)], default=0)
    qualified = People(_l("Qualified: any of them can take the seat"))
    learning = People(_l("In training"))

    @property
    def seen_version(self) -> int:
        """The version the person was shown; 0 when there is none."""
        text = self.version.data or ""
        return int(text) if text.isdigit() and len(text) < 10 else 0

    def text(self, people: Mapping[str, Person]) -> PoolText:
        """What was typed; `people` by public id."""
        return PoolText(
            name=self.name.data or "",
            qualified=[people[key] for key in self.qualified.data or ()],
            learning=[people[key] for key in self.learning.data or ()],
            shadowings=self.shadowings.data,
            leadings=self.leadings.data,
        )
