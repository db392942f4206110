"""Reminders of required training: at which step who is told, in the one mail of the day, once, whatever dies in between."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select

from core.clock import today
from core.db import session
from core.leaves.actions import LeaveFields, write_leave
from core.leaves.models import LeaveKind
from core.mail.models import OutgoingMail
from core.people.models import Person
from core.people.queries import find_employment, get_person
from core.people.rights import Role
from onboarding.reminders.actions import choose_digest, people_due, write_digests
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, an_exemption, an_officer
from training.completions.actions import complete
from training.compliance.expiry import RuleClock
from training.compliance.standing import Judgement, RuleFact, Standing
from training.reminders.models import Audience, TrainingReminder
from training.reminders.steps import nearest_at_work, reached, step_ahead, week_of
from training.requirements.models import CompletionSource

ID = UUID(int=5)


def rule(grace: int = 0) -> RuleFact:
    clock = RuleClock(grace_days=grace)
    return RuleFact(
        id=1, public_id=ID, lineage=ID, number=1, revision=1, course_id=1, job_role_id=1, due_days=30, valid_months=12, window_days=30,
        since=date(2020, 1, 1), until=None, clock=clock,
    )  # fmt: skip


@pytest.mark.parametrize(("days_left", "step"), [(31, None), (30, 30), (15, 30), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (0, 1)])
def test_steps_ahead_are_reached_rather_than_met(days_left: int, step: int | None) -> None:
    assert step_ahead(days_left) == step


@pytest.mark.parametrize(
    ("late", "grace", "state", "steps"),
    [
        (1, 0, Standing.OVERDUE, {Audience.PERSON: -1}),
        (2, 0, Standing.OVERDUE, {Audience.PERSON: -1}),
        (3, 0, Standing.OVERDUE, {Audience.PERSON: -1, Audience.MANAGER: -1}),
        (8, 0, Standing.EXPIRED, {Audience.PERSON: -2, Audience.MANAGER: -1}),
        (13, 0, Standing.LOCKED, {Audience.PERSON: -2, Audience.MANAGER: -2}),
        (14, 0, Standing.OVERDUE, {Audience.PERSON: -2, Audience.MANAGER: -2, Audience.COMPLIANCE: -1}),
        (21, 0, Standing.OVERDUE, {Audience.PERSON: -3, Audience.MANAGER: -3, Audience.COMPLIANCE: -2}),
        (5, 5, Standing.IN_GRACE, {Audience.PERSON: -1}),  # nobody else hears of it while the rule allows it
        (8, 5, Standing.OVERDUE, {Audience.PERSON: -2, Audience.MANAGER: -1}),
    ],
)
def test_overdue_is_told_every_week_and_goes_up_by_days(late: int, grace: int, state: Standing, steps: dict[Audience, int]) -> None:
    due_on = date(2026, 3, 1)
    found = reached(rule(grace), Judgement(state, due_on=due_on), on=due_on + timedelta(days=late))
    assert found is not None
    assert found.steps == steps


@pytest.mark.parametrize("state", [Standing.EXEMPT, Standing.ON_LEAVE, Standing.NOT_REQUIRED])
@pytest.mark.parametrize("days", [-10, 3])
def test_who_is_exempt_or_away_is_told_nothing(state: Standing, days: int) -> None:
    assert reached(rule(), Judgement(state, due_on=date(2026, 3, 1)), on=date(2026, 3, 1) - timedelta(days=days)) is None


def test_what_holds_is_told_before_it_runs_out_and_what_never_does_is_not() -> None:
    held = Judgement(Standing.COMPLIANT, due_on=date(2026, 3, 31))
    told = reached(rule(), held, on=date(2026, 3, 1))
    assert told is not None and told.steps == {Audience.PERSON: 30}
    assert reached(rule(), Judgement(Standing.COMPLIANT), on=date(2026, 3, 1)) is None


def test_whoever_is_nearest_above_and_at_work_hears_of_it() -> None:
    line = {1: 2, 2: 3, 3: 4, 8: 9, 9: 8}
    assert nearest_at_work(1, line, frozenset()) == 2
    assert nearest_at_work(1, line, frozenset({2, 3})) == 4
    assert nearest_at_work(4, line, frozenset()) is None
    assert nearest_at_work(8, line, frozenset({9})) is None
    assert week_of(3, since=3) == week_of(9, since=3) == -1 and week_of(10, since=3) == -2


# a Tuesday, nine o'clock in São Paulo
START = datetime(2027, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def morning(app: Any) -> Iterator[None]:
    with time_machine.travel(START, tick=False):
        yield


class Morning:
    """The mail of the morning so many days after the beginning."""

    def __init__(self, mailbox: Any) -> None:
        self.mailbox = mailbox

    def to(self, person: Person, *, day: int) -> str:
        """What the mail of that morning tells the person; empty when they get none. Never two."""
        before = {mail.id for mail in self.mailbox.to(person)}
        with time_machine.travel(START + timedelta(days=day), tick=False):
            write_digests(people_due())
        found = [mail for mail in self.mailbox.to(person) if mail.id not in before and mail.name == "onboarding_digest"]
        assert len(found) <= 1
        return f"{found[0].subject}\n{found[0].text}" if found else ""


@pytest.fixture
def mails(morning: None, mailbox: Any) -> Morning:
    return Morning(mailbox)


def a_team(*, due_in: int = 30) -> tuple[Learner, Person]:
    """Somebody of whom a course is required, due in so many days, and who leads them."""
    learner = a_learner(starts_on=today("America/Sao_Paulo") - timedelta(days=30 - due_in))
    learner.person.locale = "en"
    manager = make_person("Marcos Vidal", roles=(Role.MANAGER,))
    manager.locale = "en"
    employment = find_employment(learner.person, on=today())
    assert employment is not None
    employment.manager = manager
    session.flush()
    return learner, manager


def test_the_one_mail_of_the_day_tells_at_each_step_once(mails: Morning) -> None:
    learner, _manager = a_team()
    told = {day: mails.to(learner.person, day=day) for day in (0, 1, 2, 15, 16, 17, 22, 23, 24, 28, 29, 30, 31, 34, 36, 38, 41, 43)}
    assert [day for day, text in told.items() if "required course" in text.lower() or "Required training" in text] == [0, 16, 23, 29, 31, 38]
    assert "due in 30 days" in told[0] and learner.course.title in told[0]
    assert "overdue since" in told[31] and "1 required course is overdue" in told[31]


def test_a_step_on_a_weekend_is_told_on_monday(mails: Morning) -> None:
    learner, _manager = a_team(due_in=18)  # fourteen days ahead is a Saturday
    mails.to(learner.person, day=0)
    assert [mails.to(learner.person, day=day) != "" for day in (4, 5, 6, 7)] == [False, False, True, False]


def test_manager_and_compliance_hear_later_and_weekly(mails: Morning) -> None:
    learner, manager = a_team(due_in=0)
    officer = an_officer("Rui Officer")
    officer.locale = "en"
    session.flush()
    heard = {day: mails.to(manager, day=day) for day in (0, 1, 2, 3, 6, 7, 10, 13, 14, 17, 21, 22)}
    assert [day for day, text in heard.items() if learner.person.name in text] == [3, 10, 17]
    rows = session.execute(select(TrainingReminder.recipient_id, TrainingReminder.day).where(TrainingReminder.audience == Audience.COMPLIANCE))
    assert {day for key, day in rows if key == officer.id} == {date(2027, 3, 16), date(2027, 3, 23)}
    told = [mail.text for mail in mails.mailbox.to(officer)]
    assert len(told) == 2 and all(learner.person.name in text for text in told)


def test_a_manager_on_leave_is_spared_and_the_next_above_hears(mails: Morning) -> None:
    learner, manager = a_team(due_in=0)
    boss = make_person("Bia Boss", roles=(Role.MANAGER,))
    boss.locale = "en"
    make_employment(boss, starts_on=date(2027, 1, 4))
    make_employment(manager, starts_on=date(2027, 1, 4))
    own = find_employment(manager, on=today())
    assert own is not None
    own.manager = boss
    write_leave(manager, LeaveFields(LeaveKind.CARE, today()), by=make_person("Helena", roles=(Role.HR,)))
    assert learner.person.name in mails.to(boss, day=3)
    assert mails.to(manager, day=6) == ""


def test_who_is_on_leave_or_exempt_gets_none_and_hears_after_the_return(mails: Morning) -> None:
    learner, manager = a_team(due_in=1)
    write_leave(learner.person, LeaveFields(LeaveKind.MEDICAL, today(), today() + timedelta(days=20), 10), by=make_person("Helena", roles=(Role.HR,)))
    assert [mails.to(learner.person, day=day) for day in (0, 1, 2, 10, 20)] == [""] * 5
    assert "due in 10 days" in mails.to(learner.person, day=21)
    an_exemption(learner.person, learner.course, valid_from=today(), valid_to=today() + timedelta(days=60))
    assert [mails.to(learner.person, day=day) for day in (31, 34, 38)] == [""] * 3
    assert mails.to(manager, day=41) == ""


def test_no_choice_switches_required_training_off(mails: Morning) -> None:
    learner, manager = a_team(due_in=0)
    for person in (learner.person, manager):
        choose_digest(get_person(person.public_id), hour=11, wants_soon=False, wants_others=False, on_weekends=False)
    assert mails.to(learner.person, day=0) == ""  # nine o'clock: not before eleven
    with time_machine.travel(START + timedelta(hours=2), tick=False):
        assert "due today" in mails.to(learner.person, day=0) or write_digests(people_due())
    with time_machine.travel(START + timedelta(days=3, hours=2), tick=False):
        write_digests(people_due())
    assert session.scalars(select(func.count()).select_from(TrainingReminder).where(TrainingReminder.audience == Audience.MANAGER)).one() == 1


def test_what_was_completed_meanwhile_is_not_told(mails: Morning) -> None:
    learner, manager = a_team(due_in=0)
    complete(learner.person, learner.version, completed_on=today(), by=None, source=CompletionSource.RECORDED)
    assert [mails.to(person, day=3) for person in (learner.person, manager)] == ["", ""]


def test_a_run_that_dies_is_taken_up_without_telling_twice(mails: Morning) -> None:
    learner, _manager = a_team(due_in=7)
    session.commit()
    keys = people_due()
    assert learner.person.id in keys
    with pytest.raises(ZeroDivisionError), session.begin_nested():
        write_digests(keys)
        raise ZeroDivisionError  # the worker is killed before the commit
    session.expire_all()
    assert session.scalars(select(func.count()).select_from(TrainingReminder)).one() == 0
    for _turn in range(3):
        write_digests(people_due())
        write_digests(keys)
    told = session.scalars(select(TrainingReminder).where(TrainingReminder.recipient_id == learner.person.id)).all()
    assert [(one.audience, one.step) for one in told] == [(Audience.PERSON, 7)]
    mail = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.person_id == learner.person.id, OutgoingMail.name == "onboarding_digest")
    assert session.scalars(mail).one() == 1


def test_the_page_says_who_was_told_when_and_a_manager_sees_their_team(mails: Morning, client: Any, sign_in: Any) -> None:
    learner, manager = a_team(due_in=0)
    other = a_learner(name="Otto Outside", starts_on=date(2027, 1, 4))
    for day in (1, 3):
        mails.to(learner.person, day=day)
    with time_machine.travel(START + timedelta(days=6), tick=False):
        sign_in(an_officer("Rui Officer"))
        page = client.get("/compliance/reminders").text
        assert learner.person.name in page and other.person.name in page
        assert "Mar 3, 2027" in page and "Mar 5, 2027" in page
        assert "Otto" not in client.get("/compliance/reminders?words=Nina").text
        sign_in(manager)
        team = client.get("/compliance/reminders").text
        assert learner.person.name in team and other.person.name not in team
        assert client.last_statements <= 12
        sign_in(learner.person)
        assert client.get("/compliance/reminders").status_code == 403
