"""The mail about a posting that was handed over."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from hiring.postings.models import Posting


def posting_handed_over(posting: Posting, *, recruiter: Person, hiring_manager: Person, to: Person, by: Person, reason: str) -> None:
    """Tell who takes a posting over, or gives it up, who runs it now and why."""
    context = {
        "name": to.name,
        "title": posting.title,
        "by": by.name,
        "recruiter": recruiter.name,
        "hiring_manager": hiring_manager.name,
        "reason": reason,
        "link": absolute_url("postings.show", posting_id=posting.public_id) if to.id in (recruiter.id, hiring_manager.id) else "",
    }
    queue_mail("posting_handed_over", to=to, context=context, about=posting.public_id)
