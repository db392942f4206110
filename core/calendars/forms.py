"""The form in which people say when they can be asked to meet."""

from typing import Any

from wtforms import IntegerField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from core.calendars.hours import Habits
from core.calendars.labels import WEEKDAY_LABELS
from core.web.forms import Form, labelled
from core.web.i18n import _l

NEEDED = _l("This is needed.")


class HoursForm(Form):
    """Somebody's hours, by their own clock."""

    opens = TimeField(_l("From"), [InputRequired(NEEDED)])
    closes = TimeField(_l("Until"), [InputRequired(NEEDED)])
    weekdays = SelectMultipleField(
        _l("Days"),
        [InputRequired(_l("Choose at least one day."))],
        choices=labelled(WEEKDAY_LABELS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    buffer_minutes = IntegerField(_l("Minutes kept free before and after"), [InputRequired(NEEDED)])
    daily_cap = IntegerField(_l("Interviews a day at most"), [InputRequired(NEEDED)])

    def habits(self) -> Habits:
        """What was said."""
        days = frozenset(int(day) for day in self.weekdays.data or ())
        return Habits(self.opens.data, self.closes.data, days, self.buffer_minutes.data, self.daily_cap.data)


def values_of(habits: Habits) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "opens": habits.opens,
        "closes": habits.closes,
        "weekdays": [str(day) for day in sorted(habits.weekdays)],
        "buffer_minutes": habits.buffer_minutes,
        "daily_cap": habits.daily_cap,
    }
