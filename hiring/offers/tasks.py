"""What the clock does to offers."""

from datetime import timedelta
from uuid import UUID

from core.jobs.queue import task, timetable
from hiring.offers import actions, reminding, signing


@timetable("hiring.expire_offers", every=timedelta(hours=1))
def expire_offers() -> None:
    """Let offers end whose last day is over."""
    actions.expire_offers()


@timetable("hiring.remind_of_offers", every=timedelta(hours=1))
def remind_of_offers() -> None:
    """Remind candidates of offers whose last day is near."""
    reminding.remind_of_offers()


@task("hiring.seal_offer")
def seal_offer(offer: str) -> None:
    """Make the signed copy of an accepted offer."""
    signing.seal_offer(UUID(offer))
