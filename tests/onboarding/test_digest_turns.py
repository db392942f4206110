"""The daily mail also says whose turn it is: in queues of teams, waivers, reviews, goals, check-ins, shadowing and gates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from core.clock import now, today
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.checkins.actions import Rhythm, plan_check_ins
from onboarding.feedback.actions import ask_for_feedback
from onboarding.goals.actions import Smart, propose_goal
from onboarding.goals.models import Kpi
from onboarding.programmes.actions import StageText
from onboarding.programmes.models import StageKind
from onboarding.pulse.actions import answer
from onboarding.pulse.questions import QUESTIONS, Wave
from onboarding.reminders.actions import people_due, write_digests
from onboarding.reviews.models import Outcome
from onboarding.reviews.tasks import ask_for_assessments
from onboarding.shadowing.actions import accept
from onboarding.shadowing.objectives import add_usual_objectives
from onboarding.shadowing.queries import objectives
from onboarding.teams.actions import make_team
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Part, Phase
from onboarding.waivers.actions import ask_to_waive
from onboarding.waivers.models import WaiverKind
from tests.factories import make_employment
from tests.onboarding.reviewing import a_review_near, waiting
from tests.onboarding.shadows import a_scene
from tests.situations import a_colleague, a_place, a_running_checklist, a_shadowing_session

Mails = Callable[..., str]


@pytest.fixture
def wednesday(app: object) -> Any:
    """A Wednesday, nine o'clock in São Paulo."""
    with time_machine.travel("2027-03-03 12:00:00 +0000", tick=False):
        yield


@pytest.fixture
def told(wednesday: None, mailbox: Any) -> Mails:
    """What the mail of this morning, or of one so many days later, tells a person; empty when they get none. They get one a day at most."""

    def read(person: Person, *, later: int = 0) -> str:
        session.flush()
        before = [mail.id for mail in mailbox.to(person)] if later else []
        with time_machine.travel(now() + timedelta(days=later), tick=False):
            write_digests(people_due())
        texts = [mail.text for mail in mailbox.to(person) if mail.name == "onboarding_digest" and mail.id not in before]
        assert len(texts) <= 1
        return "".join(texts)

    return read


def test_tasks_in_the_queue_of_a_team_are_told_to_its_people(told: Mails) -> None:
    hr, ana, bia = a_colleague("Helena Prado", Role.HR), a_colleague("Ana Dias", Role.BUDDY), a_colleague("Bia Luz", Role.BUDDY)
    team = make_team(name="Facilities", people=[ana], by=hr)
    template = write_template(name="Desks", match=Match(), by=hr)
    for title, days in (("Prepare the desk", 0), ("Prepare the chair", 0), ("Prepare the shelf", 20)):
        add_task(template, text=TaskText(title, Phase.DAY_ONE, part=Part.TEAM, team=team, offset_days=days, key=title[-5:]), by=hr)
    publish_template(template, by=hr)
    a_running_checklist(hr=hr)
    assert "Facilities: 2 tasks are due" in told(ana)
    assert told(bia) == ""


def test_a_waiver_is_told_to_who_may_decide_it(told: Mails) -> None:
    nina = a_running_checklist(starts_in=40)
    other = a_colleague("Iris Melo", Role.HR)
    until = today() + timedelta(days=90)
    ask_to_waive(nina.task("talk"), kind=WaiverKind.WAIVED, reason="Away.", until=until, by=get_person(nina.hr.public_id))
    text = told(other)
    assert "Decide whether a task need be done: Nina Alves" in text
    assert f"/onboarding/tasks/{nina.task('talk').public_id}" in text
    assert "Decide whether a task need be done: Nina Alves" in told(nina.manager)
    assert "Decide whether" not in told(nina.hr)  # who asked
    assert told(nina.new_hire) == ""


def test_a_review_is_told_to_whoevers_turn_it_is(told: Mails) -> None:
    found = a_review_near()
    assert "Write your assessment: Nina Alves" in told(found.manager)
    assert "Write your assessment (" in told(found.new_hire)
    found.both_send()
    text = told(found.manager, later=1)
    assert "Book the review meeting: Nina Alves" in text
    assert "CANARY" not in text
    assert "Write your assessment" not in told(found.new_hire, later=2)


def test_an_end_that_waits_for_consent_is_told_to_human_resources_alone(told: Mails) -> None:
    found = a_review_near()
    found.both_send()
    found.put_forward(Outcome.END, end_reason="CANARY-END")
    assert "Consent to what a review proposes: Nina Alves" in told(found.hr)
    assert "CANARY" not in told(found.hr)
    assert "Sign the review" not in told(found.manager)
    assert "review" not in told(found.new_hire)


def test_goals_and_check_ins_and_feedback_wait(told: Mails) -> None:
    nina = a_running_checklist(starts_in=-7)
    new_hire, manager = get_person(nina.new_hire.public_id), get_person(nina.manager.public_id)
    smart = Smart("Keep CANARY clients", Kpi.CLIENT_RETENTION, "%", 9000, "Yes.", "Yes.", today() + timedelta(days=60), 50)
    propose_goal(new_hire, smart, by=manager)
    plan_check_ins(new_hire, Rhythm(datetime(2027, 3, 3, 15, 0), "America/Sao_Paulo"), place="Room", agenda="CANARY", by=manager)
    ask_for_feedback(get_person(nina.buddy.public_id), question="CANARY?", by=new_hire)
    assert "Agree on a goal, or refuse it" in told(new_hire)
    assert "Check-in: Marcos Vidal" in told(new_hire)
    assert "Check-in: Nina Alves" in told(manager)
    assert "Agree on a goal" not in told(manager)
    assert "Give the feedback you were asked for: Nina Alves" in told(nina.buddy)
    assert all("CANARY" not in told(person) for person in (new_hire, manager, nina.buddy))


def test_both_sides_are_asked_to_accept_a_session_and_none_twice(told: Mails) -> None:
    nina = a_running_checklist(starts_in=-7)
    mentor = a_colleague("Beatriz Moura", Role.MENTOR)
    found = a_shadowing_session(nina, mentor=mentor)
    accept(found, by=mentor)
    assert "Confirm the shadowing session: Beatriz Moura" in told(nina.new_hire)
    assert told(mentor) == ""


def test_what_the_two_left_open_for_a_week_is_told_to_the_manager_instead(told: Mails) -> None:
    nina = a_running_checklist(starts_in=-30)
    mentor = a_colleague("Beatriz Moura", Role.MENTOR)
    a_shadowing_session(nina, mentor=mentor, starts_in=timedelta(days=-10))
    assert "Decide about a shadowing session: Nina Alves" in told(nina.manager)
    assert told(mentor) == ""
    assert "Write down what you saw" not in told(nina.new_hire)


def test_a_reached_gate_is_told_to_the_manager(told: Mails) -> None:
    add_usual_objectives(by=None)
    scene = a_scene(StageText(StageKind.SUPERVISED, list(objectives())[:2], sessions_required=1, minutes_required=0, needs_approval=True))
    held = scene.session()
    assert "Say whether the next stage" not in told(scene.manager)
    scene.log(held)
    scene.sign(scene.fresh(held))
    assert "Say whether the next stage of shadowing begins: Nina Alves" in told(scene.manager, later=1)


def test_a_session_without_its_mentor_is_told_to_who_finds_another(told: Mails) -> None:
    nina = a_running_checklist(starts_in=-7)
    mentor = a_colleague("Beatriz Moura", Role.MENTOR)
    found = a_shadowing_session(nina, mentor=mentor, starts_in=timedelta(days=5))
    make_employment(mentor, location=a_place()).valid_to = today() + timedelta(days=2)
    for person in (nina.manager, nina.hr):
        text = told(person)
        assert "Find another mentor for a shadowing session: Nina Alves" in text
        assert f"/shadowing/{found.public_id}" in text
    assert "Find another mentor" not in told(nina.new_hire)


def test_the_survey_is_in_the_mail_of_who_is_asked_until_they_have_answered(told: Mails) -> None:
    nina, early = a_running_checklist(starts_in=-8), a_running_checklist(name="Otto Reis", starts_in=-5)
    text = told(nina.new_hire)
    assert "Say how you are doing, in a minute" in text
    assert "/pulse/week_1" in text
    assert "how you are doing" not in told(early.new_hire)
    new_hire = get_person(nina.new_hire.public_id)
    answer(Wave.WEEK_1, dict.fromkeys(QUESTIONS, 4), "", by=new_hire, on=today())
    assert "how you are doing" not in told(new_hire, later=1)


def test_without_a_manager_human_resources_is_told_of_reviews_and_goals(told: Mails, mailbox: Any) -> None:
    found = a_review_near()
    found.report_to(None)
    smart = Smart("Keep clients", Kpi.CLIENT_RETENTION, "%", 9000, "Yes.", "Yes.", today() + timedelta(days=60), 100)
    propose_goal(found.new_hire, smart, by=found.new_hire)
    ask_for_assessments()
    assert [mail.name for mail in mailbox.to(found.hr)].count("review_asked") == 1
    assert "review_asked" not in [mail.name for mail in mailbox.to(found.manager)]
    text = told(found.hr)
    assert "Write your assessment: Nina Alves" in text
    assert "Agree on a goal, or refuse it: Nina Alves" in text
    assert {"Write your assessment", "Agree on a goal, or refuse it"} <= {item.title for item in waiting(found.hr)}
    assert "Write your assessment: Nina Alves" not in told(found.manager)
