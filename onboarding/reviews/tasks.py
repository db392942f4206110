"""What happens overnight around reviews."""

from datetime import timedelta

from core.clock import now, today
from core.jobs.queue import timetable
from onboarding.circle import circle_of_system, leading
from onboarding.reviews.deriving import derive_many
from onboarding.reviews.due import AHEAD
from onboarding.reviews.mails import review_asked
from onboarding.reviews.meeting import hand_over_meeting
from onboarding.reviews.starts import starts, unasked, with_meetings_ahead

AT_ONCE = 500


@timetable("onboarding.follow_reviews", every=timedelta(days=1))
def follow_reviews() -> None:
    """Plan, move and cancel reviews with their onboardings, ask for assessments two weeks ahead, and hand meetings over to new managers."""
    last = 0
    while found := starts(after=last, limit=AT_ONCE):
        derive_many(found, by=None)
        last = found[-1].checklist.id
    ask_for_assessments()
    for review in with_meetings_ahead(now()):
        hand_over_meeting(review, circle=circle_of_system(review.checklist))


def ask_for_assessments() -> None:
    """Mail both sides of every review that is two weeks ahead, once."""
    while found := unasked(until=today() + AHEAD, limit=AT_ONCE):
        for review in found:
            review.asked_at = now()
            review_asked(review, leading=leading(circle_of_system(review.checklist)))
