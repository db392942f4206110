"""Handing in certificates from elsewhere, deciding as a second person, correcting and revoking."""

from dataclasses import dataclass
from datetime import date

from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.errors import Invalid, NotAllowed, WrongState
from core.files.models import StoredFile
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.web.i18n import _
from training.equivalences import mails, policy, queries
from training.equivalences.models import WORKFLOW, Equivalence, EquivalenceKind, EquivalenceState
from training.equivalences.validity import Terms, counts_until
from training.standings.actions import keep_standings


@dataclass(frozen=True)
class Certificate:
    """What a certificate says."""

    number: str
    issued_on: date
    stated_until: date | None = None


def hand_in(
    holder: Person, kind: EquivalenceKind, said: Certificate, *, file: StoredFile, by: Person, corrects: Equivalence | None = None
) -> Equivalence:
    """Hand in a certificate. It counts once a second person accepts it. Raises Invalid for what cannot be, or is on record already."""
    if not policy.can_hand_in(by, holder):
        raise NotAllowed(_("You hand in your own certificates. Human resources and compliance do so for everybody."))
    if corrects is not None and not policy.can_correct(by, corrects):
        raise WrongState(_("Only what was accepted is corrected, by who it belongs to or by compliance."))
    insist_on_sound(holder, kind, said, corrects=corrects)
    equivalence = Equivalence(
        person=holder,
        kind=kind,
        number=plain(said.number),
        issued_on=said.issued_on,
        stated_until=said.stated_until,
        file=file,
        corrects_id=None if corrects is None else corrects.id,
        handed_in_by_id=by.id,
        state=EquivalenceState.HANDED_IN,
    )
    session.add(equivalence)
    session.flush()
    changes = {"kind": kind.id, "issued_on": said.issued_on.isoformat(), "until": _iso(said.stated_until), "corrects": equivalence.corrects_id}
    record("training.equivalence.handed_in", equivalence, by=by, person=holder, changes=changes, personal={"number": equivalence.number})
    return equivalence


def insist_on_sound(holder: Person, kind: EquivalenceKind, said: Certificate, *, corrects: Equivalence | None = None) -> None:
    """Raise Invalid for a certificate without a number, of a day to come, over already, or on record, for whomever."""
    if not plain(said.number):
        raise Invalid(_("Give the number of the certificate."), field="number")
    if said.issued_on > today(holder.time_zone):
        raise Invalid(_("The day of issue is still to come."), field="issued_on")
    if said.stated_until is not None and said.stated_until < said.issued_on:
        raise Invalid(_("The last day is before the day of issue."), field="stated_until")
    same = queries.find_same(kind, plain(said.number), besides=corrects)
    if same is not None and same.person_id == holder.id:
        raise Invalid(_("This certificate was handed in already. Correct that one if it says something wrong."), field="number")
    if same is not None:
        raise Invalid(_("A certificate of this number belongs to somebody else. Check it, or speak to compliance."), field="number")


def plain(number: str) -> str:
    """The number in capitals and without spaces, so that one certificate has one number however it was typed."""
    return "".join(number.split()).upper()


def accept(equivalence: Equivalence, *, by: Person) -> None:
    """Accept it as the second person; from now on it counts, and who handed it in is told. What it corrects no longer counts.

    Raises WrongState for who handed it in or holds it, once decided, and while it is open whether the kind stands for a course's new version.
    """
    hold(equivalence)
    _insist_on_second(equivalence, by)
    waiting = queries.courses_to_ask_again(of=equivalence.kind)
    if waiting:
        course = waiting[0].course.title
        raise WrongState(_("%(course)s has a new version. Say first, on the page of the kind, whether the certificate stands for it.", course=course))
    corrected = queries.get_corrected(equivalence)
    if corrected is not None:
        if corrected.state is not EquivalenceState.ACCEPTED:
            raise WrongState(_("What this corrects has been revoked or corrected meanwhile. Refuse this one."))
        _move(corrected, EquivalenceState.CORRECTED)
        corrected.superseded_at = now()
        session.flush()
        record("training.equivalence.corrected", corrected, by=by, person=equivalence.person, changes={"by": equivalence.id})
    same = queries.find_same(equivalence.kind, equivalence.number, besides=equivalence)
    if same is not None:
        raise WrongState(_("A certificate of this number waits or was accepted already, for %(name)s.", name=same.person.name))
    kind = equivalence.kind
    terms = Terms(kind.validity, kind.months, kind.needs_employment, kind.months_without)
    counts = counts_until(terms, issued_on=equivalence.issued_on, stated_until=equivalence.stated_until)
    _move(equivalence, EquivalenceState.ACCEPTED)
    equivalence.approved_by_id, equivalence.approved_at = by.id, now()
    equivalence.counts_until, equivalence.without_until, equivalence.needs_employment = counts.until, counts.without, kind.needs_employment
    session.flush()
    changes = {"kind": kind.id, "counts_until": _iso(counts.until)}
    keep_standings(equivalence.person)
    record("training.equivalence.accepted", equivalence, by=by, person=equivalence.person, changes=changes)
    mails.equivalence_decided(equivalence, to=get_person_by_key(equivalence.handed_in_by_id))


def refuse(equivalence: Equivalence, *, reason: str, by: Person) -> None:
    """Refuse it as the second person, with a reason that who handed it in is told."""
    hold(equivalence)
    _insist_on_second(equivalence, by)
    _close(equivalence, EquivalenceState.REFUSED, reason=reason, by=by)
    record("training.equivalence.refused", equivalence, by=by, person=equivalence.person, reason=reason.strip())
    mails.equivalence_decided(equivalence, to=get_person_by_key(equivalence.handed_in_by_id))


def withdraw(equivalence: Equivalence, *, by: Person) -> None:
    """Take back what one handed in, before it is decided."""
    hold(equivalence)
    if by.id != equivalence.handed_in_by_id:
        raise NotAllowed(_("Only who handed it in takes it back."))
    _move(equivalence, EquivalenceState.WITHDRAWN)
    equivalence.closed_at = now()
    session.flush()
    record("training.equivalence.withdrawn", equivalence, by=by, person=equivalence.person)


def revoke(equivalence: Equivalence, *, reason: str, by: Person) -> None:
    """Say that an accepted certificate does not hold, such as a forged one: known from now on, for every day. The row stays."""
    hold(equivalence)
    if not policy.decides(by) or by.id == equivalence.person_id:
        raise NotAllowed(_("Only compliance revokes certificates, and nobody their own."))
    WORKFLOW.insist(equivalence.state, EquivalenceState.REVOKED, sentence=_("Only an accepted certificate can be revoked, and only once."))
    _close(equivalence, EquivalenceState.REVOKED, reason=reason, by=by)
    record("training.equivalence.revoked", equivalence, by=by, person=equivalence.person, reason=reason.strip())


def _close(equivalence: Equivalence, to: EquivalenceState, *, reason: str, by: Person) -> None:
    if not reason.strip():
        raise Invalid(_("Say why. Who handed it in reads it."), field="reason")
    _move(equivalence, to)
    equivalence.closed_by_id, equivalence.closed_at, equivalence.answer = by.id, now(), reason.strip()
    equivalence.superseded_at = equivalence.closed_at if to is EquivalenceState.REVOKED else None
    session.flush()
    keep_standings(equivalence.person)


def _insist_on_second(equivalence: Equivalence, by: Person) -> None:
    if not policy.decides(by):
        raise NotAllowed(_("Only compliance decides about certificates from elsewhere."))
    WORKFLOW.insist(equivalence.state, EquivalenceState.ACCEPTED, sentence=_("This certificate has been decided or taken back already."))
    if not policy.is_second(by, equivalence):
        raise WrongState(_("A second person decides: neither who handed it in nor whose it is. Ask a colleague in compliance."))


def _move(equivalence: Equivalence, to: EquivalenceState) -> None:
    WORKFLOW.insist(equivalence.state, to, sentence=_("This certificate has been decided or taken back already."))
    equivalence.state = to


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
