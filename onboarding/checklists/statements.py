"""Statements of the pages of onboarding, written once: putting such a statement together takes as long as reading its rows."""

from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, func, literal_column, or_, select, text, union
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload, load_only

from core.files.models import StoredFile
from core.people.models import Department, Employment, JobRole, Person
from onboarding.checklists.models import FINISHED, Checklist, ChecklistKind, ChecklistState, Task, TaskState
from onboarding.policies.models import Policy
from onboarding.shadowing.models import Session, SessionState
from onboarding.teams.models import Team, TeamMembership
from onboarding.templates.models import Part, TaskKind
from onboarding.waivers.models import Waiver, WaiverState

HANDED_IN = text("onboarding_task.state = 'submitted'")  # written out and not bound, for only so a database knows that the partial index fits
WITH_TEAM = joinedload(Task.team).selectinload(Team.memberships)
_CONTACT = (Person.public_id, Person.name, Person.email, Person.phone)
OWN_CHECKLIST = (
    select(Checklist)
    .where(Checklist.person_id == bindparam("person"), Checklist.kind == ChecklistKind.JOINING, Checklist.state != ChecklistState.CANCELLED)
    .options(
        joinedload(Checklist.person).load_only(*_CONTACT),
        joinedload(Checklist.manager).load_only(*_CONTACT),
        joinedload(Checklist.buddy).load_only(*_CONTACT),
        joinedload(Checklist.hr).load_only(*_CONTACT),
        joinedload(Checklist.employment).options(
            load_only(Employment.id),
            joinedload(Employment.job_role).load_only(JobRole.name),
            joinedload(Employment.department).load_only(Department.name),
            joinedload(Employment.location),
        ),
    )
    .order_by(Checklist.starts_on.desc(), Checklist.id.desc())
    .limit(1)
)
_SHOWN = (
    defer(Task.instructions),
    joinedload(Task.owner).load_only(Person.public_id, Person.name),
    joinedload(Task.file).load_only(StoredFile.name),
    joinedload(Task.policy).load_only(Policy.title),
    WITH_TEAM,
)
TASKS = (
    select(Task)
    .where(Task.checklist_id == bindparam("checklist"))
    .options(*_SHOWN, joinedload(Task.done_by).load_only(Person.name))
    .order_by(Task.due_on, Task.position, Task.id)
)
SOME_TASKS = select(Task).where(Task.id.in_(bindparam("tasks", expanding=True))).options(*_SHOWN).order_by(Task.due_on, Task.position, Task.id)
_OWNER = aliased(Person)
_IN_MY_TEAM = exists().where(TeamMembership.team_id == Task.team_id, TeamMembership.person_id == bindparam("viewer"))
_ASKED_TO_WAIVE = Task.id.in_(select(Waiver.task_id).where(Waiver.state == WaiverState.ASKED))
LINES = (
    select(Task.id, Task.key, Task.kind, Task.state, Task.title, Task.due_on, Task.required, Task.checklist_id)
    .add_columns(Task.owner_id, Task.team_id, func.coalesce(_OWNER.name, Team.name), Task.part, _IN_MY_TEAM, Task.course_id, Task.moment)
    .add_columns(Task.waits_for, Task.done_at, Task.file_id.is_not(None), _ASKED_TO_WAIVE)
    .outerjoin(Team, Team.id == Task.team_id)
    .outerjoin(_OWNER, _OWNER.id == Task.owner_id)
    .where(Task.checklist_id == bindparam("checklist"))
    .order_by(Task.due_on, Task.position, Task.id)
)
UNFINISHED_TASKS = (
    select(Task.checklist_id, Task.id, Task.kind, Task.state, Task.title, Task.due_on, Task.required, func.coalesce(_OWNER.name, Team.name))
    .add_columns(Task.part, Task.course_id, Task.moment)
    .outerjoin(Team, Team.id == Task.team_id)
    .outerjoin(_OWNER, _OWNER.id == Task.owner_id)
    .where(Task.checklist_id.in_(bindparam("checklists", expanding=True)), Task.state.not_in(FINISHED))
    .order_by(Task.checklist_id, Task.due_on, Task.position, Task.id)
)
FINISHED_COUNTS = (
    select(Task.checklist_id, func.count())
    .where(Task.checklist_id.in_(bindparam("checklists", expanding=True)), Task.state.in_(FINISHED))
    .group_by(Task.checklist_id)
    .order_by(Task.checklist_id)
)
_BOTH_SAID_SO = Session.state == SessionState.SIGNED_OFF, Session.logged_at.is_not(None), Session.was_qualified.is_not(False)
_SIGNED_OFF = select(func.count(Session.id)).where(Session.person_id == Checklist.person_id, *_BOTH_SAID_SO).scalar_subquery()
SHADOWING_TASKS = (
    select(Task.id, Task.checklist_id, _SIGNED_OFF)
    .join(Checklist, Checklist.id == Task.checklist_id)
    .where(Task.checklist_id.in_(bindparam("checklists", expanding=True)), Task.kind == TaskKind.SHADOWING, Task.state.not_in(FINISHED))
    .order_by(Task.checklist_id, Task.due_on, Task.position, Task.id)
)


@cache
def waiting_tasks(parts: tuple[Part, ...], *, reviews: bool, with_own: bool, with_training: bool) -> Select[Task]:
    """What waits for `person`: the first of each kind, by an index of its own, in one order. With OR every waiting task would be sorted."""
    mine: BindParameter[int] = bindparam("person")
    kinds = [and_(Task.owner_id == mine, Task.state == state) for state in (TaskState.OPEN, TaskState.RETURNED)]
    if not with_own:
        kinds = [and_(kind, Checklist.person_id != mine) for kind in kinds]
    kinds += [and_(Task.owner_id.is_(None), Task.part == part, Task.state == TaskState.OPEN) for part in parts]
    teams = select(TeamMembership.team_id).where(TeamMembership.person_id == mine)
    queued = aliased(Task)
    theirs = select(queued.id).where(queued.team_id.in_(teams), queued.owner_id.is_(None), queued.state == literal_column("'open'"))
    kinds += [Task.id.in_(theirs), _to_decide(mine, runs=reviews)]
    if reviews:
        kinds.append(and_(HANDED_IN, Checklist.person_id != mine))
    order = (Task.due_on, Task.position, Task.id)
    first = (
        select(Task.id)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Checklist.state == ChecklistState.RUNNING, Task.due_on <= bindparam("until"))
        .order_by(*order)
        .limit(bindparam("most"))
    )
    if not with_training:
        first = first.where(Task.kind != TaskKind.TRAINING)
    found = union(*(select(first.where(kind).subquery().c.id) for kind in kinds))
    return (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Task.id.in_(found))
        .options(
            defer(Task.instructions),
            WITH_TEAM,
            contains_eager(Task.checklist).load_only(Checklist.public_id, Checklist.person_id, Checklist.manager_id, Checklist.state),
            contains_eager(Task.checklist).joinedload(Checklist.person).load_only(Person.public_id, Person.name),
            joinedload(Task.owner).load_only(Person.public_id, Person.name),
            joinedload(Task.policy).load_only(Policy.title),
            joinedload(Task.file).load_only(StoredFile.name),
        )
        .order_by(*order)
        .limit(bindparam("size"))
        .offset(bindparam("offset"))
    )


def _to_decide(person: BindParameter[int], *, runs: bool) -> ColumnElement[bool]:
    """Tasks of which the person may approve that they need not be done, as `policy.can_decide_waiver` has it."""
    asked = select(Waiver.id).where(Waiver.task_id == Task.id, Waiver.state == WaiverState.ASKED)
    if runs:
        mine = asked.where(or_(Waiver.asked_by_id != person, Task.required.is_(False)))
    else:
        mine = asked.where(Checklist.manager_id == person, Waiver.asked_by_id.not_in((person, Checklist.person_id)))
    some = Task.id.in_(select(Waiver.task_id).where(Waiver.state == WaiverState.ASKED))  # few are asked: whoever begins with the tasks reads them all
    return and_(some, Checklist.person_id != person, Task.state.not_in(FINISHED), mine.exists())
