"""What is done to requisitions: written, changed, given up; and their openings filled, each once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Department, JobRole, Location, Person
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.applications.queries import hired_count
from hiring.approvals.actions import void_chain
from hiring.approvals.models import ApprovalKind
from hiring.approvals.queries import chain_of
from hiring.postings.models import Posting, PostingState, SalaryPeriod
from hiring.postings.queries import lock_posting
from hiring.publishing.actions import mark_filled, pause_posting, reopen_filled
from hiring.requisitions import policy
from hiring.requisitions.band import changes_of
from hiring.requisitions.models import WORKFLOW, Opening, OpeningState, Reason, Requisition, RequisitionChange, RequisitionState
from hiring.requisitions.queries import hold_requisition, hold_requisition_of, offers_out, posting_of, requisition_of

S = RequisitionState
MOST_OPENINGS = 50
STANDING = (S.APPROVED, S.ON_HOLD)
PAST = {
    S.DRAFT: "returned_to_draft",
    S.IN_APPROVAL: "submitted",
    S.APPROVED: "approved",
    S.ON_HOLD: "held",
    S.FILLED: "filled",
    S.CANCELLED: "cancelled",
}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a requisition asks for. `kept` are the days of openings there are, by public id; `more` those of new ones."""

    title: str
    reason: Reason
    justification: str = ""
    job_role: JobRole
    department: Department
    location: Location
    hiring_manager: Person
    salary_from: int | None = None
    salary_to: int | None = None
    currency: str = "BRL"
    salary_period: SalaryPeriod = SalaryPeriod.MONTH
    budget: int | None = None
    language: str = "pt_BR"
    kept: Mapping[UUID, date] = field(default_factory=dict)
    more: tuple[date, ...] = ()


def write_requisition(wish: Wish, *, by: Person) -> Requisition:
    """Begin a requisition as a draft. Raises Invalid, or NotAllowed without the right."""
    if not policy.can_write(by):
        raise NotAllowed(_("You do not write requisitions."))
    _check(wish, len(wish.more))
    openings = [Opening(starts_on=day) for day in sorted(wish.more)]
    requisition = Requisition(**_columns(wish), requested_by_id=by.id, state=S.DRAFT, changed_at=now(), openings=openings)
    session.add(requisition)
    session.flush()
    record("hiring.requisition.written", requisition, by=by, changes={"openings": len(openings)})
    return requisition


def change_requisition(requisition: Requisition, wish: Wish, *, by: Person, version: int) -> None:
    """Change a requisition. Other pay, another budget or more openings undo its approval; those approved before stay open to be filled."""
    hold_requisition(requisition)
    _insist(policy.can_edit(by, requisition))
    if requisition.version != version:
        raise Conflict(_("Somebody else changed this requisition while you were writing. Copy what you typed, then load the page again."))
    open_before = {opening.public_id: opening.starts_on for opening in requisition.openings_in(OpeningState.OPEN)}
    left = [opening for opening in requisition.openings_in(OpeningState.OPEN) if opening.public_id in wish.kept]
    filled = requisition.openings_in(OpeningState.FILLED)
    _check(wish, len(left) + len(filled) + len(wish.more))
    _insist_on_openings_for_offers(requisition, keeps=left)
    columns = _columns(wish)
    changed = changes_of(requisition, columns) + (["openings"] if wish.more else [])
    for name, value in columns.items():
        setattr(requisition, name, value)
    for opening in requisition.openings_in(OpeningState.OPEN):
        if opening.public_id in wish.kept:
            opening.starts_on = wish.kept[opening.public_id]
        elif opening.approved:
            _end(opening, "")
        else:
            requisition.openings.remove(opening)
    requisition.openings += [Opening(starts_on=day) for day in sorted(wish.more)]
    requisition.changed_at = now()
    session.flush()
    record("hiring.requisition.changed", requisition, by=by, changes={"fields": changed})
    _note_writer(requisition, changed, other_openings=dict(wish.kept) != open_before, by=by)
    if changed and requisition.state is not S.DRAFT:
        give_up_approval(requisition, reason=_("Pay or openings have changed."), by=by)
        move_requisition(requisition, S.DRAFT, by=by)
    follow(requisition, by=by)


def _note_writer(requisition: Requisition, changed: list[str], *, other_openings: bool, by: Person) -> None:
    """Who changed what is approved has no say in the approval that follows."""
    fields = sorted({*changed, *(["openings"] if other_openings else [])})
    if fields:
        session.add(RequisitionChange(requisition_id=requisition.id, by_id=by.id, at=now(), fields=fields))
        session.flush()


def cancel_opening(opening: Opening, requisition: Requisition, *, reason: str, by: Person) -> None:
    """Give one open opening up; fewer people need no new approval."""
    hold_requisition(requisition)
    _insist(policy.can_edit(by, requisition))
    if opening.state is not OpeningState.OPEN:
        raise Conflict(_("This opening is filled or cancelled already. Reload the page to see where it stands."))
    if len(requisition.openings_in(OpeningState.OPEN, OpeningState.FILLED)) == 1:
        raise Invalid(_("It is the last opening. Cancel the whole requisition instead."))
    _insist_on_openings_for_offers(requisition, keeps=[other for other in requisition.openings_in(OpeningState.OPEN) if other is not opening])
    _end(opening, reason.strip())
    requisition.changed_at = now()
    session.flush()
    record("hiring.opening.cancelled", opening, by=by, reason=reason.strip(), changes={"requisition": requisition.id})
    follow(requisition, by=by)


def cancel_requisition(requisition: Requisition, *, reason: str, by: Person) -> None:
    """Give up what is not filled yet. The posting takes no more applications; those that arrived are still to be answered."""
    hold_requisition(requisition)
    _insist(policy.can_cancel(by, requisition))
    if not reason.strip():
        raise Invalid(_("Say why, for those who approved it."), field="reason")
    _insist_on_openings_for_offers(requisition, keeps=[])
    for opening in requisition.openings_in(OpeningState.OPEN):
        _end(opening, reason.strip())
    if requisition.state not in STANDING or not requisition.openings_in(OpeningState.FILLED):
        give_up_approval(requisition, reason=reason.strip(), by=by)
        move_requisition(requisition, S.CANCELLED, by=by, reason=reason.strip())
    follow(requisition, by=by)
    _pause_its_posting(requisition)


def hold_back(requisition: Requisition, *, reason: str, by: Person) -> None:
    """Put an approved requisition on hold: its posting is paused. Offers under way may still be accepted."""
    hold_requisition(requisition)
    _insist(policy.can_hold(by, requisition))
    if not reason.strip():
        raise Invalid(_("Say why, for those who approved it."), field="reason")
    move_requisition(requisition, S.ON_HOLD, by=by, reason=reason.strip())
    _pause_its_posting(requisition)


def resume(requisition: Requisition, *, by: Person) -> None:
    """Take a requisition up again; its posting is opened by hand."""
    hold_requisition(requisition)
    _insist(policy.can_resume(by, requisition))
    move_requisition(requisition, S.APPROVED, by=by)


def _pause_its_posting(requisition: Requisition) -> None:
    posting = posting_of(requisition)
    if posting is not None and posting.state is PostingState.OPEN:
        pause_posting(posting, by=None)


def fill_opening(posting: Posting, application: Application, *, by: Person | None) -> Opening | None:
    """Fill the opening that begins first with this application, once; again is friendly and gives the same one.

    None for a posting without a requisition. Raises Conflict when no approved opening is left.
    """
    requisition = hold_requisition_of(posting)
    if requisition is None:
        return None
    for opening in requisition.openings:
        if opening.application_id == application.id:
            return opening
    free = [opening for opening in requisition.openings_in(OpeningState.OPEN) if opening.approved]
    if not free:
        raise Conflict(_("Every opening of this posting has been filled."))
    opening = min(free, key=lambda opening: (opening.starts_on, opening.id))
    opening.state, opening.application_id, opening.ended_at = OpeningState.FILLED, application.id, now()
    session.flush()
    record("hiring.opening.filled", opening, by=by, changes={"requisition": requisition.id, "application": application.id})
    if not requisition.openings_in(OpeningState.OPEN) and requisition.state in STANDING:
        move_requisition(requisition, S.FILLED, by=by)
    return opening


def free_opening(posting: Posting, application: Application, *, by: Person, reason: str) -> None:
    """Let the opening this application filled be filled by another; a filled requisition is approved still. The caller holds both."""
    requisition = requisition_of(posting)
    for opening in () if requisition is None else requisition.openings_in(OpeningState.FILLED):
        if opening.application_id == application.id:
            opening.state, opening.application_id, opening.application, opening.ended_at = OpeningState.OPEN, None, None, None
            session.flush()
            changes = {"requisition": opening.requisition_id, "application": application.id}
            record("hiring.opening.freed", opening, by=by, changes=changes, reason=reason)
    if requisition is not None and requisition.state is S.FILLED and requisition.openings_in(OpeningState.OPEN):
        move_requisition(requisition, S.APPROVED, by=by, reason=reason)


def follow(requisition: Requisition, *, by: Person | None) -> None:
    """Let the posting have as many openings as were approved; with none left to fill, both are filled. The caller holds the requisition."""
    approved = [opening for opening in requisition.openings_in(OpeningState.OPEN, OpeningState.FILLED) if opening.approved]
    free = [opening for opening in approved if opening.state is OpeningState.OPEN]
    if approved and not free and requisition.state in STANDING:
        move_requisition(requisition, S.FILLED, by=by)
    posting = posting_of(requisition)
    if posting is None or (posting.state is PostingState.FILLED and not free):
        return
    lock_posting(posting)
    hired = hired_count(posting)
    wanted = hired + len(free)
    if wanted and posting.openings != wanted:
        before, posting.openings = posting.openings, wanted
        session.flush()
        record("hiring.posting.openings_followed", posting, by=by, changes={"openings": [before, wanted]})
    if hired and not free and posting.state in (PostingState.OPEN, PostingState.PAUSED, PostingState.CLOSED):
        mark_filled(posting, by=by)
    elif posting.state is PostingState.FILLED:
        reopen_filled(posting, by=by)


def give_up_approval(requisition: Requisition, *, reason: str, by: Person) -> None:
    """Void what approvals there are."""
    chain = chain_of(ApprovalKind.REQUISITION, requisition.public_id)
    if chain is not None:
        void_chain(chain, reason=reason, by=by)


def move_requisition(requisition: Requisition, to: RequisitionState, *, by: Person | None, reason: str = "") -> None:
    """Change the state, and say so in the trail."""
    WORKFLOW.insist(requisition.state, to)
    before, requisition.state, requisition.changed_at = requisition.state, to, now()
    session.flush()
    past = "resumed" if before is S.ON_HOLD and to is S.APPROVED else PAST[to]
    record(f"hiring.requisition.{past}", requisition, by=by, changes={"state": [before.value, to.value]}, reason=reason)


def _end(opening: Opening, reason: str) -> None:
    opening.state, opening.ended_at, opening.end_reason = OpeningState.CANCELLED, now(), reason


def _insist_on_openings_for_offers(requisition: Requisition, *, keeps: list[Opening]) -> None:
    """Nobody gives up the opening that somebody has been offered. `keeps` are the open ones that would be left."""
    free = [opening for opening in requisition.openings_in(OpeningState.OPEN) if opening.approved]
    left = [opening for opening in free if opening in keeps]
    if len(left) < len(free) and offers_out(requisition) > len(left):
        raise Invalid(_("Offers are out for more openings than would be left. Withdraw them first, or wait for the answers."))


def _check(wish: Wish, openings: int) -> None:
    if not one_line(wish.title):
        raise Invalid(_("A title is needed."), field="title")
    if wish.salary_from is not None and wish.salary_to is not None and wish.salary_from > wish.salary_to:
        raise Invalid(_("The range ends below its beginning."), field="salary_to")
    if not 1 <= openings <= MOST_OPENINGS:
        raise Invalid(_("Between 1 and %(most)s openings: give each its first day.", most=MOST_OPENINGS))


def _columns(wish: Wish) -> dict[str, Any]:
    names = "reason justification salary_from salary_to currency salary_period budget language"
    rows = ("job_role", "department", "location", "hiring_manager")
    return {
        "title": one_line(wish.title),
        **{name: getattr(wish, name) for name in names.split()},
        **{f"{name}_id": getattr(wish, name).id for name in rows},
    }


def _insist(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("You may not do this to this requisition as it stands."))
