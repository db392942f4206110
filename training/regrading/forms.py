"""Forms of regrading."""

from wtforms import BooleanField, FieldList, RadioField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.web.forms import Form, labelled
from core.web.i18n import _l
from training.items.models import Item, ItemKind
from training.regrading.keys import BY_LINES, CHOSEN, lines_of
from training.regrading.labels import KINDS
from training.regrading.models import CorrectionKind


class CorrectionForm(Form):
    """How an item is put right. Only the fields that fit its kind are kept."""

    kind = RadioField(_l("How is it put right?"), [InputRequired(_l("Choose one."))], choices=labelled(KINDS))
    right = SelectMultipleField(_l("Right answers"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    number = StringField(_l("Right number"), [Length(max=40)])
    tolerance = StringField(_l("Give or take"), [Length(max=40)])
    lines = FieldList(TextAreaField(validators=[Length(max=3000)]))
    keeps_passed = BooleanField(_l("Whoever passed stays passed, even if the score falls below the pass mark"))
    reason = TextAreaField(_l("What was wrong? Everybody whose score changes reads it"), [InputRequired(_l("Say what was wrong.")), Length(max=1000)])
    confirm = SubmitField(_l("Correct and grade again"))

    def fit(self, item: Item) -> "CorrectionForm":
        """Offer what fits the item. Needs `options`."""
        if item.kind is not ItemKind.NUMERIC:
            del self.number, self.tolerance
        if item.kind in BY_LINES:
            told = lines_of(item)
            while len(self.lines) < len(told):
                self.lines.append_entry()
            for entry, (name, _words) in zip(self.lines, told, strict=False):
                entry.label.text = name
        else:
            del self.lines
        if item.kind in CHOSEN:
            self.right.choices = [SelectChoice(str(option.public_id), option.text) for option in item.options]
        else:
            del self.right
        if item.kind not in BY_LINES | CHOSEN | {ItemKind.NUMERIC}:
            self.kind.choices = labelled({kind: word for kind, word in KINDS.items() if kind is not CorrectionKind.KEY})
        return self

    def show(self, item: Item) -> None:
        """Begin with what the version says."""
        if "right" in self:
            self.right.data = [str(option.public_id) for option in item.options if option.correct]
        if "number" in self:
            self.number.data, self.tolerance.data = item.answer, item.tolerance
        if "lines" in self:
            for entry, (_name, words) in zip(self.lines, lines_of(item), strict=True):
                entry.data = words
        self.keeps_passed.data = True
