"""Scorecards: kept while they are written, locked on sending, amended with a trace; people in training; and what a stage waits for."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from core.calendars.booking import answer_booking
from core.calendars.models import Answer
from core.db import session
from core.errors import Conflict, Invalid, WrongState
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application
from hiring.applications.queries import get_application
from hiring.insight.counting import _interviews
from hiring.interviews.actions import Plan, Trainee, schedule_interview
from hiring.interviews.cards import Findings, amend_card, keep_card, send_card
from hiring.interviews.models import InterviewKind, Recommendation, SeatPart
from hiring.interviews.policy import owes_card, training_cards, visible_cards
from hiring.interviews.queries import amendments_of, cards_owed
from hiring.scheduling.queries import seats_owing
from hiring.scheduling.seats import change_interviewers
from hiring.screening.queries import criteria_of
from hiring.stages.gates import shown_as_loaded, shown_by, what_is_missing
from tests.hiring.test_interviews import GOOD, MONDAY, Scene
from tests.situations import a_colleague

AFTER = MONDAY + timedelta(hours=2)


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def test_what_is_typed_is_kept_and_the_page_learns_the_new_version(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    interview = scene.schedule()
    criterion, *others = criteria_of(scene.application.posting_id)
    sign_in(scene.livia)
    address = f"/interviews/{interview.public_id}/scorecard"
    nothing = {f"mark_{each.id}": "" for each in (criterion, *others)}
    first = client.post(f"{address}/draft", data={**nothing, f"evidence_{criterion.id}": "Led a team of five", "still_open": "Notice period"})
    assert first.status_code == 204
    text = client.get(address).text
    assert "Led a team of five" in text, "evidence is kept without a mark"
    assert "Notice period" in text
    version = first.headers["X-Kept-Version"]
    marked = client.post(f"{address}/draft", data={**nothing, f"mark_{criterion.id}": "4", "version": version})
    assert int(marked.headers["X-Kept-Version"]) > int(version), "a mark alone raises the version of its card"
    for stale in (version, ""):
        refused = client.post(f"{address}/draft", data={**nothing, "evidence": "from an older window", "version": stale})
        assert refused.status_code == 409
        assert "another window" in refused.text
    assert "from an older window" not in client.get(address).text
    long = client.post(f"{address}/draft", data={**nothing, "evidence": "x" * 9000, "version": marked.headers["X-Kept-Version"]})
    assert long.status_code == 422
    sign_in(scene.omar)
    assert "Led a team of five" not in client.get(address).text, "another interviewer has a card of their own"


def test_a_sent_card_changes_only_by_an_amendment_that_keeps_what_it_said(
    client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene
) -> None:
    criterion = criteria_of(scene.application.posting_id)[0]
    interview = scene.found(scene.schedule(), scene.livia)
    address = f"/interviews/{interview.public_id}/scorecard"
    findings = Findings(Recommendation.NO, "First impression: hasty", "only for me", {criterion.id: (2, "no example")})
    with pytest.raises(WrongState):
        amend_card(interview, findings=findings, criteria=[criterion], reason="Too early", by=scene.livia)
    with time_machine.travel(AFTER):
        send_card(interview, findings=findings, criteria=[criterion], by=scene.livia)
        send_card(scene.found(interview, scene.omar), findings=GOOD, criteria=[], by=scene.omar)
        sign_in(scene.livia)
        assert "Amend my card" in client.get(address).text
        data = {f"mark_{criterion.id}": "3", f"evidence_{criterion.id}": "found it in my notes", "evidence": "On reflection: thorough"}
        data |= {"recommendation": "yes", "private_note": "still mine", "version": str(scene.found(interview, scene.recruiter).scorecards[0].version)}
        assert client.post(f"{address}/draft", data=data).status_code == 409, "no autosave touches a sent card"
        refused = client.post(f"{address}/amend", data={**data, "reason": " "})
        assert refused.status_code == 422
        assert "On reflection: thorough" in refused.text
        assert client.post(f"{address}/amend", data={**data, "reason": "Read my notes again"}).status_code == 302
        assert client.post(f"{address}/amend", data={**data, "reason": "From a window left open"}).status_code == 409
        sign_in(scene.omar)
        text = client.get(f"/interviews/{interview.public_id}").text
        for said in ("On reflection: thorough", "First impression: hasty", "no example", "found it in my notes", "Read my notes again", "amended"):
            assert said in text
        assert "only for me" not in text
        assert "still mine" not in text
        found = scene.found(interview, scene.recruiter)
        own = next(card for card in found.counted_cards if card.person_id == scene.livia.id)
        change = amendments_of([own])[own.id][0]
        assert (change.recommendation, change.marks) == (Recommendation.NO, [[criterion.id, 2, "no example"]])
        same = Findings(Recommendation.YES, own.evidence, "another private note", {criterion.id: (3, "found it in my notes")})
        amend_card(scene.found(found, scene.livia), findings=same, criteria=[criterion], reason="Nothing new", by=scene.livia)
        assert len(amendments_of([own])[own.id]) == 1, "what others read did not change: no trace"


def test_people_in_training_learn_and_count_nowhere(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    nadia = a_colleague("Nádia Lopes", Role.INTERVIEWER)
    ends = MONDAY + timedelta(hours=1)
    plan = Plan(InterviewKind.PANEL, MONDAY, ends, "America/Sao_Paulo", [scene.livia], trainees=[Trainee(nadia)])
    with pytest.raises(Invalid, match="two interviewers"):
        schedule_interview(scene.application, stage=scene.stages[0], plan=plan, by=scene.recruiter)
    plan = Plan(InterviewKind.FIRST, MONDAY, ends, "America/Sao_Paulo", [scene.livia, nadia], trainees=[Trainee(nadia)])
    with pytest.raises(Invalid, match="two places"):
        schedule_interview(scene.application, stage=scene.stages[0], plan=plan, by=scene.recruiter)
    plan = Plan(InterviewKind.FIRST, MONDAY, ends, "America/Sao_Paulo", [scene.livia], trainees=[Trainee(nadia, SeatPart.REVERSE_SHADOW)])
    interview = schedule_interview(scene.application, stage=scene.stages[0], plan=plan, by=scene.recruiter)
    assert [row.optional for row in interview.booking.attendees if row.person_id == nadia.id] == [True]
    with time_machine.travel(AFTER):
        assert cards_owed(nadia, now=AFTER) == []
        assert {seat.person_id for seat in seats_owing(ended_before=AFTER)} == {scene.livia.id}
        learned = Findings(Recommendation.STRONG_NO, "PRACTICE-WORDS", marks={})
        send_card(scene.found(interview, nadia), findings=learned, criteria=[], by=nadia)
        found = scene.found(interview, scene.recruiter)
        assert found.counted_cards == []
        assert training_cards(scene.livia, found) == [], "who teaches writes their own card first"
        assert what_is_missing(get_application(found.application.public_id, viewer=scene.recruiter), scene.stages[1]) != []
        send_card(scene.found(found, scene.livia), findings=GOOD, criteria=[], by=scene.livia)
        found = scene.found(interview, scene.recruiter)
        assert [card.person_id for card in visible_cards(scene.recruiter, [found])] == [scene.livia.id]
        for reader in (scene.livia, nadia, scene.recruiter):
            assert [card.person_id for card in training_cards(reader, found)] == [nadia.id]
        sign_in(scene.livia)
        assert "PRACTICE-WORDS" in client.get(f"/interviews/{interview.public_id}").text
        sign_in(scene.recruiter)
        for page in ("", "/timeline"):
            text = client.get(f"/applications/{scene.application.public_id}{page}").text
            assert "PRACTICE-WORDS" not in text
            assert "Strong no" not in text
        assert {key.person for key in _interviews()} == {scene.livia.id}, "nor in the load of interviewers"
        whole = scene.found(interview, scene.recruiter)
        with pytest.raises(Invalid, match="has begun a scorecard"):
            change_interviewers(whole, [get_person(scene.livia.public_id), get_person(nadia.public_id)], by=get_person(scene.recruiter.public_id))


def test_nobody_goes_on_while_a_required_card_is_missing(scene: Scene) -> None:
    interview = scene.found(scene.schedule(), scene.livia)
    application, stages = scene.application, scene.application.posting.stages
    application = advance_application(application, to_stage=scene.stages[0], by=scene.recruiter)
    session.flush()
    sentence = what_is_missing(get_application(application.public_id, viewer=scene.recruiter), scene.stages[1])
    assert [name in " ".join(sentence) for name in ("Lívia Prates", "Omar Dias")] == [True, True]
    with pytest.raises(WrongState, match="waits for the scorecard of Lívia Prates"):
        advance_application(get_application(application.public_id, viewer=scene.recruiter), to_stage=scene.stages[1], by=scene.recruiter)
    answer_booking(scene.found(interview, scene.omar).booking, scene.omar, answer=Answer.DECLINED, by=scene.omar)
    with time_machine.travel(AFTER):
        found = scene.found(interview, scene.livia)
        keep_card(found, findings=GOOD, criteria=[], by=scene.livia)
        loaded = scene.found(interview, scene.recruiter)
        application = get_application(application.public_id, viewer=scene.recruiter)
        both = [shown_by([application], stages)[application.id], shown_as_loaded(application, [loaded], [], [])]
        assert [shown.missing[scene.stages[0].id] for shown in both] == [["Lívia Prates"], ["Lívia Prates"]], "neither a draft nor who declined"
        send_card(scene.found(interview, scene.livia), findings=GOOD, criteria=[], by=scene.livia)
        application = get_application(application.public_id, viewer=scene.recruiter)
        assert what_is_missing(application, scene.stages[1]) == []
        assert not owes_card(scene.omar, [scene.found(interview, scene.recruiter)])
        application = get_application(application.public_id, viewer=scene.recruiter)
        assert advance_application(application, to_stage=scene.stages[1], by=scene.recruiter).stage_id == scene.stages[1].id


def test_a_card_that_somebody_else_changed_meanwhile_is_not_sent(scene: Scene) -> None:
    interview = scene.found(scene.schedule(), scene.livia)
    kept = keep_card(interview, findings=GOOD, criteria=[], by=scene.livia)
    with time_machine.travel(AFTER), pytest.raises(Conflict):
        send_card(scene.found(interview, scene.livia), findings=GOOD, criteria=[], by=scene.livia, version=kept.version + 1)
