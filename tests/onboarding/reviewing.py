"""Steps of reviews that several tests take, by the real actions."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import time_machine
from flask import current_app
from sqlalchemy import select

from core.clock import now, today
from core.db import session
from core.people.models import Employment, Person
from core.people.queries import get_person
from core.waiting import Waiting
from onboarding.moments import Moment
from onboarding.public import waiting_for
from onboarding.reviews.agreeing import Agreement, put_forward
from onboarding.reviews.assessing import Words, send_assessment
from onboarding.reviews.models import Outcome, Review
from onboarding.reviews.queries import get_review
from onboarding.reviews.signing import sign_review
from tests.situations import Onboarding, a_running_checklist

OWN, THEIRS = "Kept eleven clients, CANARY-OWN.", "Learns quickly, CANARY-MANAGER."


@dataclass
class Reviewed:
    """A new hire whose review after thirty days is near, and the people around."""

    onboarding: Onboarding

    @property
    def review(self) -> Review:
        """The review after thirty days as it stands now, with all that belongs to it."""
        return self.of(Moment.DAY_30)

    def of(self, moment: Moment) -> Review:
        """The first review of the moment."""
        query = select(Review.public_id).where(Review.checklist_id == self.onboarding.checklist.id, Review.moment == moment).order_by(Review.id)
        key = session.scalars(query.limit(1)).one()
        session.flush()
        for row in [row for row in session if isinstance(row, Review)]:
            session.expire(row)
        return get_review(key, viewer=self.new_hire)[0]

    @property
    def new_hire(self) -> Person:
        return get_person(self.onboarding.new_hire.public_id)

    @property
    def manager(self) -> Person:
        return get_person(self.onboarding.manager.public_id)

    @property
    def hr(self) -> Person:
        return get_person(self.onboarding.hr.public_id)

    @property
    def address(self) -> str:
        return f"/reviews/{self.review.public_id}"

    def report_to(self, manager: Person | None) -> None:
        """Let the new hire have another manager from today."""
        at = today()
        before = session.scalars(select(Employment).where(Employment.person_id == self.onboarding.new_hire.id)).one()
        kept = ("person_id", "job_role_id", "department_id", "location_id", "employment_type", "hired_on")
        before.valid_to = at - timedelta(days=1)
        session.add(Employment(**{name: getattr(before, name) for name in kept}, manager_id=None if manager is None else manager.id, valid_from=at))
        session.flush()

    def both_send(self) -> None:
        send_assessment(self.review, Words(OWN, "Reports take long.", "More time with Caio.", 4), by=self.new_hire)
        send_assessment(self.review, Words(THEIRS, "Writes too much.", "", 3), by=self.manager)
        session.flush()

    def put_forward(self, outcome: Outcome = Outcome.CONTINUE, **changes: Any) -> None:
        put_forward(self.review, Agreement("Clients stay.", "Shorter reports.", "Looks after forty clients.", outcome, **changes), by=self.manager)
        session.flush()

    def sign(self, person: Person) -> None:
        review = self.review
        sign_review(review, typed_name=person.name, read=review.agreed_mark, by=person)
        session.flush()

    def both_sign(self) -> None:
        self.sign(self.new_hire)
        self.sign(self.manager)


def waiting(person: Person) -> list[Waiting]:
    """What waits for the person today."""
    with current_app.test_request_context():
        return waiting_for(person, on=today())


def a_review_near(*, name: str = "Nina Alves", began: int = 20, **people: Any) -> Reviewed:
    """An onboarding that began so many days ago."""
    with time_machine.travel(now() - timedelta(days=began), tick=False):
        found = a_running_checklist(name=name, **people)
    session.flush()
    assert found.checklist.starts_on == today() - timedelta(days=began)
    return Reviewed(found)
