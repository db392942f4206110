"""What the form of a question asks when a person marks it."""

from wtforms import IntegerField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.web.forms import Form
from core.web.i18n import _l
from training.items.by_hand import FILE_KINDS, LARGEST, MOST_WORDS, ByHand, by_hand_of, read_rubric, rubric_text
from training.items.models import Item


class ByHandForm(Form):
    """An essay or a file: the rubric, and how long or which."""

    criteria = TextAreaField(
        _l("Rubric"),
        validators=[Optional(), Length(max=20_000)],
        description=_l("What is judged on a line of its own, below it a level a line, beginning with its points. An empty line before the next."),
    )
    rubric = TextAreaField(_l("For those who mark, beside the rubric"), validators=[Optional(), Length(max=5000)])
    least_words = IntegerField(_l("Fewest words"), default=0, validators=[Optional(), NumberRange(0, MOST_WORDS)])
    most_words = IntegerField(_l("Most words"), default=0, validators=[Optional(), NumberRange(0, MOST_WORDS)])
    file_kinds = SelectMultipleField(
        _l("Kinds of file taken"),
        choices=[SelectChoice(kind, word) for kind, (_type, word) in FILE_KINDS.items()],
        default=["pdf", "docx"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    file_megabytes = IntegerField(_l("Largest file, in MB"), default=LARGEST, validators=[Optional(), NumberRange(1, LARGEST)])

    def by_hand(self) -> ByHand:
        """What was entered. Raises Invalid for a rubric that cannot be read."""
        return ByHand(
            criteria=read_rubric(self.criteria.data or ""),
            guidance=self.rubric.data or "",
            least_words=self.least_words.data or 0,
            most_words=self.most_words.data or 0,
            file_kinds=tuple(self.file_kinds.data or ()),
            file_megabytes=LARGEST if self.file_megabytes.data is None else self.file_megabytes.data,
        )

    def show_by_hand(self, item: Item) -> None:
        """Fill these fields from a question."""
        kept = by_hand_of(item)
        self.criteria.data, self.rubric.data = rubric_text(kept.criteria), kept.guidance
        self.least_words.data, self.most_words.data, self.file_megabytes.data = kept.least_words, kept.most_words, kept.file_megabytes
        if kept.file_kinds:
            self.file_kinds.data = list(kept.file_kinds)
