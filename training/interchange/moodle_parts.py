"""What every question of a Moodle XML file is made of: texts in their formats, weights, and the refusal of what cannot be read."""

from fractions import Fraction

from core.web.i18n import _
from training.interchange.gift import without_tags
from training.interchange.xml_tree import Element


class MoodleError(ValueError):
    """A question that cannot be read, with the sentence that says why."""


def shown(element: Element | None) -> str:
    """The text of an element as a person reads it."""
    if element is None:
        return ""
    text = element.words("text")
    return text if element.attributes.get("format") in ("plain_text", "markdown") else without_tags(text)


def fraction(text: str) -> Fraction:
    """A weight or a number of points. Raises MoodleError."""
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise MoodleError(_("“%(text)s” is no number.", text=text)) from error
