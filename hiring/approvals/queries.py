"""Reading approval chains, their templates, and who stands in for whom."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from core.accounts.queries import has_closed_account
from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Person
from core.people.queries import has_left, has_right
from hiring.approvals.algebra import ChainState
from hiring.approvals.models import (
    ApprovalChain,
    ApprovalDelegate,
    ApprovalKind,
    ApprovalSeat,
    ApprovalStep,
    ApprovalTemplate,
    ApprovalTemplateSeat,
    ApprovalTemplateStep,
    Hindrance,
)
from hiring.approvals.policy import RIGHT, step_in_turn

_WHOLE = (
    joinedload(ApprovalChain.started_by),
    selectinload(ApprovalChain.steps).joinedload(ApprovalStep.seats).options(joinedload(ApprovalSeat.person), joinedload(ApprovalSeat.decided_by)),
)


def chain_of(kind: ApprovalKind, subject_id: UUID) -> ApprovalChain | None:
    """The latest chain of a thing with steps and seats, or None."""
    query = select(ApprovalChain).where(ApprovalChain.kind == kind, ApprovalChain.subject_id == subject_id).options(*_WHOLE)
    return session.scalars(query.order_by(ApprovalChain.id.desc()).limit(1)).unique().one_or_none()


def stands_in_for(person: Person, *, on: date) -> frozenset[int]:
    """The keys of those for whom the person stands in on the day."""
    return frozenset(session.scalars(_stood_in_for(person, on=on).order_by(ApprovalDelegate.id)).all())


def _stood_in_for(person: Person, *, on: date) -> Select[int]:
    return select(ApprovalDelegate.person_id).where(
        ApprovalDelegate.delegate_id == person.id,
        ApprovalDelegate.from_on <= on,
        ApprovalDelegate.until_on >= on,
        ApprovalDelegate.ended_at.is_(None),
    )


def delegates_for(keys: Sequence[int], *, on: date) -> Sequence[ApprovalDelegate]:
    """Who stands in for these people on the day."""
    query = select(ApprovalDelegate).where(
        ApprovalDelegate.person_id.in_(keys), ApprovalDelegate.from_on <= on, ApprovalDelegate.until_on >= on, ApprovalDelegate.ended_at.is_(None)
    )
    return session.scalars(query.options(joinedload(ApprovalDelegate.delegate)).order_by(ApprovalDelegate.id)).all()


def _seat_of(person: Person, *, on: date) -> ColumnElement[bool]:
    """The condition that a seat is the person's, or that of somebody they stand in for on the day."""
    return or_(ApprovalSeat.person_id == person.id, ApprovalSeat.person_id.in_(_stood_in_for(person, on=on)))


def waits_for(person: Person, kind: ApprovalKind, *, on: date) -> ColumnElement[bool]:
    """The condition, on ApprovalChain, that the person has something to say in it now, for themselves or for another."""
    mine = (
        select(ApprovalSeat.id)
        .join(ApprovalStep, ApprovalStep.id == ApprovalSeat.step_id)
        .where(
            ApprovalStep.chain_id == ApprovalChain.id,
            ApprovalStep.position == ApprovalChain.position,
            _seat_of(person, on=on),
            ApprovalSeat.approved.is_(None),
        )
    )
    return (ApprovalChain.kind == kind) & (ApprovalChain.state == ChainState.OPEN) & (ApprovalChain.started_by_id != person.id) & mine.exists()


def subjects_seated(person: Person, kind: ApprovalKind, *, on: date) -> Select[UUID]:
    """For `subject.in_(…)`: what the person is or was asked about, for themselves or for another today."""
    seated = or_(_seat_of(person, on=on), ApprovalSeat.decided_by_id == person.id)
    return (
        select(ApprovalChain.subject_id)
        .join(ApprovalStep, ApprovalStep.chain_id == ApprovalChain.id)
        .join(ApprovalSeat, ApprovalSeat.step_id == ApprovalStep.id)
        .where(ApprovalChain.kind == kind, seated)
    )


def who_cannot(kind: ApprovalKind, keys: Collection[int]) -> dict[int, Hindrance]:
    """Those of these people who cannot decide on things of this kind today, by key, and why."""
    left, closed, able = has_left(Person.id, on=today()), has_closed_account(Person.id), has_right(Person.id, RIGHT[kind])
    query = select(Person.id, left, closed).where(Person.id.in_(keys), or_(left, closed, ~able)).order_by(Person.id)
    found = session.execute(query)
    return {key: Hindrance.LEFT if gone else Hindrance.ACCOUNT_CLOSED if shut else Hindrance.NO_RIGHT for key, gone, shut in found}


def people_to_ask(chain: ApprovalChain) -> list[Person]:
    """Whose turn it is and who stands in for them, as far as they can decide; nobody in a step where somebody has spoken: they were asked."""
    step = step_in_turn(chain)
    if step is None or any(seat.approved is not None for seat in step.seats):
        return []
    people = {seat.person.id: seat.person for seat in step.seats}
    for standing in delegates_for(sorted(people), on=today(chain.started_by.time_zone)):
        people.setdefault(standing.delegate.id, standing.delegate)
    hindered = who_cannot(chain.kind, people.keys())
    return [person for key, person in people.items() if key not in hindered]


def hindered_in(chain: ApprovalChain | None) -> dict[int, Hindrance]:
    """Those who are still to speak in an open chain and cannot any more, by key, and why. Needs `steps` and their seats."""
    if chain is None or chain.state is not ChainState.OPEN:
        return {}
    return who_cannot(chain.kind, {seat.person_id for step in chain.steps if not step.skipped for seat in step.seats if seat.approved is None})


_TEMPLATE = (
    joinedload(ApprovalTemplate.department),
    selectinload(ApprovalTemplate.steps).selectinload(ApprovalTemplateStep.seats).joinedload(ApprovalTemplateSeat.person),
)


def template_for(kind: ApprovalKind, department_id: int | None) -> ApprovalTemplate | None:
    """The department's own template, else the company's, else None."""
    query = (
        select(ApprovalTemplate)
        .where(ApprovalTemplate.kind == kind, or_(ApprovalTemplate.department_id == department_id, ApprovalTemplate.department_id.is_(None)))
        .order_by(ApprovalTemplate.department_id.is_(None), ApprovalTemplate.id)
        .options(*_TEMPLATE)
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def templates() -> Sequence[ApprovalTemplate]:
    """Every template with its steps, the company's before the departments'."""
    query = select(ApprovalTemplate).options(*_TEMPLATE)
    return session.scalars(query.order_by(ApprovalTemplate.kind, ApprovalTemplate.department_id.is_not(None), ApprovalTemplate.id)).all()


def get_template(template_id: UUID) -> ApprovalTemplate:
    """The template with this public id. Raises NotFound."""
    found = session.scalars(select(ApprovalTemplate).where(ApprovalTemplate.public_id == template_id).options(*_TEMPLATE)).one_or_none()
    if found is None:
        raise NotFound
    return found


def delegations_of(person: Person) -> Sequence[ApprovalDelegate]:
    """Who stands in for the person, now or later, the next first."""
    query = select(ApprovalDelegate).where(ApprovalDelegate.person_id == person.id, ApprovalDelegate.ended_at.is_(None))
    return session.scalars(query.options(joinedload(ApprovalDelegate.delegate)).order_by(ApprovalDelegate.from_on, ApprovalDelegate.id)).all()
