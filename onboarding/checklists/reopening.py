"""What lapses opens again: waivers whose day has come, documents that soon expire, policies of which there is a newer text."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from core.calendars.business_days import add_business_days
from core.clock import today
from core.db import session
from core.people.models import Employment
from core.web.i18n import _
from onboarding.checklists.actions import open_again
from onboarding.checklists.models import WAIVED, Checklist, ChecklistState, Task, TaskState
from onboarding.policies.models import Acknowledgement, PolicyVersion
from onboarding.templates.models import TaskKind

AHEAD = timedelta(days=30)  # how long before a document lapses it is asked for again
PATIENCE = 5  # business days to read a newer policy
BATCH = 200


def reopen_what_lapsed() -> int:
    """Open again what has lapsed, at most a batch of each. Returns how many; doing it again finds only what is left."""
    day = today()
    found = 0
    for task in _waivers_over(day):
        found += _open(task, _("The waiver ended."), max(task.due_on, day))
    for task in _documents_lapsing(day):
        found += _open(task, _("The document lapses soon."), max(task.valid_until or day, day))
    for task in _policies_renewed(day):
        found += _open(task, _("There is a newer text of the policy."), add_business_days(day, PATIENCE, None))
    session.flush()
    return found


def _open(task: Task, reason: str, due_on: date) -> int:
    open_again(task, reason=reason, by=None)
    task.due_on = due_on
    return 1


def _waivers_over(day: date) -> Sequence[Task]:
    found = session.scalars(_of_employed(day).where(Task.state.in_(WAIVED), Task.waived_until <= day)).all()
    return [task for task in found if task.waived_until and task.waived_until <= today(task.checklist.person.time_zone)]


def _documents_lapsing(day: date) -> Sequence[Task]:
    return session.scalars(_of_employed(day).where(Task.state == TaskState.DONE, Task.valid_until <= day + AHEAD)).all()


def _policies_renewed(day: date) -> Sequence[Task]:
    """Policy tasks that are done although the person has not acknowledged the newest text that asks everybody again."""
    acknowledged = (
        select(func.max(PolicyVersion.number))
        .join(Acknowledgement, Acknowledgement.policy_version_id == PolicyVersion.id)
        .where(PolicyVersion.policy_id == Task.policy_id, Acknowledgement.person_id == Checklist.person_id)
        .scalar_subquery()
    )
    wanted = select(func.max(PolicyVersion.number)).where(PolicyVersion.policy_id == Task.policy_id, PolicyVersion.asks_again.is_(True))
    later, theirs = aliased(Task), aliased(Checklist)
    again = (
        select(later.id)
        .join(theirs, theirs.id == later.checklist_id)
        .where(
            theirs.person_id == Checklist.person_id, theirs.state != ChecklistState.CANCELLED, later.policy_id == Task.policy_id, later.id > Task.id
        )
    )
    query = _of_employed(day).where(
        Task.kind == TaskKind.POLICY, Task.state == TaskState.DONE, acknowledged < wanted.scalar_subquery(), ~again.exists()
    )
    return session.scalars(query).all()


def _of_employed(day: date) -> Select[Task]:
    """Tasks of onboardings that were not cancelled, of people who work here on the day or are still to begin."""
    employed = select(Employment.id).where(
        Employment.person_id == Checklist.person_id,
        Employment.superseded_at.is_(None),
        or_(Employment.valid_to.is_(None), Employment.valid_to >= day),
    )
    return (
        select(Task)
        .join(Checklist, Checklist.id == Task.checklist_id)
        .where(Checklist.state != ChecklistState.CANCELLED, employed.exists())
        .options(joinedload(Task.checklist).joinedload(Checklist.person))
        .order_by(Task.id)
        .limit(BATCH)
        .with_for_update(of=Task)
    )
