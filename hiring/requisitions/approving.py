"""A requisition's way through approval, and the posting made from it once it is approved."""

from dataclasses import replace

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.i18n import _
from hiring.approvals.actions import PlannedStep, decide, planned_steps, start_chain
from hiring.approvals.algebra import ChainState
from hiring.approvals.models import ApprovalChain, ApprovalKind
from hiring.approvals.queries import chain_of, people_to_ask
from hiring.postings.actions import Description, write_posting
from hiring.postings.models import Posting
from hiring.profiles.actions import put_into_posting
from hiring.profiles.queries import find_profile
from hiring.requisitions import mails, policy
from hiring.requisitions.actions import follow, give_up_approval, move_requisition
from hiring.requisitions.band import PAY, hash_of, is_within
from hiring.requisitions.following import follow_pay
from hiring.requisitions.models import OpeningState, Requisition, RequisitionState
from hiring.requisitions.queries import hold_requisition, posting_of, unsettled_changes, writers_of

S = RequisitionState
FROM_PROFILE = ("summary", "responsibilities", "qualifications", "employment_type", "workplace")


def ask_for_approval(requisition: Requisition, *, by: Person) -> None:
    """Start the chain the company wants for requisitions in this department, else one with the hiring manager or another approver."""
    hold_requisition(requisition)
    if not policy.can_submit(by, requisition):
        raise NotAllowed(_("You may not do this to this requisition as it stands."))
    manager, writers = requisition.hiring_manager, {by.id, *writers_of(requisition)}
    steps = planned_steps(ApprovalKind.REQUISITION, department_id=requisition.department_id, hiring_manager=manager)
    if not steps:
        others = [manager] if manager.id not in writers else [one for one in people_with_right(Right.APPROVE_POSTINGS) if one.id not in writers]
        if not others:
            raise Invalid(_("Nobody else may approve requisitions. Ask an administrator to say who does."))
        steps = [PlannedStep(_("Approval"), tuple(others))]
    steps = [replace(step, people=tuple(person for person in step.people if person.id not in writers)) for step in steps]
    out = is_out_of_band(requisition)
    chain = start_chain(ApprovalKind.REQUISITION, requisition.public_id, steps=steps, subject_hash=hash_of(requisition), out_of_band=out, by=by)
    move_requisition(requisition, S.IN_APPROVAL, by=by)
    _ask_those_in_turn(requisition, chain)


def is_out_of_band(requisition: Requisition) -> bool:
    """Whether the pay lies outside the range of the role's profile, where the role has one with a range."""
    profile = find_profile(job_role_id=requisition.job_role_id, language=requisition.language)
    if profile is None or (profile.salary_from is None and profile.salary_to is None):
        return False
    return not is_within(requisition, profile)


def decide_requisition(requisition: Requisition, *, approve: bool, reason: str = "", by: Person) -> ChainState:
    """Say yes or no where it is this person's turn. The last yes approves, a no that cannot be outvoted sends back."""
    hold_requisition(requisition)
    chain = chain_of(ApprovalKind.REQUISITION, requisition.public_id)
    if requisition.state is not S.IN_APPROVAL or chain is None:
        raise WrongState(_("This has been decided already. Reload the page to see where it stands."))
    if by.id in writers_of(requisition):
        raise NotAllowed(_("Whoever wrote the requisition, or changed its pay or openings, does not decide on it."))
    if chain.subject_hash != hash_of(requisition):
        raise Conflict(_("What you are asked to approve has changed. Reload the page to see it."))
    state = decide(chain, approve=approve, reason=reason, by=by)
    if state is ChainState.OPEN:
        _ask_those_in_turn(requisition, chain)
    elif state is ChainState.APPROVED:
        for opening in requisition.openings_in(OpeningState.OPEN):
            opening.approved = True
        move_requisition(requisition, S.APPROVED, by=by)
        follow(requisition, by=by)
        _settle(requisition, by=by)
        mails.requisition_approved(requisition, by=by)
    else:
        move_requisition(requisition, S.DRAFT, by=by, reason=reason.strip())
        approved = [seat.decided_by for step in chain.steps for seat in step.seats if seat.approved and seat.decided_by is not None]
        for person in {person.id: person for person in (requisition.requested_by, chain.started_by, *approved)}.values():
            if person.id != by.id:
                mails.requisition_sent_back(requisition, to=person, by=by, reason=reason.strip())
    return state


def _settle(requisition: Requisition, *, by: Person) -> None:
    """What was changed is approved now; the posting's pay follows where that was among it."""
    changes = unsettled_changes(requisition)
    for change in changes:
        change.settled_at = now()
    if {field for change in changes for field in change.fields} & set(PAY):
        follow_pay(requisition, by=by)


def take_back(requisition: Requisition, *, by: Person) -> None:
    """Take a requisition back into draft while others are deciding on it."""
    hold_requisition(requisition)
    if requisition.state is not S.IN_APPROVAL or not policy.runs(by, requisition):
        raise NotAllowed(_("You may not do this to this requisition as it stands."))
    give_up_approval(requisition, reason=_("It was taken back."), by=by)
    move_requisition(requisition, S.DRAFT, by=by)


def make_posting(requisition: Requisition, *, by: Person) -> Posting:
    """A draft posting with the requisition's pay and openings and its role profile's texts, criteria and questions."""
    hold_requisition(requisition)
    if not policy.can_make_posting(by, requisition):
        raise NotAllowed(_("Recruiters make postings, from approved requisitions."))
    if posting_of(requisition) is not None:
        raise Conflict(_("This requisition has a posting already."))
    profile = find_profile(job_role_id=requisition.job_role_id, language=requisition.language)
    texts = {} if profile is None else {name: getattr(profile, name) for name in FROM_PROFILE}
    description = Description(
        title=requisition.title,
        job_role=requisition.job_role,
        department=requisition.department,
        location=requisition.location,
        hiring_manager=requisition.hiring_manager,
        salary_from=requisition.salary_from,
        salary_to=requisition.salary_to,
        currency=requisition.currency,
        salary_period=requisition.salary_period,
        openings=len(requisition.openings_in(OpeningState.OPEN)),
        language=requisition.language,
        **texts,
    )
    posting = write_posting(description, by=by)
    posting.requisition_id = requisition.id
    session.flush()
    if profile is not None:
        put_into_posting(posting, profile, by=by)
    record("hiring.posting.made_from_requisition", posting, by=by, changes={"requisition": requisition.id})
    return posting


def _ask_those_in_turn(requisition: Requisition, chain: ApprovalChain) -> None:
    for person in people_to_ask(chain):
        mails.requisition_approval_asked(requisition, to=person)
