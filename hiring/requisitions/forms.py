"""Forms in which people are asked for."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import DateField, FieldList, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms import Form as Row
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.web.amounts import MoneyField
from core.web.forms import Form, labelled, pairs
from core.web.i18n import LOCALES, _l
from hiring.postings.forms import chosen_row
from hiring.postings.labels import SALARY_PERIODS
from hiring.postings.models import SalaryPeriod
from hiring.requisitions.actions import MOST_OPENINGS, Wish
from hiring.requisitions.labels import REASONS
from hiring.requisitions.models import Reason

SPARE_ROWS = 3


class OpeningRow(Row):
    """One opening; without a day there is none. `key` says which one it was."""

    key = HiddenField()
    starts_on = DateField(_l("First day"), validators=[Optional()])


class RequisitionForm(Form):
    """People wanted: why, for what pay, from when. The view hands in the choices."""

    version = HiddenField()
    title = StringField(_l("Title"), validators=[InputRequired(), Length(max=120)])
    reason = SelectField(_l("Reason"), validators=[InputRequired()], choices=labelled(REASONS))
    justification = TextAreaField(_l("Why now"), validators=[Length(max=4000)], description=_l("For those who approve."))
    job_role = SelectField(_l("Job role"), validators=[InputRequired()])
    department = SelectField(_l("Department"), validators=[InputRequired()])
    location = SelectField(_l("Place"), validators=[InputRequired()])
    hiring_manager = SelectField(_l("Hiring manager"), validators=[InputRequired()])
    salary_from = MoneyField(_l("Salary from"))
    salary_to = MoneyField(_l("Salary to"))
    currency = SelectField(_l("Currency"), validators=[InputRequired()], choices=[SelectChoice(code) for code in ("BRL", "USD", "EUR")])
    salary_period = SelectField(_l("Salary is paid"), validators=[InputRequired()], choices=labelled(SALARY_PERIODS))
    budget = MoneyField(_l("Budget"), description=_l("For all openings together, in a year."))
    language = SelectField(_l("Language of the posting"), validators=[InputRequired()], choices=labelled(LOCALES))
    openings = FieldList(FormField(OpeningRow), max_entries=MOST_OPENINGS + SPARE_ROWS)

    def offer(self, choices: dict[str, Sequence[Any]]) -> None:
        """Hand in the choices, and leave room for more openings."""
        for name, rows in choices.items():
            self[name].choices = pairs(rows)
        if not self.is_submitted():
            for _number in range(SPARE_ROWS):
                self.openings.append_entry()

    @property
    def seen_version(self) -> int:
        """The version the person was shown; 0 when it was tampered with, which fits none."""
        text = self.version.data or ""
        return int(text) if text.isdigit() and len(text) < 10 else 0

    def wish(self, choices: dict[str, Sequence[Any]], known: set[UUID]) -> Wish:
        """What was typed. `known` are the openings there are: a row that is none of them is a new one."""
        kept: dict[UUID, date] = {}
        more: list[date] = []
        for row in self.openings:
            key, day = row.data["key"] or "", row.data["starts_on"]
            mine = next((opening for opening in known if str(opening) == key), None)
            if day is not None and mine is not None:
                kept[mine] = day
            elif day is not None:
                more.append(day)
        return Wish(
            title=self.title.data or "",
            reason=Reason(self.reason.data),
            justification=self.justification.data or "",
            salary_from=self.salary_from.data,
            salary_to=self.salary_to.data,
            currency=self.currency.data,
            salary_period=SalaryPeriod(self.salary_period.data),
            budget=self.budget.data,
            language=self.language.data,
            kept=kept,
            more=tuple(more),
            **{name: chosen_row(rows, self[name].data) for name, rows in choices.items()},
        )


class ReasonForm(Form):
    """Why something is refused or given up."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)])
