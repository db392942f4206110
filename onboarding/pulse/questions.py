"""What new hires are asked, and when. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from flask_babel import LazyString

from core.web.i18n import _l


class Wave(StrEnum):
    """A time after the start at which is asked, once."""

    WEEK_1 = "week_1"
    DAY_30 = "day_30"
    DAY_90 = "day_90"


ASKED_FOR = timedelta(days=20)  # then it is not asked any more, answered or not
AFTER = {Wave.WEEK_1: timedelta(days=7), Wave.DAY_30: timedelta(days=30), Wave.DAY_90: timedelta(days=90)}
LATEST = max(AFTER.values()) + ASKED_FOR
WAVES: dict[Wave, LazyString] = {Wave.WEEK_1: _l("After a week"), Wave.DAY_30: _l("After a month"), Wave.DAY_90: _l("After three months")}
QUESTIONS: dict[str, LazyString] = {
    "clear": _l("I know what is expected of me."),
    "equipped": _l("I have what I need to do my work."),
    "supported": _l("My manager and my team help me find my way."),
    "belonging": _l("I feel that I belong here."),
    "recommend": _l("I would recommend working here to a friend."),
}
SCALE: dict[int, LazyString] = {
    1: _l("Not at all"),
    2: _l("Rather not"),
    3: _l("Partly"),
    4: _l("Mostly"),
    5: _l("Entirely"),
}
LONGEST_TEXT = 2000


def wave_on(starts_on: date, day: date) -> Wave | None:
    """What is asked on the day of somebody who started then; None on most days."""
    return next((wave for wave, after in AFTER.items() if starts_on + after <= day < starts_on + after + ASKED_FOR), None)
