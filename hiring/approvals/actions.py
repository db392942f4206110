"""What is done with approval chains: begun, decided in, given up; and the templates they begin from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from core.audit.record import record
from core.clock import now, today
from core.db import hold, session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Department, Person
from core.web.i18n import _
from hiring.approvals import policy
from hiring.approvals.algebra import ChainState, chain_states
from hiring.approvals.models import (
    ApprovalChain,
    ApprovalDelegate,
    ApprovalKind,
    ApprovalSeat,
    ApprovalStep,
    ApprovalTemplate,
    ApprovalTemplateSeat,
    ApprovalTemplateStep,
)
from hiring.approvals.queries import chain_of, stands_in_for, template_for, who_cannot


@dataclass(frozen=True)
class PlannedStep:
    """A step that a chain or a template is to have: `needed` of `people` approve."""

    name: str
    people: tuple[Person, ...]
    needed: int = 1
    only_out_of_band: bool = False
    hiring_manager: bool = False


def planned_steps(kind: ApprovalKind, *, department_id: int | None, hiring_manager: Person) -> list[PlannedStep]:
    """The steps the company wants for this kind in this department; none if it has no template."""
    template = template_for(kind, department_id)
    planned = []
    for step in template.steps if template is not None else ():
        people = [seat.person for seat in step.seats]
        if step.hiring_manager and hiring_manager.id not in {person.id for person in people}:
            people.insert(0, hiring_manager)
        planned.append(PlannedStep(step.name, tuple(people), step.needed, step.only_out_of_band))
    return planned


def start_chain(
    kind: ApprovalKind, subject_id: UUID, *, steps: Sequence[PlannedStep], subject_hash: str, out_of_band: bool, by: Person
) -> ApprovalChain:
    """Begin a chain. Who begins it has no say in it, nor has who may not approve (any more): they get no seat.

    Raises Invalid where a step cannot reach its number, Conflict where one is open.
    """
    chain = ApprovalChain(kind=kind, subject_id=subject_id, subject_hash=subject_hash, started_by_id=by.id)
    hindered = who_cannot(kind, {person.id for step in steps for person in step.people})
    for position, planned in enumerate(steps, start=1):
        skipped = planned.only_out_of_band and not out_of_band
        unable = [person.name for person in planned.people if person.id in hindered]
        people = [person for person in planned.people if person.id != by.id and person.id not in hindered]
        if not skipped and len(people) < planned.needed and unable:
            sentence = _(
                "Step “%(step)s” needs %(needed)s, but %(names)s may not approve this. Have an executive or administrator change who approves.",
                step=planned.name,
                needed=planned.needed,
                names=", ".join(unable),
            )
            raise Invalid(sentence)
        if not skipped and len(people) < planned.needed:
            sentence = _(
                "Step “%(step)s” needs %(needed)s who did not ask for the approval. Choose others.", step=planned.name, needed=planned.needed
            )
            raise Invalid(sentence)
        seats = [ApprovalSeat(person_id=person.id) for person in people]
        chain.steps.append(ApprovalStep(position=position, name=planned.name, needed=planned.needed, skipped=skipped, seats=seats))
    if all(step.skipped for step in chain.steps):
        raise Invalid(_("Nobody would approve this. A chain needs a step that always applies."))
    chain.position = next(step.position for step in chain.steps if not step.skipped)
    session.add(chain)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(_("This waits for approval already.")) from error
    record("hiring.approval.asked", chain, by=by, changes={"kind": kind.value, "subject": str(subject_id), "hash": subject_hash})
    return _whole(chain)


def decide(chain: ApprovalChain, *, approve: bool, reason: str = "", by: Person) -> ChainState:
    """Say yes or no in the step whose turn it is. Returns where the chain then stands.

    Raises NotAllowed for who has no seat there, WrongState once the chain is over, Invalid for a no without a reason.
    """
    hold(chain)
    chain = _whole(chain)
    if chain.state is not ChainState.OPEN:
        raise WrongState(_("This has been decided already. Reload the page to see where it stands."))
    seat = policy.seat_of(chain, by, stands_in_for=stands_in_for(by, on=today(by.time_zone)))
    if seat is None or who_cannot(chain.kind, {by.id}):
        raise NotAllowed(_("It is not your turn: others decide at this step, and never who asked."))
    if not approve and not reason.strip():
        raise Invalid(_("Say what should change."), field="reason")
    seat.approved, seat.reason, seat.decided_at, seat.decided_by_id = approve, reason.strip(), now(), by.id
    chain.state, states = chain_states([policy.votes_of(step) for step in chain.steps])
    chain.position = next((step.position for step, state in zip(chain.steps, states, strict=True) if state == "open"), None)
    if chain.state is not ChainState.OPEN:
        chain.ended_at = now()
    session.flush()
    name = "hiring.approval.given" if approve else "hiring.approval.refused"
    record(name, chain, by=by, changes={"for": seat.person_id, "state": chain.state.value}, reason=reason.strip())
    return chain.state


def void_chain(chain: ApprovalChain, *, reason: str, by: Person | None) -> None:
    """Give an open or approved chain up, for what was approved is no longer what stands."""
    hold(chain)
    if chain.state in (ChainState.OPEN, ChainState.APPROVED):
        before, chain.state = chain.state, ChainState.VOID
        chain.position, chain.ended_at, chain.end_reason = None, now(), reason
        session.flush()
        record("hiring.approval.voided", chain, by=by, changes={"state": [before.value, "void"]}, reason=reason)


def save_template(
    template: ApprovalTemplate | None, *, kind: ApprovalKind, department: Department | None, steps: Sequence[PlannedStep], by: Person
) -> ApprovalTemplate:
    """Write the steps new chains begin with; chains under way keep theirs. Raises Invalid for steps that could never pass."""
    if not policy.can_write_templates(by):
        raise NotAllowed(_("Only administrators and executives say who approves."))
    _insist_on_sound(kind, steps)
    if template is None:
        template = ApprovalTemplate(kind=kind, department_id=None if department is None else department.id, steps=[])
        session.add(template)
    else:
        template.steps.clear()
    template.kind, template.department_id = kind, None if department is None else department.id
    try:
        session.flush()
        for position, step in enumerate(steps, start=1):
            seats = [ApprovalTemplateSeat(person_id=person.id) for person in step.people]
            template.steps.append(
                ApprovalTemplateStep(
                    position=position,
                    name=step.name,
                    needed=step.needed,
                    only_out_of_band=step.only_out_of_band,
                    hiring_manager=step.hiring_manager,
                    seats=seats,
                )
            )
        session.flush()
    except IntegrityError as error:
        raise Invalid(_("There is a chain for this already. Change that one."), field="department") from error
    record("hiring.approval_template.saved", template, by=by, changes={"kind": kind.value, "steps": len(steps)})
    return template


def _insist_on_sound(kind: ApprovalKind, steps: Sequence[PlannedStep]) -> None:
    if not steps or all(step.only_out_of_band for step in steps):
        raise Invalid(_("A chain needs at least one step that always applies."))
    hindered = who_cannot(kind, {person.id for step in steps for person in step.people})
    for step in steps:
        if unable := [person.name for person in step.people if person.id in hindered]:
            raise Invalid(_("Step “%(step)s”: %(names)s may not approve this. Choose others.", step=step.name, names=", ".join(unable)))
        seats = len(step.people) + step.hiring_manager
        if seats < step.needed:
            raise Invalid(_("Step “%(step)s” needs %(needed)s approvals and has %(seats)s people.", step=step.name, needed=step.needed, seats=seats))


def delegate(person: Person, *, to: Person, from_on: date, until_on: date, by: Person) -> ApprovalDelegate:
    """Let somebody stand in for a person. Raises NotAllowed for another's seat, Invalid for days or people that cannot be."""
    if by.id != person.id and not policy.can_write_templates(by):
        raise NotAllowed(_("Everybody names their own stand-in; administrators may for others."))
    if to.id == person.id:
        raise Invalid(_("Choose somebody else."), field="delegate")
    if until_on < from_on:
        raise Invalid(_("The last day comes before the first."), field="until_on")
    if until_on < today(person.time_zone):
        raise Invalid(_("These days are over."), field="until_on")
    standing = ApprovalDelegate(person_id=person.id, delegate_id=to.id, from_on=from_on, until_on=until_on)
    session.add(standing)
    session.flush()
    record("hiring.approval_delegate.named", standing, by=by, changes={"delegate": to.id, "from": from_on.isoformat(), "until": until_on.isoformat()})
    return standing


def end_delegation(standing: ApprovalDelegate, *, by: Person) -> None:
    """End a stand-in's time at once."""
    if by.id != standing.person_id and not policy.can_write_templates(by):
        raise NotAllowed(_("Everybody names their own stand-in; administrators may for others."))
    standing.ended_at = now()
    session.flush()
    record("hiring.approval_delegate.ended", standing, by=by)


def _whole(chain: ApprovalChain) -> ApprovalChain:
    """The chain with everything in it as it is now. Persons stay as they were loaded."""
    for step in chain.steps:
        for seat in step.seats:
            session.expire(seat)
        session.expire(step, ["seats"])
    session.expire(chain, ["steps", "started_by"])
    found = chain_of(chain.kind, chain.subject_id)
    return chain if found is None else found
