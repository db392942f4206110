"""Asking for exemptions, deciding as a second person, taking back and renewing."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.errors import Invalid, NotAllowed, WrongState
from core.files.models import StoredFile
from core.people.models import Person
from core.people.queries import get_person_by_key, manages
from core.web.i18n import _
from training.catalogue.models import Course
from training.exemptions import mails, policy, queries
from training.exemptions.models import WORKFLOW, Exemption, ExemptionState
from training.standings.actions import keep_standings


@dataclass(frozen=True)
class Asked:
    """What is asked for: from when until when (None: without an end, which wants a reason of its own), and why."""

    valid_from: date
    valid_to: date | None
    reason: str
    open_reason: str = ""


def leads(person: Person, other: Person) -> bool:
    """Whether the other reports to the person today."""
    return manages(person, other, on=today(other.time_zone))


def ask_exemption(
    person: Person, course: Course, wanted: Asked, *, by: Person, file: StoredFile | None = None, renews: Exemption | None = None
) -> Exemption:
    """Ask that a person need not hold a course for a while. It counts once a second person approves.

    Raises Invalid without a reason, for days out of order or without an end and a reason for that, and where another one covers the days.
    """
    if not policy.can_ask(by, person, leads=leads(by, person)):
        raise NotAllowed(_("You may ask for yourself and for those who report to you. Compliance and human resources ask for everybody."))
    insist_on_sound(wanted)
    other = queries.find_overlapping(person, course.id, since=wanted.valid_from, until=wanted.valid_to)
    if other is not None:
        raise Invalid(
            _(
                "Another exemption from this course covers these days, or would, from %(day)s. Choose days after it.",
                day=other.valid_from.isoformat(),
            ),
            field="valid_from",
        )
    exemption = Exemption(
        person=person,
        course=course,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
        reason=wanted.reason.strip(),
        open_reason="" if wanted.valid_to is not None else wanted.open_reason.strip(),
        file_id=None if file is None else file.id,
        renews_id=None if renews is None else renews.id,
        asked_by_id=by.id,
        state=ExemptionState.ASKED,
    )
    session.add(exemption)
    session.flush()
    end = None if wanted.valid_to is None else wanted.valid_to.isoformat()
    changes = {"course": course.id, "from": wanted.valid_from.isoformat(), "to": end, "evidence": file is not None, "renews": exemption.renews_id}
    record("training.exemption.asked", exemption, by=by, person=person, changes=changes, reason=exemption.reason)
    return exemption


def insist_on_sound(wanted: Asked) -> None:
    """Raise Invalid without a reason, without an end and a reason for that, and for days out of order."""
    if not wanted.reason.strip():
        raise Invalid(_("Say why this person is exempt."), field="reason")
    if wanted.valid_to is None and not wanted.open_reason.strip():
        raise Invalid(_("Give a last day, or say why the exemption has no end."), field="valid_to")
    if wanted.valid_to is not None and wanted.valid_to < wanted.valid_from:
        raise Invalid(_("The last day is before the first."), field="valid_to")


def first_day_after(exemption: Exemption) -> date:
    """The day from which it can be asked for again. Raises WrongState unless it was approved and has an end."""
    if exemption.state is not ExemptionState.APPROVED or exemption.valid_to is None:
        raise WrongState(_("Only an approved exemption that has an end can be renewed. Ask for a new one instead."))
    return exemption.valid_to + timedelta(days=1)


def approve_exemption(exemption: Exemption, *, by: Person) -> None:
    """Approve it as the second person; from now on it counts, and who asked is told.

    Raises WrongState for who asked, whom it is about, and when it was decided.
    """
    hold(exemption)
    _insist_on_second(exemption, by)
    _move(exemption, ExemptionState.APPROVED)
    exemption.approved_by_id, exemption.approved_at = by.id, now()
    session.flush()
    record("training.exemption.granted", exemption, by=by, person=exemption.person, changes={"course": exemption.course_id})
    keep_standings(exemption.person)
    _tell(exemption)


def refuse_exemption(exemption: Exemption, *, reason: str, by: Person) -> None:
    """Refuse it as the second person, with a reason that who asked is told."""
    hold(exemption)
    _insist_on_second(exemption, by)
    if not reason.strip():
        raise Invalid(_("Say why it is refused. Who asked reads it."), field="reason")
    _move(exemption, ExemptionState.REFUSED)
    exemption.refused_by_id, exemption.closed_at, exemption.answer = by.id, now(), reason.strip()
    session.flush()
    record("training.exemption.refused", exemption, by=by, person=exemption.person, changes={"course": exemption.course_id}, reason=reason.strip())
    _tell(exemption)


def withdraw_exemption(exemption: Exemption, *, by: Person) -> None:
    """Take back what one asked for, before it is decided."""
    hold(exemption)
    if by.id != exemption.asked_by_id:
        raise NotAllowed(_("Only who asked takes it back."))
    _move(exemption, ExemptionState.WITHDRAWN)
    exemption.closed_at = now()
    session.flush()
    record("training.exemption.withdrawn", exemption, by=by, person=exemption.person, changes={"course": exemption.course_id})


def revoke_exemption(exemption: Exemption, *, from_day: date, reason: str, by: Person) -> None:
    """End it before its time, from a day on; the days before keep it. Raises WrongState unless it was approved, Invalid for a day outside it."""
    hold(exemption)
    if not policy.decides(by) or by.id == exemption.person_id:
        raise NotAllowed(_("Only compliance revokes exemptions, and nobody their own."))
    WORKFLOW.insist(exemption.state, ExemptionState.REVOKED, sentence=_("Only an approved exemption can be revoked, and only once."))
    if not reason.strip():
        raise Invalid(_("Say why it is revoked."), field="reason")
    if from_day < exemption.valid_from or (exemption.valid_to is not None and from_day > exemption.valid_to):
        raise Invalid(_("Choose a day on which the exemption holds."), field="from_day")
    _move(exemption, ExemptionState.REVOKED)
    exemption.ends_on = from_day - timedelta(days=1)
    exemption.revoked_by_id, exemption.revoked_at, exemption.answer = by.id, now(), reason.strip()
    session.flush()
    changes = {"course": exemption.course_id, "from": from_day.isoformat()}
    record("training.exemption.revoked", exemption, by=by, person=exemption.person, changes=changes, reason=reason.strip())
    keep_standings(exemption.person)


def _tell(exemption: Exemption) -> None:
    if exemption.asked_by_id is not None:
        mails.exemption_decided(exemption, to=get_person_by_key(exemption.asked_by_id))


def _insist_on_second(exemption: Exemption, by: Person) -> None:
    if not policy.decides(by):
        raise NotAllowed(_("Only compliance decides about exemptions."))
    WORKFLOW.insist(exemption.state, ExemptionState.APPROVED, sentence=_("This exemption has been decided or taken back already."))
    if not policy.is_second(by, exemption):
        raise WrongState(_("A second person decides: neither who asked nor whom it is about. Ask a colleague in compliance."))


def _move(exemption: Exemption, to: ExemptionState) -> None:
    WORKFLOW.insist(exemption.state, to, sentence=_("This exemption has been decided or taken back already."))
    exemption.state = to
