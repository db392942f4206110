"""Words for what sections draw."""

from core.web.i18n import _, ngettext
from training.items.labels import DIFFICULTIES
from training.items.models import Difficulty


def draw_words(count: int, tag: str, difficulty: Difficulty | None) -> str:
    """So many questions of a kind, such as: 3 questions (Hard, Products)."""
    asked = ngettext("%(num)s question", "%(num)s questions", count)
    kinds = [str(DIFFICULTIES[difficulty])] if difficulty else []
    if tag:
        kinds.append(tag)
    return _("%(asked)s (%(kinds)s)", asked=asked, kinds=", ".join(kinds)) if kinds else asked
