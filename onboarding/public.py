"""What the packages to the left may ask of onboarding."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

import training.public
from core.clock import today
from core.errors import WrongState
from core.people.actions import take_back_employment
from core.people.models import Employment, EmploymentType, Person
from core.people.rights import Right
from core.waiting import Waiting, read_waiting
from core.web.i18n import _
from onboarding.changes.answers import LeavingPreview as LeavingPreview
from onboarding.changes.answers import PositionPreview as PositionPreview
from onboarding.changes.answers import StartPreview as StartPreview
from onboarding.changes.answers import employment_replaced as employment_replaced
from onboarding.changes.answers import has_gone as has_gone
from onboarding.changes.answers import leaving_preview as leaving_preview
from onboarding.changes.answers import left as left
from onboarding.changes.answers import position_changed as position_changed
from onboarding.changes.answers import position_preview as position_preview
from onboarding.changes.answers import start_moved as start_moved
from onboarding.changes.answers import start_preview as start_preview
from onboarding.changes.coming import arrange_position
from onboarding.changes.queries import stays_employed
from onboarding.checklists import queries
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.models import ChecklistState
from onboarding.checklists.waiting import tasks_waiting_for
from onboarding.erasing import erase_what_was_written as erase_what_was_written
from onboarding.feedback.waiting import feedback_waiting_for
from onboarding.goals.waiting import goals_waiting_for
from onboarding.programmes.taking_part import begin_programme_of_role
from onboarding.pulse.waiting import pulse_waiting_for
from onboarding.reviews.waiting import agreed_waiting_for, reviews_waiting_for
from onboarding.shadowing.waiting import gates_waiting_for, mentors_to_find_for, sessions_waiting_for
from onboarding.templates.matching import wanted_values
from onboarding.templates.queries import published_of, templates
from onboarding.waiting import may_wait as may_wait


@dataclass(frozen=True)
class Progress:
    """How far a person's onboarding has come. `light` is green, yellow or red, `reason` says why in a sentence."""

    checklist_id: UUID
    url: str
    state: str
    starts_on: date
    done: int
    total: int
    overdue: int
    light: str
    reason: str

    @property
    def percent(self) -> int:
        """Done of all, in whole percent."""
        return 100 * self.done // self.total if self.total else 100


def begin(person: Person, *, employment: Employment, manager: Person | None, buddy: Person | None, by: Person | None) -> None:
    """Start the onboarding of an employment; a second call for the same employment changes nothing.

    Copies the tasks of the templates that fit, gives each an owner and a day, tells manager and buddy, has training derived, and
    begins the shadowing programme of the job role.
    """
    begin_checklist(person, employment=employment, manager=manager, buddy=buddy, by=by)
    if stays_employed(employment):  # a transfer: training follows when it begins
        arrange_position(employment, applies=False)
    begin_programme_of_role(person, employment=employment, by=by)


def withdraw(person: Person, *, reason: str, by: Person | None) -> None:
    """Take back what was begun last, for the person does not start: onboarding cancelled, employment never begun, training derived anew.

    Raises WrongState where the onboarding is over.
    """
    checklist = queries.newest_checklist_of(person)
    if checklist is None:
        return
    if checklist.state is ChecklistState.DONE:
        raise WrongState(_("This onboarding is over already."))
    left(checklist.employment, last_day=today(checklist.employment.location.time_zone), withdraws=True, taker=None, reason=reason, by=None)
    take_back_employment(checklist.employment, reason=reason, by=by)
    training.public.rederive(person)


def templates_of_role(job_role_id: int, employment_type: EmploymentType) -> list[str]:
    """Names of the templates in use whose tasks a person in the role on such a contract may get; some ask for a place or department besides."""
    asked = {"job_role_id": job_role_id, "employment_type": employment_type}
    return [
        template.name
        for template in templates()
        if template.is_active
        and published_of(template) is not None
        and all(asked.get(name) in {None, *values} for name, values in wanted_values(template.criteria).items())
    ]


def waiting_for(person: Person, *, on: date, among: Collection[str] | None = None) -> list[Waiting]:
    """What waits for the person in onboarding, shadowing and the first ninety days.

    `among` are the names of what `may_wait` said may hold something; without it everything is looked for.
    """
    sources: dict[str, Callable[[], list[Waiting]]] = {
        "tasks": lambda: tasks_waiting_for(person, on=on),
        "sessions": lambda: sessions_waiting_for(person),
        "gates": lambda: gates_waiting_for(person) if person.may(Right.SEE_ONBOARDING) else [],
        "mentors": lambda: mentors_to_find_for(person) if person.may(Right.SCHEDULE_SHADOWING) else [],
        "reviews": lambda: reviews_waiting_for(person, on=on),
        "agreed": lambda: agreed_waiting_for(person),
        "goals": lambda: goals_waiting_for(person, on=on),
        "feedback": lambda: feedback_waiting_for(person),
        "pulse": lambda: pulse_waiting_for(person, on=on),
    }
    return read_waiting(sources, among)


def progress_of(person: Person) -> Progress | None:
    """The progress of the person's latest onboarding, None when there is none."""
    checklist = queries.find_checklist_of(person)
    if checklist is None:
        return None
    standing = queries.standing_of(checklist, on=today(person.time_zone))
    return Progress(
        checklist_id=checklist.public_id,
        url=url_for("checklists.show", checklist_id=checklist.public_id),
        state=checklist.state.value,
        starts_on=checklist.starts_on,
        done=standing.done,
        total=standing.total,
        overdue=standing.overdue,
        light=standing.light.value,
        reason=standing.reason,
    )
