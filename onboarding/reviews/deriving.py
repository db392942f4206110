"""Which reviews an onboarding has: planned with it, moved with its first day, cancelled with it."""

from collections.abc import Sequence
from datetime import date

from core.audit.record import record
from core.clock import today
from core.db import session
from core.errors import Invalid, NotAllowed
from core.people.models import EmploymentType, Person
from core.people.rights import Right
from core.web.i18n import _
from onboarding.checklists.models import Checklist, ChecklistState
from onboarding.moments import Moment
from onboarding.reviews.due import Plan, planned
from onboarding.reviews.meeting import drop_meeting
from onboarding.reviews.models import UNFINISHED, Probation, Review, ReviewState
from onboarding.reviews.starts import Start, find_probation, probations, reviews_by_start, starts
from onboarding.reviews.steps import take_step


def derive_reviews(checklist: Checklist, *, by: Person | None) -> None:
    """Bring the reviews of one onboarding into agreement with its first day and state. Doing it twice changes nothing."""
    derive_many(starts(after=0, limit=1, keys=[checklist.id]), by=by)


def derive_many(found: Sequence[Start], *, by: Person | None) -> None:
    """The same for many, in three statements besides what changes."""
    if not found:
        return
    lengths = probations()
    known = reviews_by_start([start.checklist.id for start in found])
    for start in found:
        present = known[start.checklist.id]
        if start.checklist.state is ChecklistState.CANCELLED:
            _cancel(present, by)
        elif start.checklist.state is ChecklistState.RUNNING:
            wanted = planned(start.checklist.starts_on, probation_days=lengths.get(start.employment_type), location=start.location)
            _agree(start.checklist, {plan.moment: plan for plan in wanted}, present, by)


def _agree(checklist: Checklist, wanted: dict[Moment, Plan], present: list[Review], by: Person | None) -> None:
    first = {review.moment: review for review in present if review.round == 1}
    day = today(checklist.person.time_zone)
    for moment, plan in wanted.items():
        review = first.get(moment)
        if review is None and plan.due_on >= day:  # nobody is asked for what should have been long ago
            add_review(checklist, moment, due_on=plan.due_on, number=1, by=by)
        elif review is not None and review.state is ReviewState.OPEN and review.due_on != plan.due_on:
            changes = {"due_on": [review.due_on.isoformat(), plan.due_on.isoformat()]}
            review.due_on = plan.due_on
            session.flush()
            record("onboarding.review.day_moved", review, by=by, person=review.person, changes=changes)
    _cancel([review for moment, review in first.items() if moment not in wanted and _is_untouched(review)], by)


def _is_untouched(review: Review) -> bool:
    return review.state is ReviewState.OPEN and not review.assessments and review.booking_id is None


def _cancel(reviews: Sequence[Review], by: Person | None) -> None:
    for review in reviews:
        if review.state in UNFINISHED:
            cancel_review(review, by=by)


def cancel_review(review: Review, *, by: Person | None) -> None:
    """Let go of a review that will not be held, and of its meeting."""
    drop_meeting(review, reason=_("The review is not held."), by=by)
    take_step(review, "cancelled", by=by, to=ReviewState.CANCELLED)


def add_review(checklist: Checklist, moment: Moment, *, due_on: date, number: int, by: Person | None) -> Review:
    """Plan one review of an onboarding."""
    review = Review(
        checklist_id=checklist.id, person=checklist.person, moment=moment, round=number, due_on=due_on, assessments=[], actions=[], signatures=[]
    )
    session.add(review)
    session.flush()
    take_step(review, "begun", by=by, changes={"due_on": due_on.isoformat(), "round": number})
    return review


def set_probation(employment_type: EmploymentType, *, days: int | None, by: Person) -> None:
    """Say how long probation lasts on a kind of contract; None for no probation. Onboardings under way follow overnight."""
    if not by.may(Right.RUN_ONBOARDING):
        raise NotAllowed(_("Only human resources sets the length of probation."))
    if days is not None and not 15 <= days <= 365:
        raise Invalid(_("Probation lasts from 15 to 365 days; leave the field empty for none."), field=employment_type.value)
    row = find_probation(employment_type)
    before = None if row is None else row.days
    if before == days:
        return
    if row is None:
        row = Probation(employment_type=employment_type, days=days)
        session.add(row)
    elif days is None:
        session.delete(row)
    else:
        row.days = days
    session.flush()
    record("onboarding.probation.set", row, by=by, changes={"contract": employment_type.value, "days": [before, days]})
