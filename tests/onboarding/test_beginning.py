"""An onboarding begins: tasks, owners, days, mails, and only once."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

import onboarding.public
from core.clock import today
from core.db import session
from core.people.models import Employment
from core.people.rights import Role
from onboarding.checklists.models import Checklist, Task
from onboarding.templates.actions import TaskText, add_task, begin_draft, change_task, publish_template
from onboarding.templates.models import Part, Phase
from onboarding.templates.queries import get_template
from tests.factories import make_employment
from tests.situations import a_colleague, a_running_checklist, a_template


def test_each_task_gets_the_person_who_plays_the_part_and_teams_share_a_queue(app: Flask) -> None:
    found = a_running_checklist()
    owners = {key: found.task(key).owner_id for key in ("hello", "talk", "lunch", "laptop", "contract")}
    assert owners == {"hello": found.new_hire.id, "talk": found.manager.id, "lunch": found.buddy.id, "laptop": None, "contract": None}


def test_beginning_twice_changes_nothing(app: Flask, mailbox: Any) -> None:
    found = a_running_checklist()
    before = session.scalars(select(func.count()).select_from(Task)).one(), len(mailbox)
    employment = session.get_one(Employment, found.checklist.employment_id)
    onboarding.public.begin(found.new_hire, employment=employment, manager=found.manager, buddy=found.buddy, by=None)
    assert (session.scalars(select(func.count()).select_from(Task)).one(), len(mailbox)) == before
    assert session.scalars(select(func.count()).select_from(Checklist)).one() == 1


def test_manager_and_buddy_get_one_mail_each_with_their_tasks(app: Flask, mailbox: Any) -> None:
    found = a_running_checklist(name="Nina <3 O'Brien")
    to_manager, to_buddy = mailbox.to(found.manager), mailbox.to(found.buddy)
    assert len(to_manager) == len(to_buddy) == 1
    assert "Talk about the first month" in to_manager[0].text
    assert "Have lunch together" not in to_manager[0].text
    assert "Nina <3 O'Brien" in to_manager[0].text


def test_without_manager_and_buddy_human_resources_steps_in(app: Flask) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    a_template(hr=hr)
    person = a_colleague("Nina Alves", Role.NEW_HIRE)
    onboarding.public.begin(person, employment=make_employment(person, starts_on=today()), manager=None, buddy=None, by=hr)
    owners = session.scalars(select(Task.owner_id).where(Task.part.in_((Part.MANAGER, Part.BUDDY)))).all()
    assert set(owners) == {hr.id}


def test_a_new_version_of_a_template_leaves_running_checklists_as_they_are(app: Flask) -> None:
    found = a_running_checklist()
    template = get_template(a_template(hr=found.hr).public_id)
    draft = begin_draft(template, by=found.hr)
    hello = next(task for task in draft.tasks if task.key == "hello")
    change_task(hello, text=TaskText("Say hello to everybody", Phase.DAY_ONE, key="hello"), version=hello.version, by=found.hr)
    add_task(template, text=TaskText("Sign the wall", Phase.DAY_ONE), by=found.hr)
    publish_template(template, by=found.hr)
    assert found.task("hello").title == "Say hello"
    later = a_running_checklist(name="Otto Reis", hr=found.hr)
    assert later.task("hello").title == "Say hello to everybody"
    assert later.task("sign-the-wall").part is Part.NEW_HIRE


def test_progress_says_how_far_one_has_come(app: Flask) -> None:
    found = a_running_checklist(starts_in=-30)
    with app.test_request_context():
        progress = onboarding.public.progress_of(found.new_hire)
        assert onboarding.public.progress_of(found.manager) is None
    assert progress is not None
    assert (progress.done, progress.total, progress.light) == (0, 8, "red")
    assert "late" in progress.reason
