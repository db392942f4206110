"""The debrief: what several people found side by side, who may read it, and what the panel's decision opens."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.queries import get_application
from hiring.debrief.actions import decide_as_panel
from hiring.debrief.matrix import Agreement, Given, agreement_of, rows_of
from hiring.debrief.models import PanelDecision, PanelVerdict
from hiring.debrief.record import cards_of, fingerprint
from hiring.interviews.actions import Plan, Trainee, schedule_interview
from hiring.interviews.cards import Findings, amend_card, send_card
from hiring.interviews.models import InterviewKind, Recommendation
from hiring.interviews.queries import get_interview, interviews_of
from hiring.notes.actions import write_note
from hiring.screening.queries import criteria_of
from tests.hiring.pages_costs import statements
from tests.hiring.test_interviews import MONDAY, Scene
from tests.situations import a_colleague

AFTER = MONDAY + timedelta(hours=2)
YES, NO = Recommendation.YES, Recommendation.NO


def given(*marks):
    """Marks as (person, interview, criterion, mark)."""
    return [Given(*mark) for mark in marks]


@pytest.mark.parametrize(
    ("marks", "agreement"),
    [
        ([], Agreement(0, 0)),
        ([(1, 1, 7, 3)], Agreement(0, 0)),
        ([(1, 1, 7, 3), (2, 1, 7, 4)], Agreement(1, 1)),
        ([(1, 1, 7, 2), (2, 1, 7, 4)], Agreement(1, 0)),
        ([(1, 1, 7, 1), (1, 2, 7, 4)], Agreement(0, 0)),  # the same person twice is no pair
        ([(1, 1, 7, 3), (2, 1, 8, 3)], Agreement(0, 0)),  # another criterion is no pair
        ([(1, 1, 7, 1), (2, 1, 7, 2), (3, 2, 7, 3)], Agreement(3, 2)),
        ([(1, 1, 7, 3), (2, 1, 7, None)], Agreement(0, 0)),  # evidence without a mark
    ],
)
def test_agreement_counts_pairs_of_marks_by_different_people(marks, agreement):
    assert agreement_of(rows_of([7, 8], given(*marks))) == agreement
    assert agreement.share == (agreement.agreeing / agreement.pairs if agreement.pairs else None)


def test_a_row_says_mean_spread_gap_and_mixed():
    seven, eight, nine = rows_of([7, 8, 9], given((1, 1, 7, 4), (2, 2, 7, 2), (3, 2, 7, 3), (1, 1, 8, None), (1, 1, 5, 4)))
    assert (seven.mean, seven.spread, seven.is_mixed, seven.is_gap) == (3.0, 2, True, False)
    assert {key: [each.mark for each in cell] for key, cell in seven.cells.items()} == {1: [4], 2: [2, 3]}
    assert [(row.mean, row.spread, row.is_gap) for row in (eight, nine)] == [(None, 0, True), (None, 0, True)]


class Debriefed(Scene):
    """An application with a panel that took place, two criteria and a manager who decides."""

    def __init__(self):
        super().__init__()
        self.manager = get_person(self.application.posting.hiring_manager.public_id)
        self.nadia = a_colleague("Nádia Lopes", Role.INTERVIEWER)
        plan = Plan(InterviewKind.PANEL, MONDAY, MONDAY + timedelta(hours=1), "America/Sao_Paulo", (self.livia, self.omar), (Trainee(self.nadia),))
        self.interview_id = schedule_interview(self.application, stage=self.stages[0], plan=plan, by=self.recruiter).public_id
        self.criteria = [each.id for each in criteria_of(self.application.posting_id)]

    def send(self, person, recommendation, evidence, mark=None, still_open=""):
        session.flush()
        session.expire_all()
        person = get_person(person.public_id)
        interview = get_interview(self.interview_id, viewer=person)
        criteria = criteria_of(interview.application.posting_id)
        findings = Findings(recommendation, evidence, "", {self.criteria[0]: (mark, "heard it")} if mark else {}, still_open)
        send_card(interview, findings=findings, criteria=criteria, by=person)

    def found(self):
        session.flush()
        session.expire_all()
        self.recruiter = get_person(self.recruiter.public_id)
        application = get_application(self.application.public_id, viewer=self.recruiter)
        return application, list(interviews_of(application))

    def executive(self):
        application, _interviews = self.found()
        begins = AFTER + timedelta(days=3)
        plan = Plan(InterviewKind.EXECUTIVE, begins, begins + timedelta(hours=1), "America/Sao_Paulo", [get_person(self.livia.public_id)])
        stage = next(stage for stage in application.posting.stages if stage.id == self.stages[0].id)
        return schedule_interview(application, stage=stage, plan=plan, by=self.recruiter)


def test_a_debrief_shows_all_that_was_found_to_those_who_owe_nothing(client, sign_in, app):
    scene = Debriefed()
    write_note(scene.application, "NOTE-OF-THE-TEAM", by=scene.recruiter)
    address = f"/applications/{scene.application.public_id}/debrief"
    with time_machine.travel(AFTER):
        sign_in(scene.recruiter)
        assert "No scorecard yet" in client.get(address).text
        scene.send(scene.livia, YES, "Told one case well", 4, "Notice period?")
        scene.send(scene.nadia, NO, "PRACTICE-WORDS", 1)
        sign_in(get_person(scene.recruiter.public_id))
        text = client.get(address).text
        assert "Told one case well" in text
        assert "waits for the scorecard of Omar Dias" in text
        sign_in(get_person(scene.omar.public_id))
        text = client.get(address).text
        assert "once you have sent your own scorecard" in text
        assert "Told one case well" not in text
        scene.send(scene.omar, NO, "Spoke over the others", 2)
        sign_in(get_person(scene.omar.public_id))
        text = client.get(address).text
        for said in ("1 of 2", "0 %", "seen differently", "Notice period?", "3.0", "2–4", "Told one case well", "Spoke over the others"):
            assert said in text, said
        assert "PRACTICE-WORDS" not in text
        assert "Write it down" not in text, "an interviewer reads, and does not decide"
        assert client.post(address, data={"verdict": "recommended", "reason": "x", "seen": "x"}).status_code == 403
        sign_in(get_person(scene.nadia.public_id))
        assert client.get(address).status_code == 404, "who learns is not of the panel"
        sign_in(a_colleague("Somebody Else", Role.INTERVIEWER))
        assert client.get(address).status_code == 404
        sign_in(get_person(scene.recruiter.public_id))
        assert statements(client, address) <= 12


def test_gaps_are_the_criteria_nobody_marked(client, sign_in, app):
    scene = Debriefed()
    posting = scene.application.posting
    with time_machine.travel(AFTER):
        scene.send(scene.livia, YES, "Well", 4)
        sign_in(get_person(scene.recruiter.public_id))
        text = client.get(f"/applications/{scene.application.public_id}/debrief").text
    assert ("nobody marked it" in text) is (len(scene.criteria) > 1)
    assert posting.title in text


def test_the_panel_decides_once_every_required_card_is_there_and_opens_the_final_interview(client, sign_in, app):
    scene = Debriefed()
    with time_machine.travel(AFTER):
        with pytest.raises(WrongState, match="candidates the panel recommended"):
            scene.executive()
        scene.send(scene.livia, YES, "Told one case well", 4)

        def decide(verdict=PanelVerdict.RECOMMENDED, reason="Two of two would hire", seen=None, by=None):
            application, interviews = scene.found()
            seen = fingerprint(cards_of(interviews)) if seen is None else seen
            by = get_person((by or scene.recruiter).public_id)
            return decide_as_panel(application, interviews, verdict=verdict, reason=reason, seen=seen, by=by)

        with pytest.raises(WrongState, match="Omar Dias"):
            decide()
        with pytest.raises(NotAllowed):
            decide(by=scene.omar)
        with pytest.raises(Invalid):
            decide(reason=" ")
        early = decide(PanelVerdict.ANOTHER_ROUND, "Hear Omar first").fingerprint
        with pytest.raises(WrongState):
            scene.executive()
        scene.send(scene.omar, NO, "Spoke over the others", 2)
        with pytest.raises(Conflict):
            decide(seen=early)
        sign_in(get_person(scene.recruiter.public_id))
        address = f"/applications/{scene.application.public_id}/debrief"
        stale = client.post(address, data={"verdict": "recommended", "reason": "Wrote this before Omar's card came", "seen": early})
        assert stale.status_code == 409
        assert "Wrote this before Omar&#39;s card came" in stale.text
        seen = decide_seen(scene)
        assert client.post(address, data={"verdict": "", "reason": "x", "seen": seen}).status_code == 422
        assert client.post(address, data={"verdict": "recommended", "reason": "Livia's case weighs more", "seen": seen}).status_code == 302
        assert scene.executive().kind is InterviewKind.EXECUTIVE
        decisions = session.scalars(select(PanelDecision).order_by(PanelDecision.id)).all()
        assert [decision.verdict for decision in decisions] == [PanelVerdict.ANOTHER_ROUND, PanelVerdict.RECOMMENDED]
        assert Counter(card[2] for card in decisions[1].cards) == {"yes": 1, "no": 1}, "dissent is kept"
        assert "Told one case" not in str(decisions[1].cards), "figures, no words"
        sign_in(get_person(scene.recruiter.public_id))
        assert "the cards have changed since" in client.get(address).text, "of the earlier decision"
        timeline = client.get(f"/applications/{scene.application.public_id}/timeline").text
        assert "The panel&#39;s decision: Recommended" in timeline or "The panel's decision: Recommended" in timeline
        decide(PanelVerdict.NOT_RECOMMENDED, "A reference changed our mind")
        with pytest.raises(WrongState):
            scene.executive()


def decide_seen(scene):
    return fingerprint(cards_of(scene.found()[1]))


def test_an_amended_card_gives_another_fingerprint(app):
    scene = Debriefed()
    with time_machine.travel(AFTER):
        scene.send(scene.livia, YES, "Told one case well", 4)
        before = decide_seen(scene)
        livia = get_person(scene.livia.public_id)
        interview = get_interview(scene.interview_id, viewer=livia)
        criteria = criteria_of(interview.application.posting_id)
        findings = Findings(YES, "Told one case well", "", {scene.criteria[0]: (4, "heard it twice")})
        amend_card(interview, findings=findings, criteria=criteria, reason="Found my notes", by=livia)
        assert decide_seen(scene) != before


def test_the_team_s_notes_wait_on_the_timeline_too_until_one_s_own_card_is_sent(client, sign_in, app):
    scene = Debriefed()
    write_note(scene.application, "NOTE-OF-THE-TEAM", by=scene.recruiter)
    application, _interviews = scene.found()
    begins = MONDAY + timedelta(days=1)
    plan = Plan(InterviewKind.FIRST, begins, begins + timedelta(hours=1), "America/Sao_Paulo", [scene.recruiter])
    schedule_interview(application, stage=application.posting.stages[2], plan=plan, by=scene.recruiter)
    sign_in(scene.recruiter)
    address = f"/applications/{application.public_id}"
    assert "NOTE-OF-THE-TEAM" not in client.get(address).text
    assert "NOTE-OF-THE-TEAM" not in client.get(f"{address}/timeline").text
