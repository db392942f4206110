"""Setting a time for the meeting of a task, with invitations for new hire and owner, and saying that it was held."""

from datetime import datetime

from core.calendars.booking import Attendee, book, busy, change_attendees, move, release
from core.calendars.models import Booking, BookingKind
from core.calendars.queries import attendees_of
from core.clock import now
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.checklists.actions import finish_task
from onboarding.checklists.locks import insist_unlocked
from onboarding.checklists.models import Checklist, Task, TaskState
from onboarding.checklists.policy import can_meet
from onboarding.checklists.queries import hold_task, tasks_of
from onboarding.meetings.queries import find_meeting
from onboarding.templates.models import TaskKind


def plan_meeting(
    task: Task, *, starts_at: datetime, ends_at: datetime, time_zone: str, by: Person, place: str = "", meeting_url: str = ""
) -> Booking:
    """Invite the new hire and whoever the meeting is with. A time that was set before is moved; place and address then stay.

    Raises Conflict naming who is busy and when.
    """
    _insist(task, by)
    standing = find_meeting(task)
    if standing is not None:
        move(standing, starts_at=starts_at, ends_at=ends_at, by=by)
        return standing
    host = task.owner or by
    if host.id == task.checklist.person_id:
        raise Invalid(_("A meeting needs somebody besides the new hire."))
    return book(
        task.title,
        kind=BookingKind.MEETING,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=time_zone,
        attendees=[Attendee(task.checklist.person), Attendee(host)],
        organiser=host,
        by=by,
        place=place,
        meeting_url=meeting_url,
        subject_id=task.public_id,
    )


def cancel_meeting(task: Task, *, reason: str, by: Person) -> None:
    """Give the time back and tell both. The task stays open."""
    _insist(task, by)
    standing = find_meeting(task)
    if standing is None:
        raise WrongState(_("No time is set for this meeting."))
    if not reason.strip():
        raise Invalid(_("Say why in a sentence."), field="reason")
    release(standing, reason=reason, by=by)


def hold_meeting(task: Task, *, by: Person) -> None:
    """Say that the meeting was held. Raises WrongState before it begins, or while no time is set."""
    hold_task(task)
    if task.state is TaskState.DONE:
        return
    _insist(task, by)
    standing = find_meeting(task)
    if standing is None:
        raise WrongState(_("Set a time for the meeting first."))
    if standing.starts_at > now():
        raise WrongState(_("The meeting has not begun yet."))
    finish_task(task, by=by)


def give_meeting_over(task: Task, new_hire: Person, host: Person | None, *, by: Person | None) -> None:
    """Invite who has the task now in the place of who had it. A meeting that nobody is to hold, or at which they are busy, is called off."""
    standing = find_meeting(task)
    if standing is None or standing.ends_at <= now() or (host is not None and host.id in {row.person_id for row in attendees_of(standing)}):
        return
    if host is None or host.id == new_hire.id:
        release(standing, reason=_("Somebody else does this now. Set another time."), by=by)
        return
    taken = busy([host], starts_at=standing.starts_at, ends_at=standing.ends_at, besides=standing)
    if taken[host.id]:
        release(standing, reason=_("%(name)s does this now and is busy then. Set another time.", name=host.name), by=by)
        return
    change_attendees(standing, [Attendee(new_hire), Attendee(host)], by=by)


def release_meeting(task: Task, *, by: Person | None, reason: str) -> None:
    """Give back the time of a meeting that need not take place any more, if one is set and still to come."""
    standing = find_meeting(task)
    if standing is not None and standing.ends_at > now():
        release(standing, reason=reason, by=by)


def release_meetings_of(checklist: Checklist, *, by: Person | None, reason: str) -> None:
    """Give back the times of all meetings of an onboarding that does not take place."""
    for task in tasks_of(checklist):
        if task.kind is TaskKind.MEETING and task.state is TaskState.OPEN:
            release_meeting(task, by=by, reason=reason)


def _insist(task: Task, by: Person) -> None:
    hold_task(task)
    if not can_meet(by, task):
        if task.state is not TaskState.OPEN:
            raise WrongState(_("This task has changed meanwhile: it is not open any more. Reload the page to see where it stands."))
        raise NotAllowed(_("This task is for somebody else to do."))
    insist_unlocked(task)
