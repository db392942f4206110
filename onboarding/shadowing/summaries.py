"""Printing the summary of sessions that both have signed, once for each state of things."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import format_date

from core.calendars.spans import full_span
from core.clock import today
from core.documents.actions import keep_document, supersede_document
from core.documents.codes import new_code
from core.documents.models import DocumentKind, IssuedDocument
from core.documents.paper import company_paper
from core.documents.queries import documents_of
from core.errors import NotAllowed, NotFound, WrongState
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _, force_locale
from onboarding.programmes.labels import STAGE_KINDS
from onboarding.shadowing import documents
from onboarding.shadowing.documents import ObjectiveLines, SessionPart, Summary
from onboarding.shadowing.labels import MODES, RATINGS
from onboarding.shadowing.models import Observation, Session, SessionState


def make_summary(person: Person, sessions: Sequence[Session], *, subject_id: UUID, programme: str = "", by: Person) -> IssuedDocument:
    """Print and keep the summary of the sessions of a new hire that are signed off, in the new hire's language.

    A newer one takes the place of the one before. Raises WrongState while none is signed off or something is still to be decided.
    """
    mentors = {session.mentor_id for session in sessions}
    if by.id != person.id and by.id not in mentors and not by.may(Right.SEE_ONBOARDING):
        raise NotAllowed(_("Only the new hire, the mentor, the manager and human resources print this."))
    signed = [session for session in sessions if session.state is SessionState.SIGNED_OFF]
    if not signed:
        raise WrongState(_("No session is signed off yet, so there is nothing to sum up."))
    if any(session.is_disputed for session in signed):
        raise WrongState(_("Something in it is still seen differently. Wait for the manager to decide."))
    with force_locale(person.locale):
        summary = Summary(
            person=person.name,
            programme=programme,
            issued=str(format_date(today(person.time_zone), "long")),
            sessions=tuple(_part(session, person) for session in signed),
            language=person.locale,
            paper=company_paper(code=new_code()),
        )
    before = find_summary(person, subject_id)
    document = keep_document(
        documents.shadowing_summary(summary),
        kind=DocumentKind.TRANSCRIPT,
        title=summary.title,
        person=person,
        facts=documents.facts(summary),
        by=by,
        subject_id=subject_id,
        code=summary.paper.code,
        language=person.locale,
    )
    if before is not None and before.revoked_at is None:
        supersede_document(before, by_document=document, by=by)
    return document


def find_summary(person: Person, subject_id: UUID) -> IssuedDocument | None:
    """The latest summary about a session or a programme (public id)."""
    return next((document for document in documents_of(person, kind=DocumentKind.TRANSCRIPT) if document.subject_id == subject_id), None)


def get_summary(person: Person, subject_id: UUID) -> IssuedDocument:
    """The same. Raises NotFound."""
    found = find_summary(person, subject_id)
    if found is None:
        raise NotFound
    return found


def _part(session: Session, reader: Person) -> SessionPart:
    return SessionPart(
        when=full_span(session.starts_at, session.ends_at, zone=session.time_zone, locale=reader.locale),
        where=session.place or str(MODES[session.mode]),
        mentor=session.mentor.name,
        stage="" if session.stage is None else str(STAGE_KINDS[session.stage.kind]),
        feedback=session.feedback,
        objectives=tuple(_lines(row) for row in session.observations),
    )


def _lines(row: Observation) -> ObjectiveLines:
    said = (
        (_("What happened"), row.happened),
        (_("What I learned"), row.learned),
        (_("A question I have"), row.question),
        (_("The mentor"), row.mentor_note),
        (_("How well it was done"), "" if row.rating is None else str(RATINGS[str(row.rating)])),
        (_("Decided by the manager"), row.decision_reason),
    )
    outcome = _("seen") if row.counts_as_seen else _("not seen")
    return ObjectiveLines(row.objective.title, str(outcome), tuple((str(label), text) for label, text in said if text))
