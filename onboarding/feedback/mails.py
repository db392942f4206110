"""Mails about feedback. They say that there is some, never what it says."""

from core.mail.outbox import queue_mail
from core.web.addresses import absolute_url
from onboarding.feedback.models import Feedback


def feedback_asked(feedback: Feedback) -> None:
    """Tell somebody that a colleague asks for their feedback."""
    context = {"name": feedback.author.name, "other": feedback.receiver.name, "link": absolute_url("feedback.show", feedback_id=feedback.public_id)}
    queue_mail("feedback_asked", to=feedback.author, context=context, about=feedback.public_id)


def feedback_given(feedback: Feedback) -> None:
    """Tell somebody that they have got feedback."""
    context = {"name": feedback.receiver.name, "other": feedback.author.name, "link": absolute_url("feedback.show", feedback_id=feedback.public_id)}
    queue_mail("feedback_given", to=feedback.receiver, context=context, about=feedback.public_id)
