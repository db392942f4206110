"""Forms of marking by hand. Levels and notes are read criterion by criterion."""

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from core.web.forms import Form
from core.web.i18n import _l
from training.marking.judging import Sheet

LONGEST_NOTE = 1000


class MarkForm(Form):
    """Sending a mark."""

    comment = TextAreaField(_l("Comment on the whole, read by whose answer it is"), validators=[Optional(), Length(max=2000)])


class AgreeForm(Form):
    """Proposing a mark to agree on."""

    comment = TextAreaField(_l("Why the two of you agree on this mark"), validators=[DataRequired(), Length(max=2000)])


class AnswerForm(Form):
    """Answering to a proposed mark."""


class AmendForm(Form):
    """Amending a mark that stands."""

    seen = HiddenField()
    keeps_passed = BooleanField(_l("Whoever passed stays passed, even if the score falls below the pass mark"), default=True)
    reason = TextAreaField(_l("Why the mark is amended. Whose answer it is reads it"), validators=[DataRequired(), Length(max=1000)])


def sheet_of(sent: MultiDict[str, str], criteria: int) -> Sheet:
    """The level chosen for each criterion, -1 where none was, and the note to it."""
    chosen = [sent.get(f"level-{place}", "") for place in range(criteria)]
    levels = tuple(int(level) if level.isascii() and level.isdigit() and len(level) < 3 else -1 for level in chosen)
    return Sheet(levels, tuple(sent.get(f"note-{place}", "").replace("\x00", "").strip()[:LONGEST_NOTE] for place in range(criteria)))
