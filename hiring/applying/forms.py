"""The application form, with the posting's own questions."""

from typing import Any, cast
from uuid import UUID, uuid4

from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, HiddenField, RadioField, StringField, TelField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from core.files.rules import RESUME
from core.people.contact import ADDRESS, PHONE
from core.web.forms import Form
from core.web.i18n import _, _l
from hiring.applications import consent
from hiring.applications.answers import LONGEST, field_name
from hiring.applications.arriving import Submission
from hiring.careers.sources import PLAIN, clean_source
from hiring.postings.models import Posting, Question, QuestionKind


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

    def validate_name(self, field: Any) -> None:
        """A name has something to read in it."""
        if not any(character.isprintable() and not character.isspace() for character in field.data):
            raise ValidationError(_("Please tell us your name."))

    def answers(self, posting: Posting) -> dict[UUID, str]:
        """Answers by the public id of their question."""
        return {question.public_id: self[field_name(question)].data or "" for question in posting.questions}

    def submission(self, posting: Posting, *, locale: str) -> Submission:
        """What was sent, without the résumé."""
        return Submission(
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            cover_letter=self.cover_letter.data or "",
            answers=self.answers(posting),
            consent_version=self.consent_version.data or "",
            key=(self.submission_key.data or "")[:40],
            locale=locale,
            source=clean_source(self.source.data or "") or PLAIN,
        )


def _field(question: Question) -> Any:
    if question.kind is QuestionKind.YES_NO:
        choices = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
        validators = [InputRequired(_l("Please answer this question."))] if question.required else [Optional()]
        return RadioField(question.text, choices=choices, validators=validators)
    limits: list[Any] = [Length(max=LONGEST[question.kind])]
    if question.required:
        limits.insert(0, InputRequired(_l("Please answer this question.")))
    return (TextAreaField if question.kind is QuestionKind.LONG else StringField)(question.text, validators=limits)


def application_form(posting: Posting, *, source: str = "") -> ApplicationForm:
    """The form of this posting, new or filled from the request."""
    fields = {field_name(question): _field(question) for question in posting.questions}
    form = cast(ApplicationForm, type("PostedApplicationForm", (ApplicationForm,), fields)())
    if not form.submission_key.data:
        form.submission_key.data = uuid4().hex
    form.resume.flags.required = True  # unless one is held, see the view
    form.source.data = form.source.data or source
    if not form.is_submitted():
        form.consent_version.data = consent.CURRENT
    return form
