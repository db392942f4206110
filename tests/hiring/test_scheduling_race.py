"""Four candidates at once at one time with one interviewer: one has it, and the others are told."""

from collections import Counter

from flask import Flask
from sqlalchemy import select

from core.calendars.models import Occupancy
from core.db import session, transaction
from hiring.applications.queries import application_of_link, get_application
from hiring.interviews.models import Interview
from hiring.scheduling.actions import Frame, offer_times, pick_time
from hiring.scheduling.models import ProposalState, TimeProposal
from hiring.scheduling.queries import get_proposal
from tests.hiring.test_interviews import MONDAY
from tests.hiring.test_postings_race import RACERS, count_of, race
from tests.hiring.test_postings_race import racing as racing
from tests.hiring.test_scheduling import Scene, first
from tests.situations import an_application

CANDIDATES = 4


def test_of_those_who_pick_one_time_at_once_one_has_it(racing: Flask) -> None:
    with racing.app_context(), transaction():
        scene = Scene()
        offers = []
        for _number in range(CANDIDATES):
            application = get_application(an_application(scene.application.posting).public_id, viewer=scene.recruiter)
            made = offer_times(application, (first(scene, [scene.livia]),), (MONDAY,), frame=Frame("America/Sao_Paulo"), by=scene.recruiter)
            offers.append((application.public_id, made.public_id))

    def pick(number: int) -> None:
        application_id, proposal_id = offers[number % CANDIDATES]
        application = application_of_link(application_id)
        pick_time(get_proposal(proposal_id, application=application), MONDAY, application=application)

    # each pressed five times: all presses of the one who has the time are thanked, all others are told
    assert race(racing, pick) == Counter({"done": RACERS // CANDIDATES, "refused": RACERS - RACERS // CANDIDATES})
    with racing.app_context():
        assert (count_of(Interview), count_of(Occupancy)) == (1, 2)
        states = Counter(session.scalars(select(TimeProposal.state).order_by(TimeProposal.id)).all())
        assert states == {ProposalState.PICKED: 1, ProposalState.OPEN: CANDIDATES - 1}
