"""The form of a role profile: texts, pay, letter, and rows of criteria and questions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as Row
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.people.models import EmploymentType, JobRole
from core.web.amounts import MoneyField
from core.web.forms import Form, labelled, pairs
from core.web.i18n import LOCALES, _, _l
from hiring.criteria.asking import WITH_OPTIONS, option_lines
from hiring.offers.models import OfferTemplate
from hiring.postings.forms import TEXT
from hiring.postings.labels import CRITERION_KINDS, EMPLOYMENT_TYPES, QUESTION_KINDS, SALARY_PERIODS, WORKPLACES
from hiring.postings.models import CriterionKind, QuestionKind, SalaryPeriod, Workplace
from hiring.profiles.actions import CriterionText, ProfileText, QuestionText
from hiring.profiles.models import RoleProfile

SPARE_ROWS = 2
AT_MOST = 30


KNOCK_OUTS = {"": _l("no knock-out"), "yes": _l("accepts yes"), "no": _l("accepts no"), "options": _l("accepts some options")}


class CriterionRow(Row):
    """A criterion; without text there is none."""

    text = StringField(_l("Criterion"), validators=[Optional(), Length(max=200)])
    kind = SelectField(_l("Kind"), choices=labelled(CRITERION_KINDS), default=CriterionKind.SKILL.value)
    weight = IntegerField(_l("Weight"), default=3, validators=[Optional(), NumberRange(1, 5)])
    must_have = BooleanField(_l("Must have"))
    evidence = StringField(_l("What shows it"), validators=[Optional(), Length(max=1000)])


class QuestionRow(Row):
    """A question; without text there is none. `key` says which one it was, so that what is not shown here is kept."""

    key = HiddenField()
    text = StringField(_l("Question"), validators=[Optional(), Length(max=300)])
    kind = SelectField(_l("Answer"), choices=labelled(QUESTION_KINDS), default=QuestionKind.SHORT.value)
    required = BooleanField(_l("Has to be answered"))
    is_mission = BooleanField(_l("Shows interest in our mission"))
    accepted = SelectField(_l("Knock-out"), choices=labelled(KNOCK_OUTS), default="")
    options = TextAreaField(_l("Options"), validators=[Length(max=6100)], description=_l("One a line."))
    accepted_options = TextAreaField(_l("Accepted options"), validators=[Length(max=6100)], description=_l("Of a knock-out: one a line."))
    knock_out_reason = StringField(_l("Why the work needs it"), validators=[Length(max=300)], description=_l("Of a knock-out."))


class ProfileForm(Form):
    """A role profile. The view hands in the choices of role and letter."""

    version = HiddenField()
    job_role = SelectField(_l("Job role"), validators=[InputRequired()])
    language = SelectField(_l("Language"), validators=[InputRequired()], choices=labelled(LOCALES))
    title = StringField(_l("Title of its postings"), validators=[InputRequired(), Length(max=120)])
    summary = TextAreaField(_l("Summary"), validators=[Length(max=600)])
    responsibilities = TextAreaField(_l("Responsibilities"), validators=[Length(max=TEXT)])
    qualifications = TextAreaField(_l("Qualifications"), validators=[Length(max=TEXT)])
    workplace = SelectField(_l("Workplace"), validators=[InputRequired()], choices=labelled(WORKPLACES))
    employment_type = SelectField(_l("Contract"), validators=[InputRequired()], choices=labelled(EMPLOYMENT_TYPES))
    salary_from = MoneyField(_l("Salary from"))
    salary_to = MoneyField(_l("Salary to"))
    currency = SelectField(_l("Currency"), validators=[InputRequired()], choices=[SelectChoice(code) for code in ("BRL", "USD", "EUR")])
    salary_period = SelectField(_l("Salary is paid"), validators=[InputRequired()], choices=labelled(SALARY_PERIODS))
    letter = SelectField(_l("Offer letter"), description=_l("The letter that offers for this role begin with."))
    synonyms = TextAreaField(
        _l("Words that mean the same"),
        validators=[Length(max=4000)],
        description=_l("A group a line, with commas: CRM, Salesforce, HubSpot. Screening then shows passages that use another word."),
    )
    criteria = FieldList(FormField(CriterionRow), max_entries=AT_MOST)
    questions = FieldList(FormField(QuestionRow), max_entries=AT_MOST)

    def offer(self, roles: Sequence[JobRole], letters: Sequence[OfferTemplate]) -> None:
        """Hand in the choices, and leave room for more rows."""
        self.job_role.choices = pairs(roles)
        self.letter.choices = [SelectChoice("", _("the usual one")), *pairs(letters)]
        if not self.is_submitted():
            for rows in (self.criteria, self.questions):
                for _number in range(min(SPARE_ROWS, AT_MOST - len(rows))):
                    rows.append_entry()

    @property
    def seen_version(self) -> int:
        """The version the person was shown; 0 when it was tampered with, which fits none."""
        text = self.version.data or ""
        return int(text) if text.isdigit() and len(text) < 10 else 0

    def text(self, roles: Sequence[JobRole], letters: Sequence[OfferTemplate], was: RoleProfile | None) -> ProfileText:
        """What was typed; `was` is the profile being changed."""
        role = was.job_role if was is not None else next(role for role in roles if role.public_id == UUID(self.job_role.data))
        kept = {} if was is None else {str(question.public_id): question.more for question in was.questions}
        return ProfileText(
            job_role=role,
            language=was.language if was is not None else self.language.data,
            title=self.title.data or "",
            summary=self.summary.data or "",
            responsibilities=self.responsibilities.data or "",
            qualifications=self.qualifications.data or "",
            employment_type=EmploymentType(self.employment_type.data),
            workplace=Workplace(self.workplace.data),
            salary_from=self.salary_from.data,
            salary_to=self.salary_to.data,
            currency=self.currency.data,
            salary_period=SalaryPeriod(self.salary_period.data),
            letter=next((letter for letter in letters if str(letter.public_id) == self.letter.data), None),
            synonyms=self.synonyms.data or "",
            criteria=[_criterion(row.data) for row in self.criteria if _line(row.data["text"])],
            questions=[_question(row.data, kept) for row in self.questions if _line(row.data["text"])],
        )


def _criterion(typed: dict[str, Any]) -> CriterionText:
    return CriterionText(
        text=_line(typed["text"]),
        kind=CriterionKind(typed["kind"]),
        must_have=bool(typed["must_have"]),
        weight=typed["weight"] or 3,
        evidence=_line(typed["evidence"]),
    )


def _question(typed: dict[str, Any], kept: dict[str, dict[str, Any]]) -> QuestionText:
    kind, knock_out = QuestionKind(typed["kind"]), bool(typed["accepted"])
    more = dict(kept.get(typed["key"] or "", {}))
    more["options"] = option_lines(typed["options"]) if kind in WITH_OPTIONS else []
    more["knock_out_reason"] = _line(typed["knock_out_reason"]) if knock_out else ""
    return QuestionText(
        text=_line(typed["text"]),
        kind=kind,
        required=bool(typed["required"]) or knock_out,
        knock_out=knock_out,
        accepted="\n".join(option_lines(typed["accepted_options"])) if kind is QuestionKind.ONE_OF and knock_out else typed["accepted"] or "",
        is_mission=bool(typed["is_mission"]),
        more=more,
    )


def _line(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", "").split())
