"""Handing courses over, archiving and deleting them. What was completed of a course stays, with its certificates, for ever."""

from core.audit.record import record
from core.clock import now, today
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _, ngettext
from training.catalogue.models import Course
from training.upkeep import policy, queries


def hand_over(course: Course, *, owner: Person, reason: str, by: Person) -> None:
    """Let another person answer for a course. Raises Invalid for who does so already, or without a reason."""
    course = _held(course, by)
    if course.owner_id == owner.id:
        raise Invalid(_("%(name)s answers for this course already.", name=owner.name), field="owner")
    changes = {"owner": [course.owner_id, owner.id]}
    course.owner_id = owner.id
    record("training.course.handed_over", course, by=by, changes=changes, reason=_said(reason))


def archive(course: Course, *, reason: str, by: Person) -> None:
    """Let nobody begin a course any more. Raises WrongState while a rule asks for it or sessions are planned."""
    course = _held(course, by)
    if course.archived_at is not None:
        raise WrongState(_("This course is archived already."))
    rules = queries.rules_asking(course, on=today(by.time_zone))
    if rules:
        numbers = ", ".join(str(number) for number in rules)
        raise WrongState(
            ngettext(
                "Rule %(numbers)s asks for this course. End it first, then archive the course.",
                "Rules %(numbers)s ask for this course. End them first, then archive the course.",
                len(rules),
                numbers=numbers,
            )
        )
    planned = queries.sessions_planned(course, at=now())
    if planned:
        raise WrongState(
            ngettext(
                "A session of this course is planned. Hold it or call it off first, then archive the course.",
                "%(num)s sessions of this course are planned. Hold them or call them off first, then archive the course.",
                planned,
            )
        )
    course.archived_at = now()
    record("training.course.archived", course, by=by, changes={"code": course.code}, reason=_said(reason))


def restore(course: Course, *, by: Person) -> None:
    """Take a course out of the archive."""
    course = _held(course, by)
    if course.archived_at is None:
        raise WrongState(_("This course is not in the archive."))
    course.archived_at = None
    record("training.course.restored", course, by=by, changes={"code": course.code})


def delete(course: Course, *, reason: str, by: Person) -> None:
    """Let an archived course vanish from every list. Its row stays for what was completed: certificates still verify and show its title."""
    course = _held(course, by)
    if not policy.can_delete(by, course):
        raise WrongState(_("Only an archived course can be deleted. Archive it first."))
    course.deleted_at = now()
    record("training.course.deleted", course, by=by, changes={"code": course.code}, reason=_said(reason))


def _held(course: Course, by: Person) -> Course:
    if not policy.can_keep(by):
        raise NotAllowed(_("Only trainers and compliance look after courses."))
    course = queries.lock_course(course)
    if course.deleted_at is not None:
        raise WrongState(_("This course was deleted."))
    return course


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Say why."), field="reason")
    return reason.strip()
