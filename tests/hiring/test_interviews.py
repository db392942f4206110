"""Interviews: booked and invited, and scorecards that stay their author's until sent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar

from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.interviews.actions import Plan, cancel_interview, move_interview, schedule_interview
from hiring.interviews.cards import Findings, keep_card, send_card
from hiring.interviews.models import Interview, InterviewKind, InterviewState, Recommendation
from hiring.interviews.policy import owes_card, visible_cards
from hiring.interviews.queries import cards_owed, get_interview, interviews_of
from hiring.postings.models import StageKind
from hiring.screening.queries import criteria_of
from tests.conftest import Mailbox
from tests.situations import a_colleague, an_application, an_open_posting

MONDAY = datetime(2031, 3, 3, 13, tzinfo=UTC)  # 10:00 in São Paulo
GOOD = Findings(Recommendation.YES, "Told one case from beginning to end.")


class Scene:
    """A recruiter, two interviewers, and an application in its first interview stage."""

    def __init__(self) -> None:
        self.recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
        self.livia = a_colleague("Lívia Prates", Role.INTERVIEWER)
        self.omar = a_colleague("Omar Dias", Role.INTERVIEWER)
        applied = an_application(an_open_posting(by=self.recruiter))
        session.flush()
        self.application: Application = get_application(applied.public_id, viewer=self.recruiter)
        self.stages = [stage for stage in self.application.posting.stages if stage.kind is StageKind.INTERVIEW]

    def schedule(self, *people: Person, starts_at: datetime = MONDAY, kind: InterviewKind = InterviewKind.FIRST) -> Interview:
        plan = Plan(
            kind,
            starts_at,
            starts_at + timedelta(hours=1),
            "America/Sao_Paulo",
            people or (self.livia, self.omar),
            meeting_url="https://meet.example.test/a",
        )
        return schedule_interview(self.application, stage=self.stages[0], plan=plan, by=self.recruiter)

    def found(self, interview: Interview, viewer: Person) -> Interview:
        session.flush()
        session.expire(interview)
        return get_interview(interview.public_id, viewer=get_person(viewer.public_id))


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def test_everybody_is_invited_by_a_calendar_request(scene: Scene, mailbox: Mailbox) -> None:
    scene.schedule()
    candidate = scene.application.candidate.person
    for person in (candidate, scene.livia, scene.omar):
        mail = next(mail for mail in mailbox.to(person) if mail.calendar)
        calendar = Calendar.from_ical(mail.calendar)
        event = calendar.walk("VEVENT")[0]
        assert calendar["METHOD"] == "REQUEST"
        assert event.decoded("DTSTART") == MONDAY
        assert event["SEQUENCE"] == 0


def test_the_candidates_invitation_says_nothing_internal(scene: Scene, mailbox: Mailbox) -> None:
    scene.schedule()
    mail = next(mail for mail in mailbox.to(scene.application.candidate.person) if mail.calendar)
    everything = mail.text + mail.html + mail.calendar.decode()
    assert "/interviews/" not in everything


def test_an_interviewer_who_is_busy_is_named_with_the_time(scene: Scene) -> None:
    scene.schedule(scene.livia)
    with pytest.raises(Conflict) as refusal:
        scene.schedule(scene.livia, starts_at=MONDAY + timedelta(minutes=30))
    assert "Lívia Prates" in str(refusal.value)
    assert "10:00" in str(refusal.value)


def test_a_conflict_comes_back_with_the_form_filled_in(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    scene.schedule(scene.livia)
    sign_in(scene.recruiter)
    answer = client.post(
        f"/applications/{scene.application.public_id}/interviews/new",
        data={
            "stage": str(scene.stages[0].public_id),
            "kind": "first",
            "starts": "2031-03-03T10:30",
            "minutes": "45",
            "time_zone": "America/Sao_Paulo",
            "interviewers": [str(scene.livia.public_id)],
            "place": "Room Ipê",
        },
    )
    assert answer.status_code == 409
    assert "Lívia Prates" in answer.text
    assert "Room Ipê" in answer.text


def test_a_time_is_read_in_the_zone_that_was_chosen(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    sign_in(scene.recruiter)
    data = {
        "stage": str(scene.stages[0].public_id),
        "kind": "first",
        "starts": "2031-07-01T09:00",
        "minutes": "30",
        "time_zone": "Europe/Lisbon",
        "interviewers": [str(scene.livia.public_id)],
    }
    slip = client.post(f"/applications/{scene.application.public_id}/interviews/new", data=data | {"starts": "9999-12-31T23:59"})
    assert slip.status_code == 422 and "between 1900 and 2199" in slip.text
    assert client.post(f"/applications/{scene.application.public_id}/interviews/new", data=data).status_code == 302
    assert interviews_of(scene.application)[0].booking.starts_at == datetime(2031, 7, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(("people", "kind"), [(0, InterviewKind.FIRST), (1, InterviewKind.PANEL)])
def test_an_interview_needs_interviewers_and_a_panel_two(scene: Scene, people: int, kind: InterviewKind) -> None:
    plan = Plan(kind, MONDAY, MONDAY + timedelta(hours=1), "America/Sao_Paulo", [scene.livia][:people])
    with pytest.raises(Invalid):
        schedule_interview(scene.application, stage=scene.stages[0], plan=plan, by=scene.recruiter)


def test_moving_and_cancelling_update_the_same_event(scene: Scene, mailbox: Mailbox) -> None:
    interview = scene.found(scene.schedule(), scene.recruiter)
    recruiter = get_person(scene.recruiter.public_id)
    move_interview(interview, starts_at=MONDAY + timedelta(days=1), ends_at=MONDAY + timedelta(days=1, hours=1), by=recruiter)
    cancel_interview(scene.found(interview, recruiter), reason="The position is on hold", by=get_person(recruiter.public_id))
    calendars = [Calendar.from_ical(mail.calendar) for mail in mailbox.to(scene.livia) if mail.calendar]
    events = [calendar.walk("VEVENT")[0] for calendar in calendars]
    assert [str(calendar["METHOD"]) for calendar in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1, 2]
    assert len({str(event["UID"]) for event in events}) == 1
    candidates = next(mail for mail in reversed(mailbox.to(scene.application.candidate.person)))
    assert "on hold" not in candidates.text


def test_a_card_is_sent_only_once_the_interview_has_begun(scene: Scene) -> None:
    interview = scene.found(scene.schedule(), scene.livia)
    with pytest.raises(WrongState):
        send_card(interview, findings=GOOD, criteria=[], by=scene.livia)
    with time_machine.travel(MONDAY + timedelta(minutes=50)):
        send_card(interview, findings=GOOD, criteria=[], by=scene.livia)


def test_the_others_cards_are_hidden_until_ones_own_is_sent(scene: Scene) -> None:
    interview = scene.found(scene.schedule(), scene.livia)
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        send_card(interview, findings=GOOD, criteria=[], by=scene.livia)
        seen_by_omar = [scene.found(interview, scene.omar)]
        assert owes_card(scene.omar, seen_by_omar)
        assert visible_cards(scene.omar, seen_by_omar) == []
        send_card(seen_by_omar[0], findings=Findings(Recommendation.NO, "No example of a lost client."), criteria=[], by=scene.omar)
        again = [scene.found(interview, scene.omar)]
        assert {card.person_id for card in visible_cards(scene.omar, again)} == {scene.livia.id, scene.omar.id}


def test_no_page_shows_a_hidden_card(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    manager = a_colleague("Cláudia Reis", Role.MANAGER, Role.RECRUITER)
    interview = scene.found(scene.schedule(scene.livia, manager), scene.livia)
    canary = "CANARY-EVIDENCE"
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        send_card(interview, findings=Findings(Recommendation.STRONG_NO, canary), criteria=[], by=scene.livia)
        sign_in(manager)
        for address in (f"/interviews/{interview.public_id}", f"/applications/{interview.application.public_id}", "/home", "/interviews"):
            text = client.get(address).text
            assert canary not in text, address
            assert "Strong no" not in text, address


def test_a_private_note_is_its_authors_for_ever(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    interview = scene.found(scene.schedule(), scene.livia)
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        send_card(interview, findings=Findings(Recommendation.YES, "Evidence", "CANARY-NOTE"), criteria=[], by=scene.livia)
        sign_in(scene.recruiter)
        for address in (f"/interviews/{interview.public_id}", f"/applications/{scene.application.public_id}"):
            assert "CANARY-NOTE" not in client.get(address).text


def test_a_sent_card_does_not_change(scene: Scene) -> None:
    interview = scene.found(scene.schedule(), scene.livia)
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        send_card(interview, findings=GOOD, criteria=[], by=scene.livia)
        with pytest.raises(WrongState):
            keep_card(scene.found(interview, scene.livia), findings=GOOD, criteria=[], by=scene.livia)


def test_a_draft_keeps_marks_and_words_and_loses_nothing(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    interview = scene.found(scene.schedule(), scene.livia)
    criterion = criteria_of(scene.application.posting_id)[0]
    sign_in(scene.livia)
    address = f"/interviews/{interview.public_id}/scorecard"
    data = {
        f"mark_{criterion.id}": "3",
        f"evidence_{criterion.id}": "led a team of five",
        "evidence": "half a sentence",
        "recommendation": "",
        "step": "keep",
    }
    assert client.post(address, data=data).status_code == 302
    text = client.get(address).text
    assert "led a team of five" in text
    assert "half a sentence" in text
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        sign_in(scene.livia)
        refused = client.post(address, data={**data, "evidence": "", "step": "send"})
        assert refused.status_code == 422
        assert "Choose a recommendation" in refused.text
        assert "led a team of five" in refused.text


def test_two_windows_do_not_overwrite_each_other(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    interview = scene.found(scene.schedule(), scene.livia)
    sign_in(scene.livia)
    address = f"/interviews/{interview.public_id}/scorecard"
    empty = {f"mark_{criteria_of(scene.application.posting_id)[0].id}": "", "recommendation": "", "step": "keep"}
    client.post(address, data={**empty, "evidence": "first"})
    client.post(address, data={**empty, "evidence": "second", "version": "1"})
    stale = client.post(address, data={**empty, "evidence": "third, typed in the older window", "version": "1"})
    assert stale.status_code == 409
    assert "third, typed in the older window" in stale.text


def test_nobody_else_fills_in_a_card(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    interview = scene.found(scene.schedule(scene.livia), scene.recruiter)
    with pytest.raises(NotAllowed):
        keep_card(interview, findings=GOOD, criteria=[], by=scene.omar)
    sign_in(scene.omar)
    for path in ("", "/scorecard", "/resume"):
        assert client.get(f"/interviews/{interview.public_id}{path}").status_code == 404


def test_an_interviewer_reads_the_resume_but_not_the_application(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    interview = scene.schedule()
    sign_in(scene.livia)
    assert client.get(f"/interviews/{interview.public_id}/resume").status_code == 200
    assert client.get(f"/applications/{scene.application.public_id}").status_code == 403


def test_a_card_is_asked_for_only_after_the_interview_took_place(scene: Scene) -> None:
    interview = scene.schedule(scene.livia)
    ends = interview.booking.ends_at
    assert cards_owed(scene.livia, now=ends - timedelta(minutes=1)) == []
    assert [found.id for found in cards_owed(scene.livia, now=ends)] == [interview.id]


def test_a_candidate_who_did_not_come_is_noted_once(client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene) -> None:
    interview = scene.schedule(scene.livia)
    sign_in(scene.livia)
    address = f"/interviews/{interview.public_id}/no-show"
    assert client.post(address).status_code == 409
    with time_machine.travel(MONDAY + timedelta(minutes=20)):
        sign_in(scene.livia)
        assert client.post(address).status_code == 302
        assert client.post(address).status_code == 409
    assert scene.found(interview, scene.livia).state is InterviewState.NO_SHOW
