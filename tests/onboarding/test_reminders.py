"""One mail a day and person with all that waits, in their morning and language; late tasks climb the reporting line."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from time_machine import travel

from core.clock import today
from core.db import db, session
from core.people.models import Location, Person
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.checklists.actions import tick_task
from onboarding.reminders.actions import choose_digest, people_due, set_reminders, write_digests
from onboarding.reminders.escalation import LateTasks, escalated, long_late
from onboarding.reminders.models import Digest, DigestChoice
from onboarding.reminders.mornings import is_morning
from tests.factories import make_company, make_employment
from tests.situations import a_colleague, a_place, a_running_checklist, a_shadowing_session

SignIn = Callable[[Person], Person]
WEDNESDAY = "2027-03-03 12:00:00 +0000"  # nine in the morning in São Paulo


@pytest.fixture
def morning(app: object) -> Any:
    """A Wednesday, nine o'clock in São Paulo."""
    with travel(WEDNESDAY, tick=False):
        yield


def digests_to(mailbox: Any, person: Person) -> list[Any]:
    return [mail for mail in mailbox.to(person) if mail.name == "onboarding_digest"]


def test_everything_that_waits_comes_in_one_mail(morning: None, mailbox: Any, run_jobs: Callable[[], int]) -> None:
    nina = a_running_checklist(starts_in=-2)  # on Monday
    a_running_checklist(name="Otto Reis", hr=nina.hr, manager=nina.manager, starts_in=0)
    mentor = a_colleague("Beatriz Moura", Role.MENTOR)
    a_shadowing_session(nina, mentor=mentor, starts_in=timedelta(days=-1))
    write_digests(people_due())
    to_manager = digests_to(mailbox, nina.manager)
    assert len(to_manager) == 1
    text = to_manager[0].text
    assert text.index("Late") < text.index("Talk about the first month, Nina Alves") < text.index("Due today") < text.index("Otto Reis")
    own = digests_to(mailbox, nina.new_hire)[0].text
    assert "Bring your identity card" in own and "Write down what you saw while shadowing: Beatriz Moura" in own
    assert "Prepare the laptop" not in own
    assert "Sign off the shadowing session: Nina Alves" in digests_to(mailbox, mentor)[0].text
    assert "Human resources: 2 tasks are due" in digests_to(mailbox, nina.hr)[0].text
    assert "/onboarding/mine" in own and "/onboarding/tasks" in text


def test_running_it_again_doubles_nothing(morning: None, mailbox: Any) -> None:
    nina = a_running_checklist(starts_in=-2)
    due = people_due()
    assert write_digests(due) > 0
    before = len(mailbox)
    assert write_digests(due) == 0  # a worker that was killed, or a second one
    assert people_due() == []
    assert len(mailbox) == before
    with travel("2027-03-04 12:00:00 +0000", tick=False):
        write_digests(people_due())
    assert len(digests_to(mailbox, nina.manager)) == 2


def test_the_job_of_the_timetable_writes_them_in_batches(morning: None, mailbox: Any, run_jobs: Callable[[], int], app: object) -> None:
    from onboarding.reminders.tasks import remind

    nina = a_running_checklist(starts_in=-2)
    remind()
    remind()
    run_jobs()
    assert len(digests_to(mailbox, nina.manager)) == 1


def test_nothing_waits_no_mail(morning: None, mailbox: Any) -> None:
    nina = a_running_checklist(starts_in=40)
    write_digests(people_due())
    assert digests_to(mailbox, nina.manager) == []
    tick_task(nina.task("talk"), by=get_person(nina.manager.public_id))


def test_it_comes_in_the_language_and_the_morning_of_its_reader(app: object, mailbox: Any) -> None:
    with travel(WEDNESDAY, tick=False):
        nina = a_running_checklist(starts_in=-2)
        nina.manager.locale, nina.buddy.time_zone = "pt_BR", "America/Los_Angeles"
        nina.buddy.locale = "pt_BR"
        lunch = nina.task("lunch")
        lunch.due_on = today()
        session.flush()
        write_digests(people_due())
        assert "Olá" in digests_to(mailbox, nina.manager)[0].text
        assert digests_to(mailbox, nina.buddy) == []  # four in the morning there
    with travel("2027-03-03 16:00:00 +0000", tick=False):
        write_digests(people_due())
    assert len(digests_to(mailbox, nina.buddy)) == 1


@pytest.mark.parametrize(
    ("at", "zone", "choice", "expected"),
    [
        (datetime(2027, 3, 3, 9, 59, tzinfo=UTC), "America/Sao_Paulo", None, False),  # 06:59
        (datetime(2027, 3, 3, 10, 0, tzinfo=UTC), "America/Sao_Paulo", None, True),
        (datetime(2027, 3, 3, 15, 0, tzinfo=UTC), "America/Sao_Paulo", None, False),  # noon
        (datetime(2027, 3, 3, 10, 0, tzinfo=UTC), "America/Sao_Paulo", DigestChoice(hour=9, on_weekends=False), False),
        (datetime(2027, 3, 6, 12, 0, tzinfo=UTC), "America/Sao_Paulo", None, False),  # Saturday
        (datetime(2027, 3, 6, 12, 0, tzinfo=UTC), "America/Sao_Paulo", DigestChoice(hour=7, on_weekends=True), True),
        (datetime(2027, 3, 26, 12, 0, tzinfo=UTC), "America/Sao_Paulo", None, False),  # Good Friday
        (datetime(2027, 3, 28, 6, 30, tzinfo=UTC), "Europe/Lisbon", DigestChoice(hour=7, on_weekends=True), True),  # 07:30, the clocks went on
        (datetime(2027, 3, 27, 6, 30, tzinfo=UTC), "Europe/Lisbon", DigestChoice(hour=7, on_weekends=True), False),  # 06:30, the day before
    ],
)
def test_mornings(at: datetime, zone: str, choice: DigestChoice | None, expected: bool) -> None:
    assert is_morning(at, zone, choice, Location(name="x", country="BR", region="SP")) is expected


def test_optional_parts_can_be_switched_off(morning: None, client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    nina = a_running_checklist(starts_in=1)
    talk = nina.task("talk")
    assert talk.due_on == today() + timedelta(days=1)
    sign_in(nina.manager)
    assert client.get("/onboarding/reminders/mine").status_code == 200
    assert client.post("/onboarding/reminders/mine", data={"hour": "3"}).status_code == 422
    assert client.post("/onboarding/reminders/mine", data={"hour": "8", "wants_others": "y"}).status_code == 302
    write_digests(people_due())
    assert digests_to(mailbox, nina.manager) == []
    choose_digest(get_person(nina.buddy.public_id), hour=11, wants_soon=True, wants_others=True, on_weekends=False)
    assert nina.buddy.id not in people_due()


MANAGERS = {1: 2, 2: 3, 3: 4, 9: 9}
DAY = date(2027, 3, 10)


@pytest.mark.parametrize(("days", "heard"), [(2, []), (3, [2]), (5, [2]), (6, [2, 3]), (9, [2, 3, 4]), (60, [2, 3, 4])])
def test_late_tasks_climb_one_step_every_few_days(days: int, heard: list[int]) -> None:
    late = [LateTasks(1, DAY - timedelta(days=days), 2), LateTasks(9, DAY - timedelta(days=60), 1)]
    assert sorted(escalated(late, MANAGERS, every=3, on=DAY)) == heard


def test_what_is_late_for_long_is_told_to_human_resources_by_owner() -> None:
    late = [LateTasks(1, DAY - timedelta(days=7), 1), LateTasks(1, DAY - timedelta(days=8), 2), LateTasks(2, DAY - timedelta(days=6), 9)]
    assert [(line.owner_id, line.count) for line in long_late(late, days=7, on=DAY)] == [(1, 3)]


def test_the_manager_of_an_owner_reads_of_it_as_human_resources_has_set(morning: None, client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    above = a_colleague("Dora Luz", Role.MANAGER)
    manager = a_colleague("Marcos Vidal", Role.MANAGER)
    make_employment(manager, location=a_place(), manager=above)
    nina = a_running_checklist(manager=manager, starts_in=-7)
    write_digests(people_due())
    assert "Marcos Vidal: 1 task, late since" in digests_to(mailbox, above)[0].text
    assert "Marcos Vidal: 1 task, late since" in digests_to(mailbox, nina.hr)[0].text
    sign_in(nina.hr)
    assert client.get("/onboarding/reminders").status_code == 200
    data = {"escalate_after_days": "10", "hr_after_days": "20", "soon_days": "3", "version": "0"}
    assert client.post("/onboarding/reminders", data={**data, "soon_days": "99"}).status_code == 422
    assert client.post("/onboarding/reminders", data=data).status_code == 302
    assert client.post("/onboarding/reminders", data={**data, "version": "77"}).status_code == 409
    with travel("2027-03-04 12:00:00 +0000", tick=False):
        write_digests(people_due())
    assert len(digests_to(mailbox, above)) == 1
    sign_in(manager)
    assert client.get("/onboarding/reminders").status_code == 403


def statements_for(keys: list[int]) -> int:
    session.commit()  # everything is read anew
    seen: list[str] = []

    def count(connection: object, cursor: object, statement: str, *more: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert write_digests(keys) > 0
        session.flush()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)


def test_it_asks_the_database_as_often_for_twelve_people_as_for_two(morning: None) -> None:
    make_company()
    first = a_running_checklist(starts_in=-7)
    write_digests([first.hr.id])
    few = statements_for([first.manager.id, first.new_hire.id])
    others = [a_running_checklist(name=f"Person {number}", hr=first.hr, starts_in=-7) for number in range(6)]
    many = statements_for([key for found in others for key in (found.manager.id, found.new_hire.id)])
    assert many <= few
    assert session.scalars(select(func.count()).select_from(Digest)).one() == 15


def test_two_settings_are_not_written(app: object) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    set_reminders(escalate_after_days=2, hr_after_days=5, soon_days=1, version=0, by=hr)
    with pytest.raises(Exception, match="human resources"):
        set_reminders(escalate_after_days=2, hr_after_days=5, soon_days=1, version=1, by=a_colleague("Gil Torres", Role.MANAGER))
