"""Reading programmes, and how far people have come in them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from core.clock import today
from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from core.people.rights import Right
from core.web.paging import Page, one_page
from onboarding.circle import stands
from onboarding.programmes.models import Participation, ParticipationState, Programme, ProgrammeStage, StageObjective, StagePassage
from onboarding.programmes.progress import Reached, SessionFact, asked_of, reached
from onboarding.shadowing.models import Observation, Session, SessionDay, SessionState
from onboarding.shadowing.policy import sees_every_session
from onboarding.shadowing.queries import reports_of

_STAGES = selectinload(Programme.stages).selectinload(ProgrammeStage.objectives).joinedload(StageObjective.objective)


def programmes() -> Sequence[Programme]:
    """Every programme with its job role and stages: those in use first, then by name, the latest version first."""
    query = select(Programme).options(joinedload(Programme.job_role), selectinload(Programme.stages))
    return session.scalars(query.order_by(Programme.is_active.desc(), Programme.name, Programme.number.desc(), Programme.id)).all()


def get_programme(programme_id: UUID) -> Programme:
    """The programme with its job role, stages and their objectives. Raises NotFound."""
    query = select(Programme).where(Programme.public_id == programme_id).options(joinedload(Programme.job_role), _STAGES)
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_stage(stage_id: UUID) -> ProgrammeStage:
    """The stage with its objectives and its programme. Raises NotFound."""
    query = (
        select(ProgrammeStage)
        .where(ProgrammeStage.public_id == stage_id)
        .options(
            joinedload(ProgrammeStage.programme).options(joinedload(Programme.job_role), selectinload(Programme.stages)),
            selectinload(ProgrammeStage.objectives).joinedload(StageObjective.objective),
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_active_programme(job_role_id: int) -> Programme | None:
    """The programme in use for a job role (inner key), with its stages."""
    query = select(Programme).where(Programme.job_role_id == job_role_id, Programme.is_active.is_(True)).options(selectinload(Programme.stages))
    return session.scalars(query).one_or_none()


def active_programmes() -> Sequence[Programme]:
    """The programmes in use with their job roles and stages, by name."""
    query = select(Programme).where(Programme.is_active.is_(True)).options(joinedload(Programme.job_role), selectinload(Programme.stages))
    return session.scalars(query.order_by(Programme.name, Programme.id)).all()


def latest_number(job_role_id: int) -> int:
    """The number of the newest version for a job role, 0 when there is none."""
    return session.scalars(select(func.coalesce(func.max(Programme.number), 0)).where(Programme.job_role_id == job_role_id)).one()


def is_begun(programme: Programme) -> bool:
    """Whether anybody takes or took part in this version."""
    query = select(Participation.id).where(Participation.programme_id == programme.id).order_by(Participation.id).limit(1)
    return session.scalars(query).one_or_none() is not None


def sees_participation(viewer: Person) -> ColumnElement[bool]:
    """The condition under which the viewer sees somebody's way through a programme: all, their reports', their own."""
    if sees_every_session(viewer):
        return true()
    own = Participation.person_id == viewer.id
    return or_(own, Participation.person_id.in_(reports_of(viewer))) if viewer.may(Right.SEE_ONBOARDING) else own


def _whole() -> tuple[ORMOption, ...]:
    return (
        joinedload(Participation.person),
        joinedload(Participation.programme).options(joinedload(Programme.job_role), _STAGES),
        joinedload(Participation.stage).joinedload(ProgrammeStage.programme),
        selectinload(Participation.passages).joinedload(StagePassage.by),
    )


def get_participation(participation_id: UUID, *, viewer: Person) -> Participation:
    """Somebody's way through a programme with person, programme, stages, objectives and passages. Raises NotFound."""
    query = select(Participation).where(Participation.public_id == participation_id, sees_participation(viewer)).options(*_whole())
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_participation_by_key(key: int) -> Participation:
    """The same by its inner key, for actions."""
    return session.scalars(select(Participation).where(Participation.id == key).options(*_whole()).execution_options(populate_existing=True)).one()


def find_participation(person: Person, *, running: bool = True) -> Participation | None:
    """The programme somebody is in, or with `running=False` the latest one they were in."""
    query = select(Participation).where(Participation.person_id == person.id).options(*_whole())
    if running:
        query = query.where(Participation.state == ParticipationState.RUNNING)
    return session.scalars(query.order_by(Participation.created_at.desc(), Participation.id.desc()).limit(1)).one_or_none()


def participations_page(viewer: Person, *, state: ParticipationState, number: int) -> Page[Participation]:
    """One page of those the viewer oversees (not themselves), by name, with programme and stage."""
    query = (
        select(Participation)
        .join(Person, Person.id == Participation.person_id)
        .where(sees_participation(viewer), Participation.person_id != viewer.id, Participation.state == state)
        .options(
            contains_eager(Participation.person),
            joinedload(Participation.programme).selectinload(Programme.stages).selectinload(ProgrammeStage.objectives),
            joinedload(Participation.stage),
        )
        .order_by(Person.name, Participation.id)
    )
    return one_page(query, number=number, size=25)


def at_a_gate(viewer: Person) -> Sequence[Participation]:
    """Those the viewer leads who are in a stage that somebody has to let them pass, with person, programme and stages."""
    return session.scalars(_at_gates().where(Participation.person_id.in_(reports_of(viewer)))).unique().all()


def has_somebody_at_a_gate(viewer: Person) -> ColumnElement[bool]:
    """The condition that somebody the viewer leads is in such a stage."""
    gated = (ProgrammeStage.id == Participation.stage_id) & ProgrammeStage.needs_approval.is_(True)
    return exists().where(gated, Participation.state == ParticipationState.RUNNING, Participation.person_id.in_(reports_of(viewer)))


def gates_reached(managers: Collection[int]) -> list[tuple[int, str, UUID]]:
    """Those led by these managers (inner keys) who have reached what their stage asks for and wait to be let pass.

    The manager, the new hire's name and the participation's public id, in as many statements for one as for all.
    """
    line = (Employment.person_id == Participation.person_id) & stands(Employment, today())
    query = _at_gates().join(Employment, line).add_columns(Employment.manager_id).where(Employment.manager_id.in_(managers))
    found = [(row, manager) for row, manager in session.execute(query).unique() if manager not in (None, row.person_id)]
    reached_by = progress_of([row for row, _manager in found])
    return [(manager, row.person.name, row.public_id) for row, manager in found if reached_by[row.id][row.stage_id].is_reached]


def _at_gates() -> Select[Participation]:
    return (
        select(Participation)
        .join(ProgrammeStage, ProgrammeStage.id == Participation.stage_id)
        .where(
            Participation.state == ParticipationState.RUNNING,
            ProgrammeStage.needs_approval.is_(True),
        )
        .options(
            joinedload(Participation.person),
            joinedload(Participation.programme).selectinload(Programme.stages).selectinload(ProgrammeStage.objectives),
            contains_eager(Participation.stage),
        )
        .order_by(Participation.id)
    )


def facts_of(participation_ids: Collection[int]) -> Mapping[int, list[SessionFact]]:
    """The sessions of these participations (inner keys) as facts, in two statements however many there are."""
    lengths: dict[int, timedelta] = {}
    rows: dict[int, tuple[int, int, bool, bool]] = {}
    query = (
        select(
            Session.id,
            Session.participation_id,
            Session.stage_id,
            Session.state,
            Session.logged_at,
            Session.was_qualified,
            SessionDay.starts_at,
            SessionDay.ends_at,
        )
        .join(SessionDay, SessionDay.session_id == Session.id)
        .where(Session.participation_id.in_(participation_ids), Session.state.not_in((SessionState.CANCELLED, SessionState.NO_SHOW)))
        .order_by(Session.id, SessionDay.id)
    )
    for key, participation_id, stage_id, state, logged_at, was_qualified, starts_at, ends_at in session.execute(query):
        lengths[key] = lengths.get(key, timedelta()) + (ends_at - starts_at)
        rows[key] = (participation_id or 0, stage_id or 0, state is SessionState.SIGNED_OFF and logged_at is not None, was_qualified is not False)
    seen = _seen_in(rows)
    facts: dict[int, list[SessionFact]] = {key: [] for key in participation_ids}
    for key, (participation_id, stage_id, confirmed, qualified) in rows.items():
        facts[participation_id].append(SessionFact(stage_id, lengths[key], confirmed, frozenset(seen.get(key, ())), qualified))
    return facts


def _seen_in(session_ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    if session_ids:
        query = select(Observation).where(
            Observation.session_id.in_(session_ids), or_(Observation.seen.is_(True), Observation.decided_seen.is_(True))
        )
        for row in session.scalars(query.order_by(Observation.id)):
            if row.counts_as_seen:
                found.setdefault(row.session_id, set()).add(row.objective_id)
    return found


def progress_of(participations: Collection[Participation]) -> dict[int, Mapping[int, Reached]]:
    """What each has reached in each stage: inner key → inner key of the stage → what is reached. Needs stages with objectives."""
    facts = facts_of({participation.id for participation in participations}) if participations else {}
    return {
        participation.id: reached([asked_of(stage) for stage in participation.programme.stages], facts[participation.id])
        for participation in participations
    }
