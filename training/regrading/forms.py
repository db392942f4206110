"""Forms of regrading."""

from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.web.forms import Form, labelled
from core.web.i18n import _l
from training.items.models import Item, ItemKind
from training.regrading.labels import KINDS
from training.regrading.models import CorrectionKind


class CorrectionForm(Form):
    """How an item is put right. Only the fields that fit its kind are kept."""

    kind = RadioField(_l("How is it put right?"), [InputRequired(_l("Choose one."))], choices=labelled(KINDS))
    right = SelectMultipleField(_l("Right answers"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    number = StringField(_l("Right number"), [Length(max=40)])
    tolerance = StringField(_l("Give or take"), [Length(max=40)])
    keeps_passed = BooleanField(_l("Whoever passed stays passed, even if the score falls below the pass mark"))
    reason = TextAreaField(_l("What was wrong? Everybody whose score changes reads it"), [InputRequired(_l("Say what was wrong.")), Length(max=1000)])
    confirm = SubmitField(_l("Correct and grade again"))

    def fit(self, item: Item) -> "CorrectionForm":
        """Offer what fits the item. Needs `options`."""
        if item.kind is ItemKind.NUMERIC:
            del self.right
        else:
            del self.number, self.tolerance
            self.right.choices = [SelectChoice(str(option.public_id), option.text) for option in item.options]
        if item.kind is not ItemKind.NUMERIC and not item.options:
            del self.right
            self.kind.choices = labelled({kind: word for kind, word in KINDS.items() if kind is not CorrectionKind.KEY})
        return self

    def show(self, item: Item) -> None:
        """Begin with what the version says."""
        if "right" in self:
            self.right.data = [str(option.public_id) for option in item.options if option.correct]
        if "number" in self:
            self.number.data, self.tolerance.data = item.answer, item.tolerance
        self.keeps_passed.data = True
