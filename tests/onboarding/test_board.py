"""The board shows who is where on their way in, what is late with whom, and lets it be put right."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from time_machine import travel

from core.accounts.actions import open_account
from core.clock import today
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.board.month import beside, month_of, weeks_of
from onboarding.board.queries import BoardFilter, board
from onboarding.board.stages import Stage
from onboarding.checklists.actions import tick_task
from onboarding.checklists.models import Checklist
from onboarding.reminders.models import Nudge
from tests.factories import make_employment
from tests.onboarding.test_sight import statements_of
from tests.situations import Onboarding, a_colleague, a_place, a_running_checklist

SignIn = Callable[[Person], Person]


def stage_of(found: Onboarding) -> Stage:
    rows = board(get_person(found.hr.public_id), BoardFilter(), on=today(), number=1).rows
    return next(row.stage for row in rows if row.checklist.id == found.checklist.id)


@pytest.mark.parametrize(
    ("starts_in", "stage"),
    [
        (1, Stage.PREBOARDING),
        (0, Stage.FIRST_WEEK),
        (-6, Stage.FIRST_WEEK),
        (-7, Stage.FIRST_MONTH),
        (-29, Stage.FIRST_MONTH),
        (-30, Stage.RAMPING_UP),
    ],
)
def test_the_stage_follows_the_calendar(app: object, starts_in: int, stage: Stage) -> None:
    assert stage_of(a_running_checklist(starts_in=starts_in)) is stage


def test_before_day_one_the_stage_follows_what_was_done(app: object) -> None:
    found = a_running_checklist(starts_in=10)
    account = open_account(get_person(found.new_hire.public_id))
    session.flush()
    assert stage_of(found) is Stage.INVITED
    account.password_hash = "x"
    session.flush()
    assert stage_of(found) is Stage.PREBOARDING
    found.task("document").state = "submitted"
    session.flush()
    assert stage_of(found) is Stage.PRE_START


def test_filters_narrow_the_board(client: FlaskClient, sign_in: SignIn) -> None:
    nina = a_running_checklist(starts_in=-20)
    a_running_checklist(name="Otto Reis", hr=nina.hr, starts_in=20)
    sign_in(nina.hr)

    def names(query: str) -> set[str]:
        text = client.get(f"/onboarding?{query}").text
        return {name for name in ("Nina Alves", "Otto Reis") if name in text}

    assert names("") == {"Nina Alves", "Otto Reis"}
    assert names("stage=first_month") == {"Nina Alves"}
    assert names("stage=preboarding") == {"Otto Reis"}
    assert names("late=yes") == {"Nina Alves"}
    assert names("words=otto") == {"Otto Reis"}
    assert names(f"location={a_place().public_id}") == {"Nina Alves", "Otto Reis"}
    assert names("location=00000000-0000-0000-0000-000000000007") == set()
    assert names("kind=leaving") == set()
    assert names("stage=nonsense&department=nonsense&state=nonsense") == {"Nina Alves", "Otto Reis"}


def test_what_is_late_stands_with_its_owner_and_its_task(client: FlaskClient, sign_in: SignIn) -> None:
    nina = a_running_checklist(starts_in=-20)
    for number in range(3):
        a_running_checklist(name=f"Person {number}", hr=nina.hr, manager=nina.manager, starts_in=-20)
    tick_task(nina.task("talk"), by=get_person(nina.manager.public_id))
    sign_in(nina.hr)
    page = html.document_fromstring(client.get("/onboarding/late").text)
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert any(row.startswith("Marcos Vidal 3") for row in rows)
    assert any(row.startswith("Queue: IT 4") for row in rows)
    assert any(row.startswith("Talk about the first month 3") for row in rows)
    sign_in(a_colleague("Gil Torres", Role.MANAGER))
    assert "Nothing is late" in client.get("/onboarding/late").text
    sign_in(nina.new_hire)
    assert client.get("/onboarding/late").status_code == 403


def test_a_reminder_by_hand_is_one_mail_a_day_and_waits_for_the_morning(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    with travel("2027-03-03 15:00:00 +0000", tick=False):
        nina = a_running_checklist(starts_in=-20)
        address = f"/onboarding/late/{nina.manager.public_id}/nudge"
        sign_in(nina.hr)
        assert "Remind" in client.get("/onboarding/late").text
        client.post(address)
        client.post(address)
        sent = [mail for mail in mailbox.to(nina.manager) if mail.name == "onboarding_nudge"]
        assert len(sent) == 1 and sent[0].send_at is None
        assert "Nina Alves" in sent[0].text and "Talk about the first month" in sent[0].text
        page = client.get("/onboarding/late").text
        assert "was reminded today already, by Helena Prado" in page
        assert "Reminded today" in page
    with travel("2027-03-06 01:30:00 +0000", tick=False):  # Friday, half past ten in the evening
        client.post(address)
        late = [mail for mail in mailbox.to(nina.manager) if mail.name == "onboarding_nudge"]
        assert len(late) == 2 and late[1].send_at.isoformat() == "2027-03-08T10:00:00+00:00"


def test_who_owes_nothing_is_not_reminded(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    nina = a_running_checklist(starts_in=-20)
    stranger = a_colleague("Gil Torres", Role.MANAGER)
    sign_in(nina.hr)
    client.post(f"/onboarding/late/{stranger.public_id}/nudge")
    sign_in(stranger)  # manages nobody here
    client.post(f"/onboarding/late/{nina.manager.public_id}/nudge")
    sign_in(a_colleague("Olga Reis", Role.AUDITOR))
    client.post(f"/onboarding/late/{nina.manager.public_id}/nudge")
    assert not session.scalars(select(Nudge)).all()


def test_tasks_are_handed_over_as_they_were_shown_and_chosen(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    nina = a_running_checklist(starts_in=-20)
    otto = a_running_checklist(name="Otto Reis", hr=nina.hr, manager=nina.manager, starts_in=-20)
    new = a_colleague("Olívia Paz", Role.MANAGER)
    make_employment(new, location=a_place())
    sign_in(nina.hr)
    assert "Marcos Vidal" in client.get("/onboarding/hand-over").text
    address = f"/onboarding/hand-over?owner={nina.manager.public_id}"
    shown = client.get(address).text
    assert "Nina Alves" in shown and "Otto Reis" in shown and "2 open tasks" in shown
    data = {"taker": str(new.public_id), "tasks": [str(nina.task("talk").public_id)]}
    assert client.post(address, data=data).status_code == 302
    assert nina.task("talk").owner_id == new.id
    assert otto.task("talk").owner_id == nina.manager.id
    stranger = a_running_checklist(name="Pia Sol", hr=nina.hr)  # a task that is not the manager's cannot be slipped in
    forged = {"taker": str(new.public_id), "tasks": [str(stranger.task("talk").public_id)]}
    assert client.post(address, data=forged).status_code == 422
    assert stranger.task("talk").owner_id == stranger.manager.id
    sign_in(nina.manager)
    assert client.get(address).status_code == 403


def test_the_calendar_shows_first_days_and_is_walked_by_links(client: FlaskClient, sign_in: SignIn) -> None:
    with travel("2027-03-03 15:00:00 +0000", tick=False):
        nina = a_running_checklist(starts_in=12)
        sign_in(nina.hr)
        page = html.document_fromstring(client.get("/onboarding/calendar").text)
        day = page.xpath("//td[time[@datetime='2027-03-15']]")[0]
        assert "Nina Alves" in day.text_content()
        assert page.xpath("//time[@aria-current='date']/@datetime") == ["2027-03-03"]
        later = page.xpath("//a[contains(., 'Later')]/@href")[0]
        assert "Nina Alves" not in client.get(later).text
        for odd in ("nonsense", "9999-99", "1000-01", "2200-01"):
            assert client.get(f"/onboarding/calendar?month={odd}").status_code == 200


def test_months_have_whole_weeks_and_neighbours() -> None:
    month = month_of("2027-03", otherwise=date(2026, 1, 9))
    assert (beside(month, later=False), beside(month, later=True)) == ("2027-02", "2027-04")
    weeks = weeks_of(month)
    assert (weeks[0][0], weeks[-1][-1]) == (date(2027, 3, 1), date(2027, 4, 4))
    assert month_of("x", otherwise=date(2026, 1, 9)) == date(2026, 1, 1)


def test_one_tap_does_a_task_and_another_takes_it_back(client: FlaskClient, sign_in: SignIn) -> None:
    nina = a_running_checklist()
    sign_in(nina.manager)
    page = html.document_fromstring(client.get("/onboarding/tasks").text)
    form = page.xpath(f"//li[@id='task-{nina.task('talk').public_id}']//form")[0]
    tapped = client.post(form.get("hx-post"), headers={"HX-Request": "true"})
    assert tapped.status_code == 200
    item = html.fragment_fromstring(tapped.text.strip())
    assert item.get("id") == f"task-{nina.task('talk').public_id}"
    assert "Undo" in item.text_content() and "Done" in item.text_content()
    assert nina.task("talk").done_at is not None
    back = client.post(item.xpath(".//form/@hx-post")[0], headers={"HX-Request": "true"})
    assert back.status_code == 200
    assert nina.task("talk").done_at is None
    assert client.post(form.get("action"), data={"next": "/onboarding/tasks"}).location == "/onboarding/tasks"


def test_the_views_cost_the_same_with_two_and_with_twelve_people(client: FlaskClient, sign_in: SignIn) -> None:
    first = a_running_checklist(starts_in=-20)
    a_running_checklist(name="Otto Reis", hr=first.hr, starts_in=-19)
    addresses = ["/onboarding", "/onboarding/late", "/onboarding/calendar", "/onboarding/hand-over"]
    sign_in(first.hr)
    few = {address: statements_of(client, address) for address in addresses}
    for number in range(10):
        a_running_checklist(name=f"Person {number}", hr=first.hr, starts_in=-20 + number)
    assert session.scalars(select(Checklist)).all()
    many = {address: statements_of(client, address) for address in addresses}
    assert many == few
    assert max(many.values()) <= 12, many
