"""Changes of where people belong, with all that follows from them in onboarding and training, in one transaction."""

from dataclasses import dataclass
from datetime import date, timedelta

import onboarding.public
import training.public
from core.accounts.actions import close_account
from core.clock import today
from core.errors import Conflict, Invalid
from core.people import moving
from core.people.actions import begin_employment
from core.people.models import Department, Employment, EmploymentType, JobRole, Location, Person
from core.people.queries import employments_of, reports_from, standing_employment
from core.web.i18n import _


@dataclass(frozen=True)
class Position:
    """Where somebody belongs."""

    job_role: JobRole
    department: Department
    location: Location
    employment_type: EmploymentType
    manager: Person | None


def move_start(employment: Employment, starts_on: date, *, by: Person) -> Employment:
    """Let somebody begin on another day; the open tasks of their onboarding follow."""
    moved = moving.move_start(employment, starts_on, by=by)
    onboarding.public.start_moved(employment, moved, by=by)
    return moved


def change_position(employment: Employment, position: Position, *, starts_on: date, applies: bool, by: Person) -> Employment:
    """Let somebody belong elsewhere from a day on; an onboarding under way follows, and training is derived anew."""
    person = employment.person
    insist_on_change(employment, position, starts_on=starts_on, by=by)
    ends_on = employment.valid_to
    changed = begin_employment(
        person,
        job_role=position.job_role,
        department=position.department,
        location=position.location,
        manager=position.manager,
        employment_type=position.employment_type,
        starts_on=starts_on,
        by=by,
    )
    changed.end_with(ends_on)
    onboarding.public.position_changed(employment, changed, applies=applies, by=by)
    training.public.rederive(person)
    return changed


def insist_on_change(employment: Employment, position: Position, *, starts_on: date, by: Person) -> None:
    """Raise unless the change is one, and can begin on the day."""
    moving.insist_on_editor(employment.person, by=by)
    if position.manager is not None and position.manager.id == employment.person_id:
        raise Invalid(_("Nobody manages themselves."), field="manager")
    if starts_on < employment.valid_from:
        raise Invalid(_("Choose a day that is not before what holds now began."), field="starts_on")
    if employment.valid_to is not None and starts_on > employment.valid_to:
        raise Invalid(_("The employment ends before that day."), field="starts_on")
    if any(row.valid_from > employment.valid_from for row in employments_of(employment.person)):
        raise Conflict(_("A later change of this employment is written down already. Take that back first, on the page of the person."))
    same = (
        (employment.job_role_id, position.job_role.id),
        (employment.department_id, position.department.id),
        (employment.location_id, position.location.id),
        (employment.manager_id, position.manager.id if position.manager else None),
        (employment.employment_type, position.employment_type),
    )
    if all(before == after for before, after in same):
        raise Invalid(_("Nothing is different yet. Change at least one field."), field="job_role")


def withdraw(employment: Employment, *, reason: str, by: Person) -> None:
    """Somebody does not begin after all: nothing of them stays open, and nobody signs in as them; who is employed already stays as they are."""
    moving.withdraw_employment(employment, reason=reason, by=by)
    day = today(employment.location.time_zone)
    onboarding.public.left(employment, last_day=day, withdraws=True, taker=None, reason=reason, by=by)
    training.public.rederive(employment.person)
    lock_out(employment.person, by=by)


def leave(employment: Employment, *, last_day: date, successor: Person | None, reason: str, by: Person) -> None:
    """Somebody's employment ends: reports and open tasks go to the successor, and after the last day nobody signs in as them."""
    if successor is not None and successor.id == employment.person_id:
        raise Invalid(_("Choose somebody who stays."), field="successor")
    moving.end_employment(employment, last_day=last_day, reason=reason, by=by)
    from_day = max(last_day, today(employment.location.time_zone)) + timedelta(days=1)
    for report in reports_from(employment.person, day=from_day):
        _hand_over_report(report, successor, from_day=max(from_day, report.valid_from), by=by)
    onboarding.public.left(employment, last_day=last_day, withdraws=False, taker=successor, reason=reason, by=by)
    training.public.rederive(employment.person)
    if last_day < today(employment.location.time_zone):
        lock_out(employment.person, by=by)


def _hand_over_report(report: Employment, successor: Person | None, *, from_day: date, by: Person) -> None:
    manager = successor if successor is None or successor.id != report.person_id else None
    ends_on = report.valid_to
    begun = begin_employment(
        report.person,
        job_role=report.job_role,
        department=report.department,
        location=report.location,
        manager=manager,
        employment_type=report.employment_type,
        starts_on=from_day,
        by=by,
    )
    begun.end_with(ends_on)
    if report.superseded_at is not None:
        onboarding.public.employment_replaced(report, begun)


def lock_out(person: Person, *, by: Person | None) -> None:
    """End account and roles of somebody who is employed nowhere any more."""
    if standing_employment(person, on=today(person.time_zone)) is None:
        close_account(person, by=by)
        moving.end_all_roles(person, by=by)
