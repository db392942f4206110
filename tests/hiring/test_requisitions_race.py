"""Twenty at once at two openings of a requisition: two are hired, two openings are filled, nothing is filled twice."""

from collections import Counter

from flask import Flask
from sqlalchemy import select

from core.db import session, transaction
from core.people.queries import get_person
from hiring.applications.actions import mark_hired
from hiring.applications.models import Application, ApplicationState
from hiring.applications.queries import application_of_link
from hiring.postings.models import Posting, PostingState
from hiring.requisitions.actions import cancel_opening
from hiring.requisitions.models import Opening, OpeningState, Requisition, RequisitionState
from hiring.requisitions.queries import get_requisition
from tests.hiring.test_postings_race import RACERS, count_of, race
from tests.hiring.test_postings_race import racing as racing
from tests.hiring.test_requisitions import Scene
from tests.situations import an_application


def test_of_twenty_hires_two_fill_two_openings_while_one_more_is_tried_twice(racing: Flask) -> None:
    with racing.app_context(), transaction():
        posting = Scene().opened()
        ids = [an_application(posting).public_id for _number in range(RACERS // 2)]

    ended = race(racing, lambda number: mark_hired(application_of_link(ids[number % len(ids)]), by=None))
    assert ended == Counter({"done": 4, "refused": RACERS - 4})  # each of the two came twice, and the second time was friendly
    with racing.app_context():
        hired = set(session.scalars(select(Application.id).where(Application.state == ApplicationState.HIRED)).all())
        filled = session.scalars(select(Opening.application_id).where(Opening.state == OpeningState.FILLED)).all()
        assert len(filled) == 2 and set(filled) == hired
        assert session.scalars(select(Posting.state).where(Posting.requisition_id.is_not(None))).one() is PostingState.FILLED
        assert session.scalars(select(Requisition.state)).one() is RequisitionState.FILLED


def test_an_opening_is_cancelled_or_filled_never_both(racing: Flask) -> None:
    with racing.app_context(), transaction():
        scene = Scene()
        posting = scene.opened()
        ids = [an_application(posting).public_id for _number in range(RACERS)]
        scene_id, recruiter_id = scene.id, scene.recruiter.public_id
        last = max(scene.found().openings, key=lambda opening: opening.starts_on).public_id

    def act(number: int) -> None:
        if number % 2:
            mark_hired(application_of_link(ids[number]), by=None)
        else:
            recruiter = get_person(recruiter_id)
            requisition = get_requisition(scene_id, viewer=recruiter)
            opening = next(opening for opening in requisition.openings if opening.public_id == last)
            cancel_opening(opening, requisition, reason="", by=recruiter)

    race(racing, act)
    with racing.app_context():
        states = Counter(session.scalars(select(Opening.state).order_by(Opening.id)).all())
        hired = count_of(Application, Application.state == ApplicationState.HIRED)
        assert states[OpeningState.FILLED] == hired == 2 - states[OpeningState.CANCELLED]
        assert session.scalars(select(Posting.state).where(Posting.requisition_id.is_not(None))).one() is PostingState.FILLED
