"""Asking for feedback, giving it, declining."""

from core.audit.record import record
from core.clock import now
from core.db import hold, session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.feedback.mails import feedback_asked, feedback_given
from onboarding.feedback.models import Feedback, Sight
from onboarding.feedback.queries import partners

LONGEST = 4000


def give_feedback(receiver: Person, *, text: str, sight: Sight, by: Person) -> Feedback:
    """Say something to a colleague without being asked."""
    _insist_on_partner(receiver, by)
    feedback = Feedback(author_id=by.id, receiver_id=receiver.id, sight=sight, text=_whole(text), given_at=now())
    feedback.author, feedback.receiver = by, receiver
    session.add(feedback)
    session.flush()
    _tell(feedback, by)
    return feedback


def ask_for_feedback(author: Person, *, question: str, by: Person) -> Feedback:
    """Ask a colleague for feedback."""
    _insist_on_partner(author, by)
    question = question.strip()[:1000]
    if not question:
        raise Invalid(_("Say what you would like to know."), field="question")
    feedback = Feedback(author_id=author.id, receiver_id=by.id, question=question, asked_at=now(), text="")
    feedback.author, feedback.receiver = author, by
    session.add(feedback)
    session.flush()
    record("onboarding.feedback.asked", feedback, by=by, person=by, changes={"author": author.id})
    feedback_asked(feedback)
    return feedback


def answer_feedback(feedback: Feedback, *, text: str, sight: Sight, by: Person) -> None:
    """Write what was asked for."""
    _insist_on_open(feedback, by)
    feedback.text, feedback.sight, feedback.given_at = _whole(text), sight, now()
    session.flush()
    _tell(feedback, by)


def decline_feedback(feedback: Feedback, *, by: Person) -> None:
    """Leave unanswered what was asked for. Doing it twice changes nothing."""
    if feedback.declined_at is not None and feedback.author_id == by.id:
        return
    _insist_on_open(feedback, by)
    feedback.declined_at = now()
    session.flush()
    record("onboarding.feedback.declined", feedback, by=by, person=feedback.receiver)


def _tell(feedback: Feedback, by: Person) -> None:
    record("onboarding.feedback.given", feedback, by=by, person=feedback.receiver, changes={"sight": feedback.sight.value})
    feedback_given(feedback)


def _whole(text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(_("Write a sentence: what you saw, and what it did."), field="text")
    return text[:LONGEST]


def _insist_on_partner(other: Person, by: Person) -> None:
    if other.id not in {person.id for person in partners(by)}:
        raise NotAllowed(_("Feedback goes between a new hire and those around them: manager, buddy and mentors."))


def _insist_on_open(feedback: Feedback, by: Person) -> None:
    if feedback.author_id != by.id:
        raise NotAllowed(_("Somebody else was asked for this."))
    hold(feedback)
    if feedback.given_at is not None or feedback.declined_at is not None:
        raise WrongState(_("This is answered already. Give new feedback instead."))
