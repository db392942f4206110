"""Mails between those who write postings and those who approve them. Needs `hiring_manager` and `recruiter` to be loaded."""

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from hiring.postings.models import Posting


def _facts(posting: Posting, to: Person, by: Person) -> dict[str, str]:
    link = absolute_url("postings.show", posting_id=posting.public_id)
    return {"name": to.name, "title": posting.title, "by": by.name, "link": link}


def posting_approval_asked(posting: Posting, *, by: Person) -> None:
    """Ask the hiring manager to approve."""
    manager = posting.hiring_manager
    queue_mail("posting_approval_asked", to=manager, context=dict(_facts(posting, manager, by)), about=posting.public_id)


def posting_approved(posting: Posting, *, by: Person) -> None:
    """Tell the recruiter that the posting may go public."""
    queue_mail("posting_approved", to=posting.recruiter, context=dict(_facts(posting, posting.recruiter, by)), about=posting.public_id)


def posting_filled(posting: Posting, *, recruiter: Person, undecided: int) -> None:
    """Tell the recruiter that others who applied still wait for an answer."""
    link = absolute_url("closing.close", posting_id=posting.public_id)
    context = {"name": recruiter.name, "title": posting.title, "undecided": undecided, "link": link}
    queue_mail("posting_filled", to=recruiter, context=context, about=posting.public_id)


def posting_opening_added(posting: Posting, *, by: Person, reason: str) -> None:
    """Tell the hiring manager that one person more is looked for than they approved."""
    manager = posting.hiring_manager
    context = {**_facts(posting, manager, by), "reason": reason, "openings": posting.openings}
    queue_mail("posting_opening_added", to=manager, context=context, about=posting.public_id)


def posting_sent_back(posting: Posting, *, by: Person, reason: str) -> None:
    """Tell the recruiter what should change."""
    context = {**_facts(posting, posting.recruiter, by), "reason": reason}
    queue_mail("posting_sent_back", to=posting.recruiter, context=context, about=posting.public_id)
