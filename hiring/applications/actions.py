"""What is done to applications: they advance, are declined, withdrawn, and end in a hire."""

from datetime import date, datetime

from sqlalchemy import select

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from hiring.applications import mails
from hiring.applications.ending import end_what_hangs_on
from hiring.applications.models import (
    WORKFLOW,
    Application,
    ApplicationMove,
    ApplicationState,
    DeclineReason,
    ResubmissionState,
)
from hiring.applications.policy import can_enter_by_hand
from hiring.applications.queries import hired_count, last_move_of, lock_application, waiting_resubmissions
from hiring.applications.standing import changed_meanwhile
from hiring.postings.models import Posting, PostingState, Stage
from hiring.postings.queries import hired_stage, hold_stage, lock_posting, sees_posting, standing_stage
from hiring.publishing.actions import mark_filled, reopen_filled
from hiring.requisitions.actions import fill_opening, free_opening
from hiring.requisitions.queries import hold_requisition_of
from hiring.search.asking import ask_for_index
from hiring.stages.gates import what_is_missing


def advance_application(
    application: Application, *, to_stage: Stage, by: Person | None, seen_version: int | None = None, override: str = ""
) -> Application:
    """Move an active application to another stage of its posting, forward or back.

    `seen_version` is the one the person saw. Raises Conflict when it has changed since, WrongState when it is decided, or when a
    stage on the way still waits for something: then `override` says why it goes on all the same, by somebody with the right.
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
    hold_stage(to_stage)
    overridden = _insist_on_what_stages_need(application, to_stage, by=by, override=override)
    before = application.stage_id
    _move(application, ApplicationState.ACTIVE, to_stage, by=by, reason=override if overridden else "")
    _record("hiring.application.advanced", application, by=by, changes={"stage": [before, to_stage.id]})
    if overridden:
        _record("hiring.application.requirements_overridden", application, by=by, changes={"stage": to_stage.id}, reason=override)
    return application


def relocate_application(application: Application, *, to_stage: Stage, by: Person) -> None:
    """Move an active application out of a stage that is being removed; nothing is asked of it there. The caller holds the posting."""
    application = lock_application(application)
    before = application.stage_id
    _move(application, ApplicationState.ACTIVE, to_stage, by=by)
    _record("hiring.application.relocated", application, by=by, changes={"stage": [before, to_stage.id]})


def _insist_on_what_stages_need(application: Application, to_stage: Stage, *, by: Person | None, override: str) -> bool:
    """Whether something is missing and the person goes past it. Raises WrongState with what is missing."""
    missing = what_is_missing(application, to_stage)
    if not missing:
        return False
    if not override.strip():
        raise WrongState(_("Not yet. %(what)s", what=" ".join(missing)))
    if by is not None and not by.may(Right.OVERRIDE_STAGES):
        raise NotAllowed(_("You may not move candidates on before a stage has what it asks for. Ask the recruiter."))
    return True


def decline_application(
    application: Application,
    *,
    by: Person | None,
    reason: DeclineReason,
    note: str = "",
    seen_version: int | None = None,
    tell: bool = True,
    tell_at: datetime | None = None,
) -> Application:
    """Decline an active application and tell the candidate by mail, at once or at `tell_at`. The reason and the note stay with us.

    Until `tell_at` the candidate sees no difference, and reopening calls the letter back. Interviews that are planned are cancelled
    with it; then the letter goes out at once. Raises WrongState while an offer is out.
    """
    application = _hold(application, by, seen_version)
    WORKFLOW.insist(application.state, ApplicationState.DECLINED, sentence=_("This application has been decided already."))
    if end_what_hangs_on(application, by=by, withdrawn=False):
        tell_at = None  # who reads that an interview is cancelled must not wait for the letter
    application.decline_reason, application.outcome_from = reason, tell_at
    _move(application, ApplicationState.DECLINED, None, by=by, reason=note)
    _record("hiring.application.declined", application, by=by, changes={"reason": reason.value}, reason=note)
    if tell:
        mails.application_declined(application, send_at=tell_at)
    return application


def reopen_application(application: Application, *, by: Person | None, reason: str, seen_version: int | None = None) -> Application:
    """Take a declined application back into consideration, in the stage where it was. A letter that waits is called back."""
    application = _hold(application, by, seen_version)
    if application.state is not ApplicationState.DECLINED:
        raise WrongState(_("Only a declined application can be reopened."))
    if not reason.strip():
        raise Invalid(_("Say why it is reopened."), field="reason")
    stage = standing_stage(application.stage)
    _take_back_decline(application, by=by)
    _move(application, ApplicationState.ACTIVE, stage, by=by, reason=reason)
    _record("hiring.application.reopened", application, by=by, reason=reason)
    return application


def hold_application(application: Application, *, reason: str, until: date | None, by: Person | None, seen_version: int | None = None) -> Application:
    """Let an active application wait on purpose, until a day or until somebody takes it up. Any move ends the hold."""
    application = _hold(application, by, seen_version)
    if application.state is not ApplicationState.ACTIVE:
        raise WrongState(_("This application has been decided already."))
    if not reason.strip():
        raise Invalid(_("Say why it waits."), field="reason")
    if until is not None and until < today():
        raise Invalid(_("That day is over."), field="until")
    application.held_at, application.held_until, application.hold_reason = now(), until, reason.strip()
    session.flush()
    changes: dict[str, object] = {"until": None if until is None else until.isoformat()}
    _record("hiring.application.held", application, by=by, changes=changes, reason=reason.strip())
    return application


def take_up_application(application: Application, *, by: Person | None, seen_version: int | None = None) -> Application:
    """End a hold. Once more is friendly and does nothing."""
    application = _hold(application, by, seen_version)
    if application.held_at is not None:
        application.held_at, application.held_until, application.hold_reason = None, None, ""
        session.flush()
        _record("hiring.application.taken_up", application, by=by)
    return application


def clear_knock_out(application: Application, *, by: Person | None, reason: str, seen_version: int | None = None) -> Application:
    """Take the knock-out flag off an application after a person has looked at it; one that was declined by it is open again."""
    application = _hold(application, by, seen_version)
    if not reason.strip():
        raise Invalid(_("Say why the answer does not count against the candidate."), field="reason")
    if application.state is ApplicationState.DECLINED and application.decline_reason is DeclineReason.KNOCK_OUT:
        application = reopen_application(application, by=by, reason=reason)
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
    if application.is_declined_for_candidate or application.state is ApplicationState.HIRED:  # who was hired writes to us: more hangs on it
        raise WrongState(_("This application has been decided already."))
    WORKFLOW.insist(application.state, ApplicationState.WITHDRAWN, sentence=_("This application has been decided already."))
    for waiting in waiting_resubmissions(application):
        waiting.state, waiting.decided_at = ResubmissionState.DISCARDED, now()
    if application.state is ApplicationState.ACTIVE:
        end_what_hangs_on(application, by=by, withdrawn=True)
    _take_back_decline(application, by=None)
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


def mark_not_started(application: Application, *, by: Person, reason: str) -> Application:
    """End the application of somebody who was hired and did not start; their opening is free, and a filled posting waits to be opened again.

    Called where that is noted, which has checked who may. Raises WrongState for whoever was not hired, or was noted already.
    """
    hold_requisition_of(application.posting)
    posting = lock_posting(application.posting)
    application = lock_application(application)
    if application.state is not ApplicationState.HIRED:
        raise WrongState(_("Nobody is hired by this application, or it was noted already. Reload the page to see where it stands."))
    _move(application, ApplicationState.WITHDRAWN, None, by=by, reason=reason)
    _record("hiring.application.did_not_start", application, by=by, reason=reason)
    free_opening(posting, application, by=by, reason=reason)
    if posting.state is PostingState.FILLED:
        reopen_filled(posting, by=by)
    return application


def _hold(application: Application, by: Person | None, seen_version: int | None) -> Application:
    seen = application.version if seen_version is None else seen_version
    application = lock_application(application)
    if by is not None:
        sees = session.scalars(select(Posting.id).where(Posting.id == application.posting_id, sees_posting(by))).one_or_none()
        if sees is None or not by.may(Right.DECIDE_APPLICATIONS):
            raise NotAllowed(_("You do not decide on applications to this posting."))
    if application.version != seen:
        raise Conflict(changed_meanwhile(last_move_of(application)))
    return application


def _take_back_decline(application: Application, *, by: Person | None) -> None:
    if application.state is ApplicationState.DECLINED:
        mails.call_back_decline(application, by=by)
        application.decline_reason = application.outcome_from = None


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
    application.held_at, application.held_until, application.hold_reason = None, None, ""
    if stage is not None and stage.id != application.stage_id:
        application.stage = stage
        application.stage_since = move.at
        application.position = move.at.timestamp()
        application.names_hidden = application.names_hidden and stage.is_blind  # once known, always known
    session.add(move)
    session.flush()


def _record(name: str, application: Application, *, by: Person | None, changes: dict[str, object] | None = None, reason: str = "") -> None:
    record(name, application, by=by, person=application.candidate.person, changes=changes, reason=reason)
    ask_for_index(application)
