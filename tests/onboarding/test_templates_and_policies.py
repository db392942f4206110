"""Human resources writes templates and policies."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from core.db import session
from core.people.models import Person
from core.people.rights import Role
from onboarding.policies.models import Policy
from onboarding.policies.queries import get_policy
from onboarding.templates.models import Template, TemplateState
from onboarding.templates.queries import draft_of, get_template, published_of
from tests.factories import make_job_role
from tests.situations import a_colleague, a_template

SignIn = Callable[[Person], Person]
TASK = {
    "kind": "tick",
    "part": "new_hire",
    "phase": "first_week",
    "offset_days": "2",
    "required": "y",
    "document_rule": "document",
    "policy": "",
    "course": "",
    "named": "",
    "team": "",
    "due_after": "",
    "moment": "",
}


def test_a_template_is_written_filled_and_published(client: FlaskClient, sign_in: SignIn) -> None:
    role = make_job_role("Relationship manager")
    sign_in(a_colleague("Helena Prado", Role.HR))
    data = {"name": "Relationship managers", "job_roles": [str(role.public_id)]}
    assert client.post("/onboarding/templates/new", data=data).status_code == 302
    assert client.post("/onboarding/templates/new", data=data).status_code == 422  # the name is taken
    template = session.scalars(select(Template)).one()
    address = f"/onboarding/templates/{template.public_id}"
    assert client.post(f"{address}/publish").status_code == 422  # there is nothing in it
    assert client.post(f"{address}/tasks/new", data={**TASK, "title": "Meet the clients"}).status_code == 302
    assert client.post(f"{address}/tasks/new", data={**TASK, "title": "Meet the clients"}).status_code == 422
    assert client.post(f"{address}/publish").status_code == 302
    assert client.post(f"{address}/publish").status_code == 409
    found = get_template(template.public_id)
    assert published_of(found) is not None
    assert draft_of(found) is None
    assert "Meet the clients" in client.get(address).text
    assert "Relationship manager" in client.get("/onboarding/templates").text


def test_what_cannot_be_is_refused_at_its_field(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    template = a_template(hr=hr)
    sign_in(hr)
    address = f"/onboarding/templates/{template.public_id}/tasks/new"
    assert client.get(address).status_code == 200
    for wrong, sentence in (
        ({"title": ""}, "A title is needed."),
        ({"phase": "before_day_one"}, "negative number"),
        ({"offset_days": "900"}, "Use a number of days"),
        ({"offset_days": "soon"}, "Not a valid integer"),
        ({"kind": "policy"}, "Choose the policy"),
        ({"kind": "training"}, "Choose the course"),
        ({"kind": "document", "part": "manager"}, "Only the new hire"),
        ({"kind": "form"}, "A form needs at least one field"),
        ({"kind": "form", "fields-0-label": "X", "fields-0-kind": "one_of", "fields-0-choices": "one"}, "needs from 2"),
        ({"kind": "form", "fields-0-label": "X", "fields-0-kind": "short", "fields-1-label": "x", "fields-1-kind": "short"}, "Two fields are called"),
        ({"kind": "signature", "letter": "I, {{nobody}}"}, "These merge fields are not known: nobody"),
        ({"kind": "signature", "letter": " "}, "Write the text"),
        ({"kind": "request", "part": "it"}, "Say what is asked for"),
        ({"kind": "meeting"}, "somebody else than the new hire"),
        ({"kind": "review", "part": "manager"}, "Choose when it is looked back"),
        ({"part": "person"}, "Choose who does it"),
        ({"part": "team"}, "Choose the team"),
        ({"minutes": "0"}, "Estimate from 1"),
        ({"waits_for": ["a-key-of-nothing"]}, "a-key-of-nothing"),
    ):
        answer = client.post(address, data={**TASK, "title": "A task", **wrong})
        assert answer.status_code == 422, wrong
        assert sentence in answer.text, wrong


def test_a_form_is_defined_field_by_field_and_shown_again_to_be_changed(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    template = a_template(hr=hr)
    sign_in(hr)
    bank = {"fields-0-label": "Bank account", "fields-0-kind": "short", "fields-0-required": "y", "fields-0-sensitive": "y", "fields-0-choices": ""}
    shirt = {"fields-1-label": "Shirt", "fields-1-kind": "one_of", "fields-1-choices": "S\nM\n\nM", "fields-2-label": "", "fields-2-kind": "short"}
    data = {**TASK, "title": "Tell us", "kind": "form", "minutes": "5", **bank, **shirt}
    assert client.post(f"/onboarding/templates/{template.public_id}/tasks/new", data=data).status_code == 302
    draft = draft_of(get_template(template.public_id))
    assert draft is not None
    task = next(found for found in draft.tasks if found.key == "tell-us")
    assert task.fields == [
        {"key": "bank-account", "label": "Bank account", "kind": "short", "required": True, "sensitive": True, "choices": []},
        {"key": "shirt", "label": "Shirt", "kind": "one_of", "required": False, "sensitive": False, "choices": ["S", "M"]},
    ]
    address = f"/onboarding/templates/tasks/{task.public_id}/edit"
    assert 'value="Bank account"' in client.get(address).text
    renamed = {**data, "fields-0-key": "bank-account", "fields-0-label": "Account", "key": "tell-us", "version": str(task.version)}
    assert client.post(address, data=renamed).status_code == 302
    assert task.fields[0]["key"] == "bank-account"  # so that what was written before is still found
    assert task.fields[0]["label"] == "Account"


def test_a_published_version_is_not_edited_a_new_one_is_begun(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    template = get_template(a_template(hr=hr).public_id)
    sign_in(hr)
    published = published_of(template)
    assert published is not None
    task = published.tasks[0].public_id
    assert client.post(f"/onboarding/templates/tasks/{task}/edit", data={**TASK, "title": "Other", "version": 1}).status_code == 409
    assert client.post(f"/onboarding/templates/tasks/{task}/remove").status_code == 409
    assert client.post(f"/onboarding/templates/{template.public_id}/draft").status_code == 302
    assert client.post(f"/onboarding/templates/{template.public_id}/publish").status_code == 302
    states = {edition.number: edition.state for edition in get_template(template.public_id).editions}
    assert states == {1: TemplateState.SUPERSEDED, 2: TemplateState.PUBLISHED}


def test_two_people_editing_one_task_of_a_draft_the_second_keeps_what_they_typed(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    template = get_template(a_template(hr=hr).public_id)
    sign_in(hr)
    client.post(f"/onboarding/templates/{template.public_id}/draft")
    draft = draft_of(get_template(template.public_id))
    assert draft is not None
    task = next(task for task in draft.tasks if task.key == "hello")
    address, version = f"/onboarding/templates/tasks/{task.public_id}/edit", task.version
    assert client.get(address).status_code == 200
    assert client.post(address, data={**TASK, "title": "Say hello to all", "key": "hello", "version": version}).status_code == 302
    sign_in(a_colleague("Iris Melo", Role.HR))
    answer = client.post(address, data={**TASK, "title": "Greet", "instructions": "With a **smile**", "key": "hello", "version": version})
    assert answer.status_code == 409
    assert 'value="Greet"' in answer.text
    assert "With a **smile**" in answer.text
    assert "Say hello to all" in answer.text  # what is saved by now


def test_a_policy_keeps_every_version_and_refuses_a_second_writer(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(a_colleague("Helena Prado", Role.HR))
    client.post("/policies/new", data={"title": "Travel", "language": "en", "text": "Economy."})
    policy = session.scalars(select(Policy)).one()
    address = f"/policies/{policy.public_id}/publish"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"text": "Economy.", "summary": "", "number": 1}).status_code == 422  # nothing changed
    assert client.post(address, data={"text": "Economy <script>x</script>", "summary": "More", "number": 1}).status_code == 302
    answer = client.post(address, data={"text": "Business.", "summary": "", "number": 1})
    assert answer.status_code == 409
    assert "Business." in answer.text
    assert [edition.text for edition in get_policy(policy.public_id).editions] == ["Economy <script>x</script>", "Economy."]
    assert "<script>x" not in client.get(f"/policies/{policy.public_id}").text


def test_everybody_reads_policies_and_only_human_resources_writes_them(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(a_colleague("Nina Alves", Role.NEW_HIRE))
    assert client.get("/policies").status_code == 200
    assert client.get("/policies/new").status_code == 403
    assert client.get("/onboarding/templates").status_code == 403
