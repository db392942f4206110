"""Mails to candidates about their application."""

from collections.abc import Sequence
from datetime import datetime

from core.accounts.links import LIFETIME, issue_link
from core.accounts.models import Purpose
from core.mail.outbox import cancel_mails, queue_mail
from core.people.models import Person
from core.people.queries import find_company
from core.web.addresses import absolute_url
from hiring.applications.models import Application, DeclineReason, Resubmission
from hiring.survey.actions import survey_link


def private_link(application: Application) -> str:
    """A new private link to the application's page."""
    token = issue_link(Purpose.APPLICATION, person=application.candidate.person, subject_id=application.public_id)
    return absolute_url("my_application.show", token=token)


def _facts(application: Application) -> dict[str, str]:
    return {
        "name": application.candidate.person.name,
        "title": application.posting.title,
        "days": str(LIFETIME[Purpose.APPLICATION].days),
    }


def _queue(name: str, application: Application, context: dict[str, object], *, send_at: datetime | None = None) -> None:
    queue_mail(name, to=application.candidate.person, context={**_facts(application), **context}, about=application.public_id, send_at=send_at)


def application_received(application: Application) -> None:
    """Tell a candidate exactly what was kept, and give them their private link. Needs answers with questions."""
    person: Person = application.candidate.person
    _queue(
        "application_received",
        application,
        {
            "link": private_link(application),
            "email": person.email,
            "phone": person.phone,
            "answers": [[answer.question.text, answer.question.kind.value, answer.text] for answer in application.answers],
            "cover_letter": application.cover_letter,
            "source": application.source,
            "file_name": application.resume.name,
            "file_size": application.resume.size,
            "consent_version": application.consent_version,
            "survey": _survey(application),
        },
    )


def _survey(application: Application) -> str:
    company = find_company()
    return survey_link(application) if company is not None and company.asks_survey else ""


def application_resubmitted(application: Application, later: Resubmission) -> None:
    """Tell a candidate that they had applied before, and that they choose which version stands."""
    context: dict[str, object] = {"link": private_link(application), "file_name": later.resume.name, "file_size": later.resume.size}
    _queue("application_resubmitted", application, context)


def application_declined(application: Application, *, send_at: datetime | None) -> None:
    """Tell a candidate that others were chosen, or that the position was closed, at once or at a later time."""
    closed = application.decline_reason is DeclineReason.POSITION_CLOSED
    _queue("application_declined", application, {"closed": closed}, send_at=send_at)


def call_back_decline(application: Application, *, by: Person | None) -> None:
    """Keep a letter that has not gone out yet from going out."""
    cancel_mails(application.public_id, ["application_declined"], by=by)


def application_withdrawn(application: Application) -> None:
    """Confirm to a candidate that their application is withdrawn."""
    _queue("application_withdrawn", application, {})


def contact_changed(application: Application) -> None:
    """Tell the address used so far that another takes its place. Called before the change."""
    _queue("application_contact_changed", application, {})


def new_link(person: Person, applications: Sequence[Application]) -> None:
    """Send fresh private links for everything applied for from an address."""
    links = [[application.posting.title, private_link(application)] for application in applications]
    context = {"name": person.name, "links": links, "days": str(LIFETIME[Purpose.APPLICATION].days)}
    queue_mail("application_new_link", to=person, context=context, about=applications[0].public_id)
