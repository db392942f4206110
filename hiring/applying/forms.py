"""The application form, with the posting's own questions."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from core.errors import Invalid
from core.files.models import StoredFile
from core.files.rules import DOCUMENT, RESUME
from core.people.contact import ADDRESS, PHONE
from core.web.forms import Form
from core.web.i18n import _, _l
from hiring.applications import consent
from hiring.applications.answers import field_name, held_name, kept_text
from hiring.applications.arriving import Submission
from hiring.careers.sources import PLAIN, clean_referral, clean_source
from hiring.postings.models import Posting, Question, QuestionKind

RADIOS_AT_MOST = 7  # more options make a list to open


class ApplicationForm(Form):
    """What every posting asks for."""

    name = StringField(_l("Full name"), validators=[InputRequired(_l("Please tell us your name.")), Length(max=200)])
    email = EmailField(
        _l("E-mail"),
        validators=[
            InputRequired(_l("We need an address to answer to.")),
            Length(max=254),
            Regexp(ADDRESS, message=_l("This does not look like an e-mail address.")),
        ],
    )
    phone = TelField(_l("Phone"), validators=[Optional(), Regexp(PHONE, message=_l("Please use digits, spaces and + only."))])
    resume = FileField(_l("Résumé"), description=RESUME.label)
    cover_letter = TextAreaField(_l("Anything else you want us to know"), validators=[Length(max=10_000)])
    consent = BooleanField(_l("I agree"), validators=[InputRequired(_l("Please agree, or we may not keep your application."))])
    consent_version = HiddenField()
    submission_key = HiddenField()
    held_resume = HiddenField()
    source = HiddenField()
    referral = HiddenField()

    def validate_name(self, field: Any) -> None:
        """A name has something to read in it."""
        if not any(character.isprintable() and not character.isspace() for character in field.data):
            raise ValidationError(_("Please tell us your name."))

    def answers(self, posting: Posting) -> dict[UUID, str]:
        """Answers by the public id of their question."""
        asked = (question for question in posting.questions if question.kind is not QuestionKind.FILE)
        return {question.public_id: _typed(self[field_name(question)]) for question in asked}

    def submission(self, posting: Posting, *, files: Mapping[UUID, StoredFile], locale: str) -> Submission:
        """What was sent, without the résumé. `files` answer questions."""
        return Submission(
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            cover_letter=self.cover_letter.data or "",
            answers=self.answers(posting),
            files=files,
            consent_version=self.consent_version.data or "",
            key=(self.submission_key.data or "")[:40],
            locale=locale,
            source=clean_source(self.source.data or "") or PLAIN,
            referral=clean_referral(self.referral.data or ""),
        )


class _Answers:
    """The answer is one its question takes; what it is kept as is `checked_answers`' business."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __call__(self, form: ApplicationForm, field: Any) -> None:
        try:
            kept_text(self.question, _typed(field))
        except Invalid as refusal:
            raise ValidationError(str(refusal.sentence)) from None


def _typed(field: Any) -> str:
    return "\n".join(field.data) if isinstance(field.data, list) else (field.data or "").strip()


def _field(question: Question) -> Any:
    if question.kind is QuestionKind.FILE:
        return FileField(question.text, description=DOCUMENT.label)  # `chosen_files` says when it is missing
    required = [InputRequired(_l("Please answer this question."))] if question.required else [Optional()]
    if question.kind is QuestionKind.YES_NO:
        choices = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
        return RadioField(question.text, choices=choices, validators=required)
    answers = [*required, _Answers(question)]
    options = [SelectChoice(option, option) for option in question.options]
    if question.kind is QuestionKind.ONE_OF:
        if len(options) <= RADIOS_AT_MOST:
            return RadioField(question.text, choices=options, validators=answers)
        return SelectField(question.text, choices=[SelectChoice("", _l("Please choose")), *options], validators=answers)
    if question.kind is QuestionKind.MANY_OF:
        boxes = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
        return SelectMultipleField(question.text, choices=options, validators=answers, **boxes)
    if question.kind is QuestionKind.DATE:
        return StringField(question.text, widget=DateInput(), validators=answers)
    return (TextAreaField if question.kind is QuestionKind.LONG else StringField)(question.text, validators=answers)


def application_form(posting: Posting, *, source: str = "", referral: str = "", draft: Mapping[str, Any] | None = None) -> ApplicationForm:
    """The form of this posting: filled from the request, else with what was typed before."""
    fields = {field_name(question): _field(question) for question in posting.questions}
    fields |= {held_name(question): HiddenField() for question in posting.questions if question.kind is QuestionKind.FILE}
    form = cast(ApplicationForm, type("PostedApplicationForm", (ApplicationForm,), fields)(data=draft))
    if not form.submission_key.data:
        form.submission_key.data = uuid4().hex
    form.source.data = form.source.data or source
    form.referral.data = form.referral.data or referral
    if not form.is_submitted():
        form.consent_version.data = consent.CURRENT
    return form
