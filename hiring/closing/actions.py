"""Giving everybody who waits an outcome, and closing the posting with it."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.actions import decline_application
from hiring.applications.models import DeclineReason
from hiring.applications.queries import get_application
from hiring.closing.queries import undecided_of
from hiring.postings import policy
from hiring.postings.models import Posting, PostingState
from hiring.postings.queries import lock_posting
from hiring.publishing.actions import close_posting

MOST = 500  # in one transaction
LONGEST_DAYS = 14


def answer_everybody(
    posting: Posting, outcomes: Mapping[UUID, DeclineReason], *, days: int, seen: int, note: str = "", by: Person, closes: bool
) -> int:
    """Decline everybody who is undecided, tell them `days` from now, and close the posting. All of it or nothing.

    `outcomes` says why, by public id of a stage or, before that, of an application; `seen` is how many the person saw.
    Needs `posting.stages` and `members`. Raises Conflict where others have come since, Invalid for a stage without an outcome.
    Returns how many were declined.
    """
    if not (policy.can_write(by) and policy.can_see(by, posting)):
        raise NotAllowed(_("You do not close postings."))
    if not 0 <= days <= LONGEST_DAYS:
        raise Invalid(_("Choose between 0 and %(most)d days.", most=LONGEST_DAYS), field="days")
    lock_posting(posting)
    groups = undecided_of(posting)
    count = sum(len(group.people) for group in groups)
    if count != seen:
        raise Conflict(_("Applications have come or gone since you opened this page. Look through it again."))
    if count > MOST:
        raise Conflict(_("More than %(most)d applications are undecided. Decline a part of them from the list first.", most=MOST))
    tell_at = now() + timedelta(days=days) if days else None
    for group in groups:
        for waiting in group.people:
            reason = outcomes.get(waiting.public_id) or outcomes.get(group.stage.public_id)
            if reason is None:
                raise Invalid(_("Say what those in “%(stage)s” are told.", stage=group.stage.name), field=str(group.stage.public_id))
            if waiting.has_offer:
                raise Conflict(_("An offer is out to %(name)s. Withdraw it first, or wait for the answer.", name=waiting.name))
            decline_application(get_application(waiting.public_id, viewer=by), by=by, reason=reason, note=note, tell_at=tell_at)
    session.flush()
    if closes and posting.state in (PostingState.OPEN, PostingState.PAUSED):
        close_posting(posting, by=by)
    return count
