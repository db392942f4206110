"""Forms of sections."""

from typing import Any

from wtforms import FieldList, FormField, IntegerField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from core.web.forms import Form, labelled
from core.web.i18n import _l
from training.items.labels import DIFFICULTIES
from training.items.models import Difficulty
from training.sections.actions import DrawDraft, SectionDraft
from training.sections.models import ExamSection

LINES_OFFERED = 4


class DrawForm(PlainForm):
    """So many questions of a kind."""

    item_count = IntegerField(_l("Questions"), validators=[Optional(), NumberRange(1, 200)])
    tag = StringField(_l("Tag"), validators=[Optional(), Length(max=60)])
    difficulty = SelectField(
        _l("Difficulty"), choices=[SelectChoice("", _l("Any difficulty")), *labelled(DIFFICULTIES)], default="", validators=[Optional()]
    )


class SectionForm(Form):
    """A section of an exam."""

    title = StringField(_l("Name of the section"), validators=[DataRequired(), Length(max=120)])
    pass_mark = IntegerField(_l("Pass mark of the section, in percent"), validators=[Optional(), NumberRange(1, 100)])
    draws: Any = FieldList(FormField(DrawForm), label=_l("Questions drawn"), min_entries=LINES_OFFERED, max_entries=12)

    def draft(self) -> SectionDraft:
        """What was entered; lines without a number are left out."""
        lines = [entry.data for entry in self.draws]
        draws = [
            DrawDraft(line["item_count"], (line["tag"] or "").strip(), Difficulty(line["difficulty"]) if line["difficulty"] else None)
            for line in lines
            if line["item_count"]
        ]
        return SectionDraft(self.title.data or "", draws, self.pass_mark.data)

    def show(self, section: ExamSection) -> None:
        """Fill the form from a section. Needs its `draws` to be loaded."""
        self.title.data, self.pass_mark.data = section.title, section.pass_mark
        for position, draw in enumerate(section.draws):
            if position >= len(self.draws):
                self.draws.append_entry()
            line = self.draws[position].form
            line.item_count.data, line.tag.data, line.difficulty.data = draw.item_count, draw.tag, draw.difficulty.value if draw.difficulty else ""
