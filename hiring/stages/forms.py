"""Forms of the plan of stages and of going on against it."""

from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from core.web.forms import Form
from core.web.i18n import _l
from hiring.applications.forms import SeenForm
from hiring.postings.models import StageKind, Turn
from hiring.stages.actions import StageText


class VersionForm(Form):
    """A button on a posting as it was seen."""

    version = HiddenField(default="")

    @property
    def seen_version(self) -> int:
        """The version that was seen; one that never was when the field was tampered with."""
        text = str(self.version.data or "")
        return int(text) if text.isdigit() and len(text) < 10 else -1


class StageForm(VersionForm):
    """What a stage is called and asks for."""

    name = StringField(_l("Name"), [InputRequired(_l("A stage needs a name.")), Length(max=60)])
    kind = SelectField(_l("Kind"), validators=[InputRequired()], description=_l("Candidates see the kind in plain words, never the name."))
    turn = SelectField(_l("Whose turn it is"), validators=[InputRequired()])
    target_days = IntegerField(_l("Target days"), [InputRequired(), NumberRange(0, 365)], default=5)
    screeners_needed = IntegerField(
        _l("People who mark the criteria"),
        [InputRequired(), NumberRange(0, 9)],
        default=0,
        description=_l("Every must-have has to be marked by each."),
    )
    cards_needed = IntegerField(
        _l("Scorecards"), [InputRequired(), NumberRange(0, 9)], default=0, description=_l("Sent in interviews of this stage.")
    )
    references_needed = IntegerField(_l("References"), [InputRequired(), NumberRange(0, 9)], default=0)

    def text(self) -> StageText:
        """What was typed."""
        return StageText(
            name=self.name.data or "",
            kind=StageKind(self.kind.data),
            turn=Turn(self.turn.data),
            target_days=self.target_days.data,
            screeners_needed=self.screeners_needed.data,
            cards_needed=self.cards_needed.data,
            references_needed=self.references_needed.data,
        )


class ShiftForm(VersionForm):
    """One place to the front or to the back."""

    places = IntegerField(validators=[InputRequired(), NumberRange(-1, 1)])


class RemoveForm(VersionForm):
    """Where those go who stand in a stage that is removed."""

    into = SelectField(_l("Where they go"), validators=[InputRequired(_l("Choose a stage."))])


class StepForm(SeenForm):
    """A step that is not open yet, and why it is taken all the same."""

    stage = SelectField(_l("Move to"), validators=[InputRequired(_l("Choose a stage."))])
    reason = TextAreaField(_l("Why it goes on all the same"), [InputRequired(_l("Say why.")), Length(max=1000)])
