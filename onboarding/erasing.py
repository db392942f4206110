"""Erasing what somebody who never began wrote before day one, and what was written about them there. That it was there, its days and steps stay."""

from uuid import UUID

from sqlalchemy import delete, select, update

from core.calendars.models import Booking, BookingAttendee
from core.db import session
from core.mail.erasing import erase_mails
from core.people.models import Person
from onboarding.checklists.models import FINISHED, Checklist, Task, TaskMove, TaskState
from onboarding.grants.models import TaskGrant
from onboarding.policies.models import Acknowledgement
from onboarding.signatures.models import TaskSignature
from onboarding.task_forms.models import TaskAnswer
from onboarding.waivers.models import Waiver

ERASED = "-"


def erase_what_was_written(person: Person) -> None:
    """Delete the answers to forms and typed names of the person, and the free texts of their checklists."""
    theirs = select(Checklist.id).where(Checklist.person_id == person.id)
    tasks = select(Task.id).where(Task.checklist_id.in_(theirs))
    keys = [*session.scalars(select(Checklist.public_id).where(Checklist.person_id == person.id)), *_public_ids(person)]
    session.execute(delete(TaskAnswer).where(TaskAnswer.task_id.in_(tasks)))
    session.execute(update(Acknowledgement).where(Acknowledgement.person_id == person.id).values(typed_name=ERASED))
    session.execute(update(TaskSignature).where(TaskSignature.task_id.in_(tasks)).values(typed_name=ERASED))
    session.execute(update(TaskGrant).where(TaskGrant.task_id.in_(tasks)).values(note="", revoked_reason=""))
    session.execute(update(Waiver).where(Waiver.task_id.in_(tasks)).values(reason=ERASED, refusal=""))
    session.execute(update(TaskMove).where(TaskMove.task_id.in_(tasks), TaskMove.reason != "").values(reason=ERASED))
    reasoned = (*(FINISHED - {TaskState.DONE}), TaskState.RETURNED)
    session.execute(update(Task).where(Task.checklist_id.in_(theirs), Task.state.in_(reasoned)).values(reason=ERASED))
    session.execute(update(Task).where(Task.checklist_id.in_(theirs), Task.state.not_in(reasoned)).values(reason=""))
    session.execute(update(Checklist).where(Checklist.person_id == person.id, Checklist.reason != "").values(reason=ERASED))
    held = select(Booking.id).where(Booking.subject_id.in_(keys))
    session.execute(update(BookingAttendee).where(BookingAttendee.booking_id.in_(held)).values(note=""))
    session.execute(update(Booking).where(Booking.id.in_(held)).values(title=ERASED, description="", note="", cancel_reason=""))
    session.flush()
    bookings = session.scalars(select(Booking.public_id).where(Booking.subject_id.in_(keys))).all()
    erase_mails(to=person, about=[*keys, *bookings])


def _public_ids(person: Person) -> list[UUID]:
    query = select(Task.public_id).join(Checklist, Checklist.id == Task.checklist_id).where(Checklist.person_id == person.id)
    return list(session.scalars(query))
