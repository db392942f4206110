"""Templates as YAML: out and in again without a loss, and every mistake named with its place."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from core.clock import today
from core.db import session
from core.people.models import EmploymentType, Person
from core.people.rights import Role
from onboarding.moments import Moment
from onboarding.policies.actions import write_policy
from onboarding.task_forms.fields import FieldKind, FormField
from onboarding.teams.actions import make_team
from onboarding.templates.actions import Match, TaskText
from onboarding.templates.models import DocumentRule, Part, Phase, TaskKind, Template, TemplateState
from onboarding.templates.queries import get_template
from tests.factories import make_employment, make_job_role
from tests.onboarding.test_template_rules import written
from tests.situations import a_colleague, a_place

SignIn = Callable[[Person], Person]
BANK = FormField("", "Bank account", FieldKind.SHORT, sensitive=True)
SHIRT = FormField("", "Size of shirt", FieldKind.ONE_OF, required=False, choices=("S", "M", "no"))


def bring(client: FlaskClient, text: str | bytes) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post("/onboarding/templates/import", data={"file": (BytesIO(content), "t.yaml")}, content_type="multipart/form-data")


def test_what_is_exported_is_imported_as_a_draft_that_exports_the_same(client: FlaskClient, sign_in: SignIn) -> None:
    hr, ana = a_colleague("Helena Prado", Role.HR), a_colleague("Ana Dias", Role.BUDDY)
    make_employment(ana, manager=None, location=a_place(), starts_on=today())
    seller, team = make_job_role("Seller: north"), make_team(name="Facilities", people=[ana], by=hr)
    policy = write_policy(title="Código de Conduta", text="Be honest.", language="en", by=hr)
    texts = [
        TaskText(
            "Enviar documento", Phase.BEFORE_DAY_ONE, kind=TaskKind.DOCUMENT, offset_days=-5, document_rule=DocumentRule.IMAGE, asks_expiry=True
        ),
        TaskText("Read", Phase.DAY_ONE, kind=TaskKind.POLICY, policy=policy, waits_for=["enviar-documento"]),
        TaskText("Tell", Phase.DAY_ONE, kind=TaskKind.FORM, fields=[BANK, SHIRT], instructions="# Why\n\n- *because* \n- 'yes': no"),
        TaskText("Sign", Phase.DAY_ONE, kind=TaskKind.SIGNATURE, letter="I, {{name}}, have:\n\n{{items}}", due_after="read", offset_days=2),
        TaskText("Laptop", Phase.DAY_ONE, kind=TaskKind.REQUEST, part=Part.TEAM, team=team, item="Laptop", minutes=30),
        TaskText("Talk", Phase.DAY_30, kind=TaskKind.MEETING, part=Part.PERSON, named=ana, offset_days=20, required=False),
        TaskText("Look back", Phase.DAY_90, kind=TaskKind.REVIEW, part=Part.MANAGER, moment=Moment.PROBATION, offset_days=60),
        TaskText("Yes", Phase.DAY_ONE, match=Match(job_roles=[seller], employment_types=[EmploymentType.INTERN, EmploymentType.FULL_TIME])),
    ]
    template = written("On: the way", *texts, hr=hr, match=Match(job_roles=[seller], locations=[a_place()]))
    sign_in(hr)
    exported = client.get(f"/onboarding/templates/{template.public_id}/template.yaml")
    assert exported.headers["Content-Disposition"].startswith("attachment")
    text = exported.text
    assert bring(client, text).status_code == 422  # the name is taken
    answer = bring(client, text.replace("'On: the way'", "Another"))
    assert answer.status_code == 302, answer.text
    found = get_template(session.scalars(select(Template.public_id).where(Template.name == "Another")).one())
    assert [edition.state for edition in found.editions] == [TemplateState.DRAFT]
    assert client.get(f"/onboarding/templates/{found.public_id}/template.yaml").text == text.replace("'On: the way'", "Another")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "a mapping of keys and values is expected"),
        ("- a\n- b", "a mapping of keys and values is expected"),
        ("name: [", "Line 1, column"),
        ("name: A\nname: B", "Line 2, column 1: “name” stands here twice"),
        ("name: A\ntask: []", "“task” is not known here. Known are: name, for, tasks"),
        ("tasks: []", "name: this is missing"),
        ("name: !!python/object/apply:os.system ['true']", "Line 1, column"),
        ("a: &a [x]\nname: *a", "anchors and aliases"),
        ("name: A\ntasks: " + "[" * 5000, "nested too deeply"),
        ("name: A\ntasks: 7", "tasks: a list of at most"),
        ("name: A\ntasks:\n- title: T\n  phase: never", "task 1 (T), phase: “never” is not one of: before_day_one"),
        ("name: A\ntasks:\n- title: T\n  phase: day_one\n- key: x\n  phase: day_one", "task 2 (x), title: this is missing"),
        ("name: A\ntasks:\n- title: T\n  phase: day_one\n  days: soon", "task 1 (T), days: a whole number"),
        ("name: A\ntasks:\n- title: T\n  phase: day_one\n  required: maybe", "task 1 (T), required: true or false"),
        ("name: A\ntasks:\n- title: T\n  phase: day_one\n  colour: red", "task 1 (T): “colour” is not known here"),
        ("name: A\ntasks:\n- title: T\n  phase: day_one\n  kind: policy\n  policy: Gone", "task 1 (T), policy: “Gone” is not known here"),
        ("name: A\ntasks:\n- title: T\n  phase: day_one\n  kind: policy", "task 1 (T): Choose the policy to read"),
        ("name: A\ntasks:\n- title: T\n  phase: day_one\n  owner: {person: a@b.test}", "task 1 (T), owner, person: “a@b.test” is not known"),
        ("name: A\ntasks:\n- title: T\n  phase: day_one\n  owner: team", "task 1 (T), owner: say who"),
        ("name: A\ntasks:\n- {title: T, phase: day_one}\n- {title: T, phase: day_one}", "“t” stands in this file twice"),
        ("name: A\ntasks:\n- {title: T, phase: day_one, waits_for: [u]}", "there is no task with this key"),
        ("name: A\ntasks:\n- {title: T, phase: day_one, waits_for: [u]}\n- {title: U, phase: day_one, waits_for: [t]}", "“T” → “U” → “T”"),
        ("name: A\ntasks:\n- {title: T, phase: day_one, kind: form, fields: [{name: X, kind: one_of}]}", "task 1 (T): “X” needs from 2"),
        ("name: A\ntasks:\n- {title: T, phase: day_one, kind: signature, letter: '{{7*7}}'}", "task 1 (T): These merge fields are not known: 7*7"),
        ("name: A\nfor: {contracts: [forever]}", "for, contracts: “forever” is not one of"),
        ("name: A\nfor: {job_roles: [Nobody]}", "for, job_roles: “Nobody” is not known here"),
        ("name: 'x\u0000y'", "no YAML"),
        ("\xff\xfe".encode("latin-1"), "not text in UTF-8"),
        (b"name: " + b"x" * 400_000, "larger than"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_place_and_nothing_is_kept(
    client: FlaskClient, sign_in: SignIn, text: str | bytes, sentence: str
) -> None:
    sign_in(a_colleague("Helena Prado", Role.HR))
    answer = bring(client, text)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert session.scalars(select(func.count()).select_from(Template)).one() == 0


def test_no_file_is_said_so_and_only_human_resources_imports_and_exports(client: FlaskClient, sign_in: SignIn) -> None:
    hr = a_colleague("Helena Prado", Role.HR)
    template = written("Everybody", TaskText("Say hello", Phase.DAY_ONE), hr=hr)
    sign_in(hr)
    assert "Choose a file first." in client.post("/onboarding/templates/import", data={}, content_type="multipart/form-data").text
    sign_in(a_colleague("Marcos Vidal", Role.MANAGER))
    assert client.get("/onboarding/templates/import").status_code == 403
    assert client.get(f"/onboarding/templates/{template.public_id}/template.yaml").status_code == 403
