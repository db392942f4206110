"""What is done to applications: they arrive, advance, are declined, withdrawn, and end in a hire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Gone, Invalid, NotAllowed, WrongState
from core.files.models import StoredFile
from core.people.actions import add_person, one_line
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from hiring.applications import consent, mails
from hiring.applications.answers import checked_answers, knocks_out
from hiring.applications.models import (
    WORKFLOW,
    Answer,
    Application,
    ApplicationMove,
    ApplicationState,
    Candidate,
    DeclineReason,
    Resubmission,
    ResubmissionState,
)
from hiring.applications.policy import can_enter_by_hand
from hiring.applications.queries import find_application, hired_count, lock_application, newest_resubmission, waiting_resubmissions
from hiring.postings.models import Posting, Question, Stage
from hiring.postings.queries import first_stage, hired_stage, lock_posting, sees_posting
from hiring.publishing.actions import mark_filled
from hiring.requisitions.actions import fill_opening
from hiring.requisitions.queries import hold_requisition_of
from hiring.search.asking import ask_for_index

QUIET = timedelta(minutes=10)  # between two mails about resubmissions, so that nobody floods an address


@dataclass(frozen=True)
class Submission:
    """What a visitor sent, apart from the résumé. `answers` maps public ids of questions to text."""

    name: str
    email: str
    consent_version: str
    phone: str = ""
    cover_letter: str = ""
    answers: Mapping[UUID, str] = field(default_factory=dict)
    key: str = ""
    locale: str = "pt_BR"
    source: str = "careers"


def apply(posting: Posting, *, submission: Submission, resume: StoredFile) -> Application:
    """Take an application to an open posting whose `questions` are loaded, or keep it beside the first from the same address.

    Returns the first application either way, so that the caller cannot tell. Raises Gone when the posting takes none any
    more, Invalid when something is missing.
    """
    questions = list(posting.questions)
    posting = lock_posting(posting)
    if not posting.takes_applications:
        raise Gone(_("This position does not take applications any more. Nothing you sent was kept."))
    answers = checked_answers(questions, submission.answers)
    if submission.consent_version not in consent.TEXTS:
        raise Invalid(_("Please agree, or we may not keep your application."), field="consent")
    first = find_application(posting, submission.email.strip().casefold())
    if first is not None:
        _keep_beside(first, submission, answers, resume)
        return first
    return _arrive(posting, submission, answers, resume)


def _arrive(posting: Posting, submission: Submission, answers: list[tuple[Question, str]], resume: StoredFile) -> Application:
    candidate = _candidate(submission, time_zone=posting.location.time_zone)
    stage = first_stage(posting)
    at = now()
    application = Application(
        posting=posting,
        candidate=candidate,
        email=candidate.email,
        stage=stage,
        state=ApplicationState.ACTIVE,
        stage_since=at,
        applied_at=at,
        source=one_line(submission.source)[:40] or "careers",
        resume=resume,
        cover_letter=submission.cover_letter,
        consent_version=submission.consent_version,
        consented_at=at,
        decline_reason=None,
        knocked_out=any(knocks_out(question, text) for question, text in answers),
        position=at.timestamp(),
        submission_key=submission.key,
    )
    application.answers = [Answer(question=question, text=text, knocks_out=knocks_out(question, text)) for question, text in answers]
    session.add(application)
    session.flush()
    person = candidate.person
    resume.person_id = person.id
    session.add(ApplicationMove(application_id=application.id, to_stage_id=stage.id, to_state=ApplicationState.ACTIVE, at=at, by_id=person.id))
    changes = {"posting": posting.id, "resume": resume.id, "consent": submission.consent_version, "knocked_out": application.knocked_out}
    record("hiring.application.received", application, by=None, person=person, changes=changes)
    ask_for_index(application)
    mails.application_received(application)
    return application


def _candidate(submission: Submission, *, time_zone: str) -> Candidate:
    email = submission.email.strip()
    phone = one_line(submission.phone)
    person = add_person(name=submission.name, email=email, by=None, phone=phone, locale=submission.locale, time_zone=time_zone)
    return Candidate(person=person, email=email.casefold())


def _keep_beside(first: Application, submission: Submission, answers: list[tuple[Question, str]], resume: StoredFile) -> None:
    newest = newest_resubmission(first)
    if submission.key and submission.key in (first.submission_key, newest.submission_key if newest else ""):
        return  # the same form sent twice
    for earlier in waiting_resubmissions(first):
        earlier.state, earlier.decided_at = ResubmissionState.DISCARDED, now()
    kept = Resubmission(
        application_id=first.id,
        name=one_line(submission.name),
        phone=one_line(submission.phone),
        cover_letter=submission.cover_letter,
        answers={str(question.public_id): text for question, text in answers},
        resume=resume,
        consent_version=submission.consent_version,
        submission_key=submission.key,
        received_at=now(),
    )
    session.add(kept)
    person = first.candidate.person
    resume.person_id = person.id
    session.flush()
    record("hiring.application.resubmitted", first, by=None, person=person, changes={"resume": resume.id})
    if newest is None or newest.received_at < now() - QUIET:
        mails.application_resubmitted(first, kept)


def advance_application(application: Application, *, to_stage: Stage, by: Person | None, seen_version: int | None = None) -> Application:
    """Move an active application to another stage of its posting, forward or back.

    `seen_version` is the one the person saw. Raises Conflict when it has changed since, WrongState when it is decided.
    """
    application = _hold(application, by, seen_version)
    WORKFLOW.insist(application.state, ApplicationState.ACTIVE)
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application has been decided. Reopen it first."))
    if to_stage.posting_id != application.posting_id:
        raise Invalid(_("That stage belongs to another posting."), field="stage")
    if not can_enter_by_hand(to_stage.kind):
        raise Invalid(_("A candidate is hired by accepting an offer, not by moving them here."), field="stage")
    if to_stage.id == application.stage_id:
        return application
    before = application.stage_id
    _move(application, ApplicationState.ACTIVE, to_stage, by=by)
    _record("hiring.application.advanced", application, by=by, changes={"stage": [before, to_stage.id]})
    return application


def decline_application(
    application: Application, *, by: Person | None, reason: DeclineReason, note: str = "", seen_version: int | None = None, tell: bool = True
) -> Application:
    """Decline an active application and tell the candidate by mail. The reason and the note stay with us."""
    application = _hold(application, by, seen_version)
    WORKFLOW.insist(application.state, ApplicationState.DECLINED, sentence=_("This application has been decided already."))
    application.decline_reason = reason
    _move(application, ApplicationState.DECLINED, None, by=by, reason=note)
    _record("hiring.application.declined", application, by=by, changes={"reason": reason.value}, reason=note)
    if tell:
        mails.application_declined(application)
    return application


def reopen_application(application: Application, *, by: Person | None, reason: str, seen_version: int | None = None) -> Application:
    """Take a declined application back into consideration, in the stage where it was."""
    application = _hold(application, by, seen_version)
    if application.state is not ApplicationState.DECLINED:
        raise WrongState(_("Only a declined application can be reopened."))
    if not reason.strip():
        raise Invalid(_("Say why it is reopened."), field="reason")
    application.decline_reason = None
    _move(application, ApplicationState.ACTIVE, None, by=by, reason=reason)
    _record("hiring.application.reopened", application, by=by, reason=reason)
    return application


def clear_knock_out(application: Application, *, by: Person | None, reason: str, seen_version: int | None = None) -> Application:
    """Take the knock-out flag off an application after a person has looked at it."""
    application = _hold(application, by, seen_version)
    if not reason.strip():
        raise Invalid(_("Say why the answer does not count against the candidate."), field="reason")
    if application.knocked_out:
        application.knocked_out = False
        session.flush()
        _record("hiring.application.restored", application, by=by, reason=reason)
    return application


def withdraw_application(application: Application, *, by: Person | None, reason: str = "") -> Application:
    """Take an active application back; only its own candidate (or the system) does. Once more is friendly and does nothing."""
    application = lock_application(application)
    if by is not None and by.id != application.candidate.person_id:
        raise NotAllowed(_("Only the candidate withdraws an application."))
    if application.state is ApplicationState.WITHDRAWN:
        return application
    WORKFLOW.insist(application.state, ApplicationState.WITHDRAWN, sentence=_("This application has been decided already."))
    for waiting in waiting_resubmissions(application):
        waiting.state, waiting.decided_at = ResubmissionState.DISCARDED, now()
    _move(application, ApplicationState.WITHDRAWN, None, by=by, reason=reason)
    _record("hiring.application.withdrawn", application, by=by, reason=reason)
    mails.application_withdrawn(application)
    return application


def mark_hired(application: Application, *, by: Person | None) -> Application:
    """Fill one opening with the candidate; the last one fills the posting. Once more is friendly and does nothing.

    Called where an offer was accepted. Raises Conflict when every opening is filled.
    """
    hold_requisition_of(application.posting)
    posting = lock_posting(application.posting)
    application = lock_application(application)
    if application.state is ApplicationState.HIRED:
        return application
    WORKFLOW.insist(application.state, ApplicationState.HIRED)
    hired = hired_count(posting)
    if hired >= posting.openings:
        raise Conflict(_("Every opening of this posting has been filled."))
    fill_opening(posting, application, by=by)
    _move(application, ApplicationState.HIRED, hired_stage(posting), by=by)
    _record("hiring.application.hired", application, by=by, changes={"opening": hired + 1})
    if hired + 1 == posting.openings:
        mark_filled(posting, by=by)
    return application


def _hold(application: Application, by: Person | None, seen_version: int | None) -> Application:
    seen = application.version if seen_version is None else seen_version
    application = lock_application(application)
    if by is not None:
        sees = session.scalars(select(Posting.id).where(Posting.id == application.posting_id, sees_posting(by))).one_or_none()
        if sees is None or not by.may(Right.DECIDE_APPLICATIONS):
            raise NotAllowed(_("You do not decide on applications to this posting."))
    if application.version != seen:
        raise Conflict(_("Somebody else changed this application in the meantime. Reload the page to see where it stands."))
    return application


def _move(application: Application, state: ApplicationState, stage: Stage | None, *, by: Person | None, reason: str = "") -> None:
    move = ApplicationMove(
        application_id=application.id,
        from_stage_id=application.stage_id,
        to_stage_id=application.stage_id if stage is None else stage.id,
        from_state=application.state,
        to_state=state,
        at=now(),
        by_id=None if by is None else by.id,
        reason=reason.strip(),
    )
    application.state = state
    if stage is not None and stage.id != application.stage_id:
        application.stage = stage
        application.stage_since = move.at
        application.position = move.at.timestamp()
    session.add(move)
    session.flush()


def _record(name: str, application: Application, *, by: Person | None, changes: dict[str, object] | None = None, reason: str = "") -> None:
    record(name, application, by=by, person=application.candidate.person, changes=changes, reason=reason)
    ask_for_index(application)
