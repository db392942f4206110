"""What templates give to whom: several values, tasks that wait for others, named people and teams, previews, copies, files."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.models import Checklist, Task, TaskState
from onboarding.checklists.queries import tasks_of
from onboarding.teams.actions import make_team
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Part, Phase, Template, TemplateAttachment
from onboarding.templates.queries import draft_of, get_template
from tests.factories import make_employment, make_job_role
from tests.onboarding.test_templates_and_policies import TASK
from tests.situations import a_colleague, a_pdf, a_place, a_running_checklist

ANYONE = Match()
SignIn = Callable[[Person], Person]


def written(name: str, *texts: TaskText, hr: Person, match: Match = ANYONE, publish: bool = True) -> Template:
    hr = get_person(hr.public_id)
    template = write_template(name=name, match=match, by=hr)
    for text in texts:
        add_task(get_template(template.public_id), text=text, by=hr)
    if publish:
        publish_template(get_template(template.public_id), by=hr)
    return get_template(template.public_id)


def begun(hr: Person, name: str = "Nina Alves", **employment: Any) -> Checklist:
    new_hire = a_colleague(name, Role.NEW_HIRE)
    found = make_employment(new_hire, manager=None, location=a_place(), starts_on=today(), **employment)
    return begin_checklist(new_hire, employment=found, manager=None, buddy=None, by=get_person(hr.public_id))


def task(checklist: Checklist, key: str) -> Task:
    return next(found for found in tasks_of(checklist) if found.key == key)


def test_a_template_for_several_roles_gives_its_tasks_to_each_of_them_and_to_nobody_else(app: Flask) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    seller, teller, analyst = make_job_role("Seller"), make_job_role("Teller"), make_job_role("Analyst")
    written("Everybody", TaskText("Say hello", Phase.DAY_ONE), TaskText("Vault", Phase.DAY_ONE, match=Match(job_roles=[teller])), hr=hr)
    written("Branch", TaskText("Meet clients", Phase.DAY_ONE), hr=hr, match=Match(job_roles=[seller, teller], locations=[a_place()]))
    written("Elsewhere", TaskText("Take the ferry", Phase.DAY_ONE), hr=hr, match=Match(job_roles=[seller], locations=[a_place("Ilha")]))
    given = {role.name: {found.title for found in tasks_of(begun(hr, job_role=role))} for role in (seller, teller, analyst)}
    assert given == {"Seller": {"Say hello", "Meet clients"}, "Teller": {"Say hello", "Meet clients", "Vault"}, "Analyst": {"Say hello"}}


def test_a_locked_task_says_what_comes_first_and_cannot_be_done_before(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    laptop = TaskText("Prepare the laptop", Phase.DAY_ONE, part=Part.HR, key="laptop")
    receipt = TaskText("Try the laptop", Phase.DAY_ONE, key="receipt", waits_for=["laptop"], due_after="laptop", offset_days=3)
    written("Everybody", laptop, receipt, hr=hr)
    checklist = begun(hr)
    nina = sign_in(checklist.person)
    address = f"/onboarding/tasks/{task(checklist, 'receipt').public_id}"
    assert "This has to be done first: Prepare the laptop." in client.get(address).text
    assert "First: Prepare the laptop" in client.get("/onboarding/mine").text
    answer = client.post(f"{address}/tick")
    assert answer.status_code == 409
    assert "Prepare the laptop" in answer.text
    planned = task(checklist, "receipt").due_on
    sign_in(hr)
    task(checklist, "receipt").due_on = today() - timedelta(days=30)
    assert client.post(f"/onboarding/tasks/{task(checklist, 'laptop').public_id}/tick").status_code == 302
    assert task(checklist, "receipt").due_on == planned  # done today, so counted from today
    sign_in(nina)
    assert client.post(f"{address}/tick").status_code == 302
    assert task(checklist, "receipt").state is TaskState.DONE


def test_a_circle_and_an_unknown_task_are_refused_by_a_sentence_that_names_them(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    template = written("Everybody", TaskText("Alpha", Phase.DAY_ONE), TaskText("Beta", Phase.DAY_ONE, waits_for=["alpha"]), hr=hr, publish=False)
    written("Others", TaskText("Gamma", Phase.DAY_ONE), hr=hr, publish=False)
    draft = draft_of(template)
    assert draft is not None
    alpha = next(found for found in draft.tasks if found.key == "alpha")
    sign_in(hr)
    address = f"/onboarding/templates/tasks/{alpha.public_id}/edit"
    data = {**TASK, "title": "Alpha", "key": "alpha", "version": alpha.version, "waits_for": ["beta"]}
    answer = client.post(address, data=data)
    assert answer.status_code == 422
    assert "circle" in answer.text
    assert "“Alpha” → “Beta” → “Alpha”" in answer.text
    assert client.post(address, data={**data, "waits_for": ["gamma"]}).status_code == 422  # of a draft nobody has published
    assert client.post(address, data={**data, "waits_for": ["alpha"]}).status_code == 422
    assert client.post(f"/onboarding/templates/tasks/{alpha.public_id}/remove").status_code == 409  # Beta waits for it
    assert client.post(address, data={**data, "waits_for": [], "key": "first"}).status_code == 302
    assert next(found for found in get_template(template.public_id).editions[0].tasks if found.key == "beta").waits_for == ["first"]


def test_a_circle_across_templates_is_found_when_the_second_is_published(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    first = written("First", TaskText("Alpha", Phase.DAY_ONE), hr=hr)
    written("Second", TaskText("Beta", Phase.DAY_ONE, waits_for=["alpha"]), hr=hr)
    sign_in(hr)
    client.post(f"/onboarding/templates/{first.public_id}/draft")
    draft = draft_of(get_template(first.public_id))
    assert draft is not None
    (alpha,) = draft.tasks
    data = {**TASK, "title": "Alpha", "key": "alpha", "version": alpha.version, "waits_for": ["beta"]}
    answer = client.post(f"/onboarding/templates/tasks/{alpha.public_id}/edit", data=data)
    assert answer.status_code == 422
    assert "“Beta” → “Alpha”" in answer.text


def test_a_team_shares_a_queue_and_a_named_person_gets_the_task(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    hr, ana, bia, caio = (a_colleague(name, role) for name, role in (
        ("Helena Prado", Role.HR), ("Ana Dias", Role.BUDDY), ("Bia Luz", Role.BUDDY), ("Caio Reis", Role.BUDDY),
    ))  # fmt: skip
    team = make_team(name="Facilities", people=[ana, bia], by=hr)
    desk = TaskText("Prepare the desk", Phase.DAY_ONE, part=Part.TEAM, team=team, key="desk")
    written("Everybody", desk, TaskText("Show the safe", Phase.DAY_ONE, part=Part.PERSON, named=caio), hr=hr)
    checklist = begun(hr)
    address = f"/onboarding/tasks/{task(checklist, 'desk').public_id}"
    sign_in(caio)
    assert "Show the safe" in mailbox.to(caio)[-1].text
    assert "Show the safe" in client.get("/onboarding/tasks").text
    assert "Prepare the desk" not in client.get("/onboarding/tasks").text
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/tick").status_code == 404
    sign_in(bia)
    assert "Prepare the desk" in client.get("/onboarding/tasks").text
    assert "Facilities" in client.get(address).text
    sign_in(hr)
    make_employment(a_colleague("Clara Nunes", Role.BUDDY), location=a_place())
    data = {"name": "Facilities", "people": [str(ana.public_id)], "added-1": "Clara", "version": team.version}
    assert client.post(f"/onboarding/teams/{team.public_id}", data={**data, "added-0": "Nobody Here"}).status_code == 422
    assert client.post(f"/onboarding/teams/{team.public_id}", data=data).status_code == 302
    assert client.post(f"/onboarding/teams/{team.public_id}", data=data).status_code == 409  # somebody else saved meanwhile
    assert "Clara Nunes" in client.get(f"/onboarding/teams/{team.public_id}").text
    sign_in(bia)
    assert client.post(f"{address}/tick").status_code == 404  # no longer in the team
    sign_in(ana)
    assert client.post(f"{address}/tick").status_code == 302
    assert task(checklist, "desk").done_by_id == ana.id


def test_a_preview_shows_what_a_draft_would_give_to_whom_before_it_is_published(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    seller, teller = make_job_role("Seller"), make_job_role("Teller")
    make_employment(a_colleague("Ana Dias", Role.BUDDY), manager=None, location=a_place(), starts_on=today(), job_role=seller)
    make_employment(a_colleague("Bia Luz", Role.BUDDY), manager=None, location=a_place(), starts_on=today(), job_role=teller)
    written("Everybody", TaskText("Say hello", Phase.DAY_ONE), hr=hr)
    draft = written("Sellers", TaskText("Meet clients", Phase.DAY_ONE), hr=hr, match=Match(job_roles=[seller]), publish=False)
    sign_in(hr)
    text = client.get(f"/onboarding/templates/{draft.public_id}/preview").text
    assert "Say hello" in text
    assert "Meet clients" in text
    assert "New</span>" in text
    assert "1 of 2 people" in text
    assert "Ana Dias" in text
    assert "Bia Luz" not in text
    other = {"job_role": str(teller.public_id), "department": "", "location": str(a_place().public_id), "employment_type": "full_time"}
    department = client.get(f"/onboarding/templates/{draft.public_id}/preview").text.split('name="department"')[1].split('value="')[1].split('"')[0]
    text = client.get(
        f"/onboarding/templates/{draft.public_id}/preview", query_string={**other, "department": department, "starts_on": "2026-11-23"}
    ).text
    assert "Say hello" in text
    assert "Meet clients" not in text
    assert client.get(f"/onboarding/templates/{draft.public_id}/preview?job_role=x&starts_on=never").status_code == 422


def test_a_copy_has_the_same_tasks_criteria_and_files_as_a_draft(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    role = make_job_role("Seller")
    template = written("Sellers", TaskText("Meet clients", Phase.DAY_ONE, minutes=45), hr=hr, match=Match(job_roles=[role]), publish=False)
    sign_in(hr)
    draft = draft_of(template)
    assert draft is not None
    address = f"/onboarding/templates/tasks/{draft.tasks[0].public_id}"
    upload = {"file": (BytesIO(a_pdf()), "guide.pdf")}
    assert (
        client.post(f"{address}/attachments", data={"file": (BytesIO(b"MZ program"), "x.pdf")}, content_type="multipart/form-data").status_code == 422
    )
    assert client.post(f"{address}/attachments", data=upload, content_type="multipart/form-data").status_code == 302
    assert "guide.pdf" in client.get(f"{address}/edit").text
    assert client.post(f"/onboarding/templates/{template.public_id}/duplicate", data={"name": "Sellers"}).status_code == 422
    assert client.post(f"/onboarding/templates/{template.public_id}/duplicate", data={"name": "Tellers"}).status_code == 302
    copy = get_template(session.scalars(select(Template.public_id).where(Template.name == "Tellers")).one())
    (copied,) = copy.editions[0].tasks
    assert (copied.key, copied.minutes, [one.file.name for one in copied.attachments]) == ("meet-clients", 45, ["guide.pdf"])
    assert [criterion.job_role_id for criterion in copy.criteria] == [role.id]


def test_files_of_instructions_are_opened_by_those_who_see_the_task_and_by_nobody_else(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    template = written("Everybody", TaskText("Read the guide", Phase.DAY_ONE, key="guide"), hr=hr, publish=False)
    sign_in(hr)
    draft = draft_of(template)
    assert draft is not None
    upload = {"file": (BytesIO(a_pdf()), "guide.pdf")}
    client.post(f"/onboarding/templates/tasks/{draft.tasks[0].public_id}/attachments", data=upload, content_type="multipart/form-data")
    client.post(f"/onboarding/templates/{template.public_id}/publish")
    checklist = begun(hr)
    nina, guide = checklist.person, task(checklist, "guide").public_id
    attachment = session.scalars(select(TemplateAttachment)).one()
    address = f"/onboarding/tasks/{guide}/attachments/{attachment.public_id}"
    removed = client.post(f"/onboarding/templates/tasks/{draft.tasks[0].public_id}/attachments/{attachment.public_id}/remove")
    assert removed.status_code == 409  # it is in use
    sign_in(nina)
    assert "guide.pdf" in client.get(f"/onboarding/tasks/{guide}").text
    assert client.get(address).mimetype == "application/pdf"
    other = a_running_checklist(name="Otto Reis", hr=hr)
    sign_in(other.new_hire)
    assert client.get(address).status_code == 404
    hello = other.task("hello")
    assert client.get(f"/onboarding/tasks/{hello.public_id}/attachments/{attachment.public_id}").status_code == 404  # of another task
