"""Asking for deletion, calling it back, and deleting."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, WrongState
from core.people.erasing import is_colleague
from core.web.i18n import _
from hiring.applications.actions import withdraw_application
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.applications.queries import lock_application
from hiring.erasure import mails
from hiring.erasure.erasing import erase_application
from hiring.merging.erasing import applications_beside

GRACE = timedelta(days=3)  # in which the candidate can call it back: the link may be in other hands
AT_ONCE = 20


def ask_for_erasure(application: Application) -> None:
    """Withdraw what is open, and have everything that tells who it was deleted after a few days. Once more changes nothing.

    Other applications that were found to be the same candidate's go with it.

    Raises Conflict for somebody who was hired: then the rules for colleagues hold.
    """
    application = lock_application(application)
    if application.erase_at is not None:
        return
    insist_on_candidate(application)
    person = application.candidate.person
    for each in applications_beside(application):
        each = lock_application(each)
        if each.state is ApplicationState.ACTIVE or not each.is_declined_for_candidate:
            withdraw_application(each, by=person)
        each.erase_at = now() + GRACE
        session.flush()
        record("hiring.erasure.asked_for", each, by=person, person=person, changes={"at": each.erase_at.isoformat()})
    mails.deletion_planned(application)


def call_back_erasure(application: Application) -> None:
    """Keep the data after all. The application stays withdrawn."""
    application = lock_application(application)
    if application.erased_at is not None:
        raise WrongState(_("Your data has been deleted already."))
    if application.erase_at is None:
        return
    for each in applications_beside(application):
        each.erase_at = None
        session.flush()
        record("hiring.erasure.called_back", each, by=application.candidate.person, person=application.candidate.person)


def insist_on_candidate(application: Application) -> None:
    """Raise Conflict for somebody who was hired."""
    hired = any(each.state is ApplicationState.HIRED for each in applications_beside(application))
    if hired or is_colleague(application.candidate.person):
        raise Conflict(_("You work here now, so the rules for colleagues hold for your data. Write to us and we go through it together."))


def erase_what_is_due() -> int:
    """Delete what was asked for and not called back. Returns how many applications; the timetable calls it."""
    due = select(Application).where(Application.erase_at <= now(), Application.erased_at.is_(None))
    query = due.options(joinedload(Application.candidate).joinedload(Candidate.person), joinedload(Application.posting)).order_by(Application.id)
    found = session.scalars(query.limit(AT_ONCE)).all()
    for application in found:
        application = lock_application(application)
        if application.erase_at is None or is_colleague(application.candidate.person):
            continue
        erase_application(application)
    return len(found)
