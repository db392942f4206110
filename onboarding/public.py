"""What the packages to the left may ask of onboarding."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from core.clock import today
from core.people.models import Employment, EmploymentType, Person
from core.waiting import Waiting
from onboarding.checklists import queries
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.waiting import tasks_waiting_for
from onboarding.pulse.waiting import pulse_waiting_for
from onboarding.shadowing.waiting import sessions_waiting_for
from onboarding.templates.queries import published_of, templates


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

    Copies the tasks of the templates that fit, gives each an owner and a day, tells manager and buddy, and has training derived.
    """
    begin_checklist(person, employment=employment, manager=manager, buddy=buddy, by=by)


def templates_of_role(job_role_id: int, employment_type: EmploymentType) -> list[str]:
    """Names of the templates in use whose tasks a person in the role on such a contract may get; some ask for a place or department besides."""
    return [
        template.name
        for template in templates()
        if template.is_active
        and template.job_role_id in (None, job_role_id)
        and template.employment_type in (None, employment_type)
        and published_of(template) is not None
    ]


def waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """What waits for the person in onboarding and shadowing."""
    return [*tasks_waiting_for(person, on=on), *sessions_waiting_for(person), *pulse_waiting_for(person, on=on)]


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
