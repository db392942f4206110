"""Words for the search: its fields as they are typed, and sentences about queries that cannot be read."""

from typing import Any

from core.web.i18n import _, _l
from hiring.search.language import LONGEST, MOST_TERMS, Field, Mistake, QueryError

FIELDS: dict[Field, str] = {
    Field.ANY: "",
    Field.SKILL: "skill:",
    Field.STAGE: "stage:",
    Field.SOURCE: "source:",
    Field.POSTING: "posting:",
    Field.TAG: "tag:",
    Field.STATE: "state:",
}
STATES = "active, hired, declined, withdrawn"
MISTAKES: dict[Mistake, Any] = {
    Mistake.TOO_LONG: _l("A search has at most %(characters)s characters"),
    Mistake.TOO_MANY: _l("A search has at most %(words)s words"),
    Mistake.TOO_DEEP: _l("The parentheses are nested too deeply"),
    Mistake.QUOTE: _l("This quotation mark is not closed"),
    Mistake.NOT_CLOSED: _l("This parenthesis is not closed"),
    Mistake.NOT_OPENED: _l("This parenthesis closes nothing"),
    Mistake.NOTHING_INSIDE: _l("There is nothing in these parentheses"),
    Mistake.NOTHING_BEFORE: _l("Something is missing before “%(piece)s”"),
    Mistake.NOTHING_AFTER: _l("Something is missing after “%(piece)s”"),
    Mistake.FIELD: _l("There is no field “%(piece)s:”. There are %(fields)s"),
    Mistake.FIELD_VALUE: _l("Write what “%(piece)s:” should be right after the colon"),
    Mistake.STATE: _l("There is no state “%(piece)s”. There are %(states)s"),
    Mistake.NO_WORD: _l("“%(piece)s” holds no letter or digit to look for"),
}


def sentence_of(error: QueryError) -> str:
    """What is wrong and where, for the person who typed it."""
    known = {
        "piece": error.piece,
        "characters": LONGEST,
        "words": MOST_TERMS,
        "fields": ", ".join(sign for sign in FIELDS.values() if sign),
        "states": STATES,
    }
    return _("%(what)s (at character %(at)s)", what=str(MISTAKES[error.mistake]) % known, at=error.at)
