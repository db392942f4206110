"""Printing a signed review and sealing it, so that anyone can check it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_datetime

from core.clock import today
from core.documents.actions import keep_document
from core.documents.codes import new_code
from core.documents.models import DocumentKind, IssuedDocument
from core.documents.sealing import seal_pdf
from core.people.models import Person
from core.web.i18n import _, force_locale
from onboarding.circle import Circle
from onboarding.reviews.documents import ReviewPaper, Voice, review_paper
from onboarding.reviews.labels import MARKS, MOMENTS, OUTCOMES, SIDES
from onboarding.reviews.models import Outcome, Review, Side


def seal_review(review: Review, circle: Circle, *, by: Person) -> IssuedDocument:
    """The paper in the new hire's language, sealed and kept under a code."""
    person, code = circle.person, new_code()
    with force_locale(person.locale):
        sheet = _sheet(review, circle, code)
        shown = {str(_("Review")): str(MOMENTS[review.moment]), str(_("Signed on")): _day(today(person.time_zone))}
        title = sheet.title
    return keep_document(
        seal_pdf(review_paper(sheet)),
        kind=DocumentKind.CONFIRMATION,
        title=title,
        person=person,
        facts=shown,
        by=by,
        subject_id=review.public_id,
        code=code,
        language=person.locale,
    )


def _sheet(review: Review, circle: Circle, code: str) -> ReviewPaper:
    person = circle.person
    voices = [
        Voice(
            who=str(SIDES[row.side]) if row.sent_by is None else f"{SIDES[row.side]}: {row.sent_by.name}",
            achievements=row.achievements,
            difficulties=row.difficulties,
            support=row.support,
            mark=str(MARKS[str(row.mark)]),
        )
        for row in sorted(review.assessments, key=lambda row: row.side.value, reverse=True)
    ]
    return ReviewPaper(
        title=f"{MOMENTS[review.moment]}: {person.name}",
        person=person.name,
        position=circle.employment.job_role.name if circle.employment else "",
        facts=_facts(review, circle),
        successes=review.successes,
        improvements=review.improvements,
        job_description=review.job_description,
        actions=[(action.text, action.owner.name, _day(action.due_on)) for action in review.actions],
        voices=voices,
        signatures=_signatures(review, person.time_zone),
        code=code,
        language=person.locale,
        dated=today(person.time_zone),
    )


def _facts(review: Review, circle: Circle) -> list[tuple[str, str]]:
    assert review.outcome is not None, "the database holds that a signed review has one"
    facts = [(_("First day"), _day(circle.checklist.starts_on)), (_("Day of the review"), _day(review.due_on))]
    if circle.manager is not None:
        facts.append((_("Manager"), circle.manager.name))
    if review.booking is not None:
        facts.append((_("Meeting"), _moment(review.booking.starts_at, circle.person.time_zone)))
    facts.append((_("Outcome"), str(OUTCOMES[review.outcome])))
    if review.outcome is Outcome.EXTEND and review.extended_to is not None:
        facts.append((_("Probation until"), _day(review.extended_to)))
    if review.outcome is Outcome.END:
        facts.append((_("Reason"), review.end_reason))
        facts.append((_("Consent of human resources"), review.consented_by.name if review.consented_by else ""))
    return [(str(label), str(value)) for label, value in facts]


def _signatures(review: Review, zone: str) -> list[tuple[str, str]]:
    lines = [(f"{SIDES[row.side]}: {row.typed_name}", _moment(row.signed_at, zone)) for row in review.signatures]
    if review.signature_of(Side.PERSON) is None:
        lines.append((_("Not signed by %(name)s", name=review.person.name), review.unsigned_reason))
    return [(str(label), str(value)) for label, value in lines]


def _day(day: date) -> str:
    return str(format_date(day, "long"))


def _moment(at: datetime, zone: str) -> str:
    return f"{format_datetime(at.astimezone(ZoneInfo(zone)), 'long', rebase=False)}"
