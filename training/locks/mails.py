"""Mails about locked exams."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from training.catalogue.models import Course


def exam_unlocked(learner: Person, course: Course, *, attempts: int) -> None:
    """Tell somebody that they may sit an exam again."""
    context = {
        "name": learner.name,
        "course": course.title,
        "attempts": attempts,
        "url": absolute_url("learning.course", course_id=course.public_id),
    }
    queue_mail("exam_unlocked", to=learner, context=context, about=course.public_id)
