"""Interview plans: rounds, kits and pools; what nobody covers; interviews that begin with their round; plans carried to other postings."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.queries import get_application
from hiring.interviewers.actions import PoolText, change_interviewer_pool, close_interviewer_pool, make_interviewer_pool
from hiring.interviewers.queries import get_interviewer_pool, pooled_people, training_of
from hiring.interviews.actions import Plan, Trainee, schedule_interview
from hiring.interviews.models import InterviewKind, SeatPart
from hiring.interviews.queries import get_interview, interviews_of
from hiring.plans.actions import KitQuestion, RoundText, add_round, remove_round
from hiring.plans.kits import covered_by_nobody, kit_text, people_of, seats_of
from hiring.plans.models import QuestionStyle
from hiring.plans.queries import plan_of
from hiring.postings.actions import duplicate_posting
from hiring.postings.models import CriterionKind, StageKind
from hiring.postings.queries import get_posting
from hiring.profiles.actions import put_into_posting, take_from_posting
from hiring.profiles.queries import get_profile
from hiring.scheduling.actions import Frame, offer_times, pick_time
from hiring.scheduling.finding import Wanted
from hiring.scheduling.models import ProposedRound
from hiring.scheduling.queries import get_proposal
from tests.hiring.pages_costs import statements
from tests.hiring.test_interviews import MONDAY, Scene
from tests.situations import a_colleague, a_draft_posting

ASKED = [KitQuestion(QuestionStyle.BEHAVIOURAL, "Tell us of a client you lost.", "Owns their part")]


class Planned(Scene):
    """A posting whose plan has a first round with a pool and a panel with people."""

    def __init__(self):
        super().__init__()
        self.posting = get_posting(self.application.posting.public_id, viewer=self.recruiter)
        self.pool = make_interviewer_pool(PoolText(name="Credit people", qualified=[self.livia, self.omar]), by=self.recruiter)
        first, panel = self.stages
        criteria = self.posting.criteria
        kit = {"purpose": "Who is it?", "criteria": criteria[:1], "questions": ASKED}
        text = RoundText(name="Screening call", kind=InterviewKind.FIRST, stage=first, minutes=30, pools=[self.pool], **kit)
        self.first = add_round(self.posting, text, by=self.recruiter)
        text = RoundText(name="Panel", kind=InterviewKind.PANEL, stage=panel, people=[self.livia, self.omar], cards_required=False)
        self.panel = add_round(self.posting, text, by=self.recruiter)
        self.again()

    def again(self):
        """Everything read anew, as after a request."""
        session.flush()
        session.expire_all()
        self.recruiter, self.livia, self.omar = (get_person(each.public_id) for each in (self.recruiter, self.livia, self.omar))
        self.posting = get_posting(self.posting.public_id, viewer=self.recruiter)
        self.application = get_application(self.application.public_id, viewer=self.recruiter)
        return self

    def rounds(self):
        return plan_of(self.posting)


def test_a_plan_says_who_asks_what_and_which_criterion_nobody_asks_about(client, sign_in):
    scene = Planned()
    posting = scene.posting
    sign_in(scene.recruiter)
    address = f"/postings/{posting.public_id}/plan"
    uncovered = covered_by_nobody(scene.rounds(), posting.criteria)
    text = client.get(address).text
    posting = scene.again().posting
    for said in ("1. Screening call", "2. Panel", "Tell us of a client you lost.", "one of Credit people (2)", "scorecards optional"):
        assert said in text
    assert all(each.text in text for each in posting.criteria)
    assert ("Nobody asks about" in text) is bool(uncovered)
    few = statements(client, address)
    assert few <= 12
    posting = scene.again().posting
    stage = next(stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW)
    data = {"name": "Tech", "kind": "technical", "stage": str(stage.public_id), "minutes": "45", "pool": "", "second_pool": "",
            "criteria": [str(each.public_id) for each in posting.criteria], "people": [str(scene.omar.public_id)],
            "questions-0-style": "technical", "questions-0-text": "Read this balance sheet.",
            "questions-0-good_answer": "Asks about cash"}  # fmt: skip
    refused = client.post(f"{address}/new", data={**data, "minutes": "5"})
    assert refused.status_code == 422
    assert "Read this balance sheet." in refused.text
    assert client.post(f"{address}/new", data={**data, "kind": "panel"}).status_code == 422
    assert client.post(f"{address}/new", data=data).status_code == 302
    assert "Every criterion is covered" in client.get(address).text
    assert statements(client, address) == few
    tech = scene.again().rounds()[2]
    edit = f"{address}/{tech.public_id}"
    assert "Asks about cash" in client.get(edit).text
    changed = {**data, "minutes": "50", "version": str(tech.version)}
    assert client.post(edit, data=changed).status_code == 302
    assert client.post(edit, data=changed).status_code == 409
    assert client.post(f"{edit}/shift", data={"places": "-1"}).status_code == 302
    session.expire_all()
    assert [each.name for each in plan_of(posting)] == ["Screening call", "Tech", "Panel"]
    assert client.post(f"{edit}/remove").status_code == 302
    assert client.get(edit).status_code == 404
    session.expire_all()
    assert [(each.name, each.position) for each in plan_of(posting)] == [("Screening call", 0), ("Panel", 1)]
    sign_in(scene.livia)
    assert client.post(f"{address}/new", data=data).status_code in (403, 404)
    with pytest.raises(NotAllowed):
        remove_round(
            plan_of(posting)[0], get_posting(posting.public_id, viewer=get_person(scene.recruiter.public_id)), by=get_person(scene.livia.public_id)
        )


def test_an_interview_begins_with_its_round_and_keeps_what_the_plan_said_then(client, sign_in):
    scene = Planned()
    sign_in(scene.recruiter)
    first = scene.again().rounds()[0]
    address = f"/applications/{scene.application.public_id}/interviews/new"
    text = client.get(f"{address}?round={first.public_id}").text
    first = scene.again().rounds()[0]
    for said in ("1. Screening call", "Tell us of a client you lost.", "Who is it?", "The plan asks for one of: Lívia Prates, Omar Dias"):
        assert said in text
    data = {"round": str(first.public_id), "stage": str(first.stage.public_id), "kind": "first", "starts": "2031-03-03T10:00", "minutes": "30",
            "time_zone": "America/Sao_Paulo", "interviewers": [str(scene.livia.public_id)], "questions": kit_text(first, language="en")}  # fmt: skip
    assert client.post(address, data=data).status_code == 302
    scene.again()
    interview = get_interview(interviews_of(scene.application)[0].public_id, viewer=scene.livia)
    assert (interview.round_id, interview.cards_required) == (first.id, True)
    covered = [row.criterion_id for row in interview.covered]
    assert covered == [row.criterion_id for row in scene.rounds()[0].covered]
    remove_round(scene.rounds()[0], scene.posting, by=scene.recruiter)
    sign_in(scene.livia)
    text = client.get(f"/interviews/{interview.public_id}").text
    assert "What this interview is to find out" in text
    assert "Tell us of a client you lost." in text
    card = client.get(f"/interviews/{interview.public_id}/scorecard").text
    assert ("Something about other criteria?" in card) is (len(scene.again().posting.criteria) > 1)


def test_offered_times_are_looked_for_with_the_seats_of_the_plan(client, sign_in):
    scene = Planned()
    sign_in(scene.recruiter)
    keys = "&".join(f"round={each.public_id}" for each in scene.rounds())
    text = client.get(f"/applications/{scene.application.public_id}/times/new?{keys}").text
    first, panel = scene.again().rounds()
    assert text.count("From the plan: ") == 2
    assert seats_of(first) == [[scene.livia, scene.omar]]
    assert people_of(panel) == [scene.livia, scene.omar]
    wanted = [Wanted(each.stage, each.kind, each.minutes, seats_of(each), kit_text(each, language="en"), each.id) for each in (first, panel)]
    with time_machine.travel(MONDAY - timedelta(days=4)):
        application = get_application(scene.application.public_id, viewer=scene.recruiter)
        proposal = offer_times(application, wanted, [MONDAY], frame=Frame("America/Sao_Paulo"), by=scene.recruiter)
        session.flush()
        session.expire_all()
        application = get_application(scene.application.public_id, viewer=get_person(scene.recruiter.public_id))
        interviews = pick_time(get_proposal(proposal.public_id, application=application), MONDAY, application=application)
    assert [(each.round_id, each.cards_required, len(each.covered)) for each in interviews] == [(first.id, True, 1), (panel.id, False, 0)]
    assert "Who is it?" in interviews[0].questions
    assert session.scalars(select(ProposedRound.plan_round_id).order_by(ProposedRound.position)).all() == [first.id, panel.id]


def test_a_plan_goes_with_the_role_profile_and_with_a_duplicate(app):
    scene = Planned()
    close_interviewer_pool(make_interviewer_pool(PoolText(name="Gone"), by=scene.recruiter), by=scene.recruiter)
    covered = scene.posting.criteria[0].text
    copy = duplicate_posting(scene.posting, by=scene.recruiter)
    profile = take_from_posting(scene.posting, by=scene.recruiter)
    session.flush()
    profile = get_profile(profile.public_id)
    profile.criteria.insert(0, type(profile.criteria[0])(text="Another one first", kind=CriterionKind.SKILL, position=0))
    for at, row in enumerate(profile.criteria):
        row.position = at
    fresh = a_draft_posting(by=scene.recruiter)
    for criterion in list(fresh.criteria):
        session.delete(criterion)
    session.flush()
    session.expire_all()
    fresh = get_posting(fresh.public_id, viewer=get_person(scene.recruiter.public_id))
    put_into_posting(fresh, get_profile(profile.public_id), by=get_person(scene.recruiter.public_id))
    session.flush()
    session.expire_all()
    for posting in (copy, fresh):
        found = get_posting(posting.public_id, viewer=get_person(scene.recruiter.public_id))
        first, panel = plan_of(found)
        assert (first.name, first.minutes, first.stage.posting_id, panel.cards_required) == ("Screening call", 30, found.id, False)
        assert [row.criterion.text for row in first.covered] == [covered]
        assert all(row.criterion.posting_id == found.id for row in first.covered)
        assert [(row.style, row.text, row.good_answer) for row in first.questions] == [tuple(ASKED[0])]
        assert [person.name for person in people_of(panel)] == ["Lívia Prates", "Omar Dias"]
        assert [[person.name for person in seat] for seat in seats_of(first)] == [["Lívia Prates", "Omar Dias"]]


def test_people_learn_in_a_pool_until_they_are_qualified(client, sign_in):
    scene = Planned()
    nadia = a_colleague("Nádia Lopes", Role.INTERVIEWER)
    with pytest.raises(Invalid, match="both qualified and in training"):
        make_interviewer_pool(PoolText(name="Two", qualified=[nadia], learning=[nadia]), by=scene.recruiter)
    with pytest.raises(Conflict):
        make_interviewer_pool(PoolText(name="credit PEOPLE"), by=scene.recruiter)
    pool = get_interviewer_pool(scene.pool.public_id)
    text = PoolText(name=pool.name, qualified=[scene.livia, scene.omar], learning=[nadia], shadowings=1, leadings=1)
    seen = pool.version
    change_interviewer_pool(pool, text, by=scene.recruiter, version=seen)
    with pytest.raises(Conflict):
        change_interviewer_pool(pool, text, by=scene.recruiter, version=seen)
    for day, part in enumerate((SeatPart.SHADOW, SeatPart.REVERSE_SHADOW)):
        begins = MONDAY + timedelta(days=day)
        plan = Plan(InterviewKind.FIRST, begins, begins + timedelta(hours=1), "America/Sao_Paulo", [scene.livia], trainees=[Trainee(nadia, part)])
        schedule_interview(
            get_application(scene.application.public_id, viewer=scene.recruiter), stage=scene.posting.stages[2], plan=plan, by=scene.recruiter
        )
    assert [each.person.name for each in pooled_people(pool)] == ["Lívia Prates", "Omar Dias"]
    assert training_of(pool.interviewers, now=now()) == {pool.interviewers[2].id: {}}
    with time_machine.travel(MONDAY + timedelta(days=2)):
        assert training_of(pool.interviewers, now=now()) == {pool.interviewers[2].id: {SeatPart.SHADOW: 1, SeatPart.REVERSE_SHADOW: 1}}
        sign_in(scene.recruiter)
        assert "may be qualified" in client.get("/interviewer-pools").text
        data = {"name": "Credit people", "shadowings": "1", "leadings": "1", "version": str(pool.version),
                "qualified": [str(each.public_id) for each in (scene.livia, scene.omar, nadia)]}  # fmt: skip
        address = f"/interviewer-pools/{scene.pool.public_id}"
        assert client.post(address, data={**data, "name": " "}).status_code == 422
        assert client.post(address, data=data).status_code == 302
        session.expire_all()
        assert len(pooled_people(get_interviewer_pool(scene.pool.public_id))) == 3
        assert client.post(f"{address}/close").status_code == 302
        session.expire_all()
        posting = get_posting(scene.posting.public_id, viewer=get_person(scene.recruiter.public_id))
        assert seats_of(plan_of(posting)[0]) == [], "a closed pool has nobody"
        assert "closed pool" in client.get(f"/postings/{posting.public_id}/plan").text
