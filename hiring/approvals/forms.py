"""Forms about who approves what."""

from wtforms import BooleanField, DateField, FieldList, FormField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.form import Form as PartOfForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.web.forms import Form, labelled
from core.web.i18n import _l
from hiring.approvals.labels import KINDS

STEPS = 5
NEEDED = _l("This is needed.")


class StepPart(PartOfForm):
    """One step; left out while it has no name."""

    name = StringField(_l("Name of the step"), [Length(max=80)])
    hiring_manager = BooleanField(_l("The posting's hiring manager"))
    people = SelectMultipleField(_l("People"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False))
    needed = IntegerField(_l("How many of them approve"), [Optional(), NumberRange(1, 20)], default=1)
    only_out_of_band = BooleanField(_l("Only when pay is out of the posting's range"))


class ApprovalTemplateForm(Form):
    """What is approved, where, and in which steps."""

    kind = SelectField(_l("What is approved"), validators=[InputRequired(NEEDED)], choices=labelled(KINDS))
    department = SelectField(_l("Department"))
    steps = FieldList(FormField(StepPart), _l("Steps"), min_entries=STEPS, max_entries=STEPS)


class DelegateForm(Form):
    """Who stands in, and when."""

    delegate = SelectField(_l("Who stands in for me"), validators=[InputRequired(NEEDED)])
    from_on = DateField(_l("From"), [InputRequired(NEEDED)])
    until_on = DateField(_l("Until"), [InputRequired(NEEDED)])
