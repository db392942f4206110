"""What waits for a person in reviews: an assessment, a meeting, an agreement, a signature, a consent, something agreed on."""

from datetime import date

from flask import url_for

from core.people.models import Person
from core.waiting import Waiting
from core.web.i18n import _
from onboarding.reviews.labels import MOMENTS
from onboarding.reviews.models import ReviewState
from onboarding.reviews.queries import Turn, actions_open_for, reviews_to_act_on


def reviews_waiting_for(person: Person, *, on: date) -> list[Waiting]:
    """Reviews in which it is the person's turn. Says nothing of what anybody wrote."""
    found = []
    for turn in reviews_to_act_on(person, on=on):
        review = turn.review
        title, endpoint = _turn(turn, own=review.person_id == person.id)
        if title:
            found.append(
                Waiting(
                    title=title,
                    about=MOMENTS[review.moment] if review.person_id == person.id else review.person.name,
                    url=url_for(endpoint, review_id=review.public_id),
                    kind=_("First ninety days"),
                    due_on=review.due_on,
                    since=review.asked_at,
                )
            )
    return found


def agreed_waiting_for(person: Person) -> list[Waiting]:
    """What the person agreed to do in reviews."""
    return [
        Waiting(
            title=action.text,
            about=_("Agreed in your review") if action.review.person_id == person.id else action.review.person.name,
            url=url_for("reviews.show_action", action_id=action.public_id),
            kind=_("First ninety days"),
            due_on=action.due_on,
            since=action.created_at,
        )
        for action in actions_open_for(person)
    ]


def _turn(turn: Turn, *, own: bool) -> tuple[str, str]:
    """What the person is to do in the review, and where; nothing when it is somebody else's turn."""
    review = turn.review
    if review.state is ReviewState.OPEN:
        return ("", "") if turn.sent else (_("Write your assessment"), "assessments.write")
    if review.state is ReviewState.ASSESSED:
        if own:
            return "", ""
        if review.booking_id is None:
            return _("Book the review meeting"), "review_meetings.book"
        return _("Write down what you agreed on"), "agreements.write"
    if review.waits_for_consent:
        return ("", "") if own or turn.leads else (_("Consent to what a review proposes"), "reviews.show")
    return ("", "") if turn.signed else (_("Sign the review"), "reviews.show")
