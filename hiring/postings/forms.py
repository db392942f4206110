"""Forms in which postings are written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.people.models import EmploymentType
from core.web.amounts import MoneyField
from core.web.forms import Form
from core.web.i18n import LOCALES, _l
from hiring.postings.actions import Description, Wording
from hiring.postings.labels import EMPLOYMENT_TYPES, SALARY_PERIODS, WORKPLACES
from hiring.postings.models import SalaryPeriod, Workplace

TEXT = 20_000


def labelled(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    """Choices of a select field from a table of words."""
    return [SelectChoice(str(value), label) for value, label in labels.items()]


class WordingForm(Form):
    """Texts and deadline: what may change after approval too."""

    version = HiddenField()
    summary = TextAreaField(_l("Summary"), validators=[Length(max=600)], description=_l("Two sentences that candidates read first."))
    responsibilities = TextAreaField(
        _l("Responsibilities"), validators=[Length(max=TEXT)], description=_l("A line that begins with “- ” becomes an item of a list.")
    )
    qualifications = TextAreaField(_l("Qualifications"), validators=[Length(max=TEXT)])
    closes_on = DateField(
        _l("Deadline"), validators=[Optional()], description=_l("The last day to apply, where the work is. Empty: open until closed.")
    )

    @property
    def seen_version(self) -> int:
        """The version the person was shown; 0 when it was tampered with, which fits none."""
        text = self.version.data or ""
        return int(text) if text.isdigit() and len(text) < 10 else 0

    def wording(self) -> Wording:
        """What was typed."""
        return Wording(
            summary=self.summary.data or "",
            responsibilities=self.responsibilities.data or "",
            qualifications=self.qualifications.data or "",
            closes_on=self.closes_on.data,
        )


class PostingForm(WordingForm):
    """Everything a draft says. The view hands in the choices."""

    title = StringField(
        _l("Title"), validators=[InputRequired(), Length(max=120)], description=_l("The position only, such as Gerente de Relacionamento.")
    )
    job_role = SelectField(_l("Job role"), validators=[InputRequired()])
    department = SelectField(_l("Department"), validators=[InputRequired()])
    location = SelectField(_l("Place"), validators=[InputRequired()])
    workplace = SelectField(_l("Workplace"), validators=[InputRequired()], choices=labelled(WORKPLACES))
    employment_type = SelectField(_l("Contract"), validators=[InputRequired()], choices=labelled(EMPLOYMENT_TYPES))
    salary_from = MoneyField(_l("Salary from"))
    salary_to = MoneyField(_l("Salary to"))
    currency = SelectField(_l("Currency"), validators=[InputRequired()], choices=[SelectChoice(code) for code in ("BRL", "USD", "EUR")])
    salary_period = SelectField(_l("Salary is paid"), validators=[InputRequired()], choices=labelled(SALARY_PERIODS))
    openings = IntegerField(_l("Openings"), default=1, validators=[InputRequired(), NumberRange(1, 999)])
    hiring_manager = SelectField(_l("Hiring manager"), validators=[InputRequired()], description=_l("Approves the posting and decides with you."))
    language = SelectField(_l("Language of the posting"), validators=[InputRequired()], choices=labelled(LOCALES))

    def description(self, chosen: dict[str, Any]) -> Description:
        """What was typed, with the rows that were chosen."""
        return Description(
            **vars(self.wording()),
            **chosen,
            title=self.title.data or "",
            workplace=Workplace(self.workplace.data),
            employment_type=EmploymentType(self.employment_type.data),
            salary_from=self.salary_from.data,
            salary_to=self.salary_to.data,
            currency=self.currency.data,
            salary_period=SalaryPeriod(self.salary_period.data),
            openings=self.openings.data,
            language=self.language.data,
        )


class SendBackForm(Form):
    """Why a posting is sent back."""

    reason = TextAreaField(_l("What should change"), validators=[InputRequired(), Length(max=2000)])


class EmptyForm(Form):
    """A button: nothing but the protection against forged requests."""


def chosen_row(rows: Any, wanted: str) -> Any:
    """The row with this public id, out of those that were offered."""
    return next(row for row in rows if row.public_id == UUID(wanted))
