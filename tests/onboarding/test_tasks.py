"""Doing tasks: ticks, documents and their review, policies, waivers, edits."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from core.clock import today
from core.files.store import store_bytes
from core.people.models import Person
from core.people.queries import find_employment, get_person
from core.people.rights import Role
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.models import Checklist, ChecklistState, TaskState
from onboarding.checklists.queries import standing_of
from onboarding.policies.actions import hash_of, publish_version
from onboarding.policies.queries import get_policy, latest_acknowledgement
from onboarding.templates.actions import Match, TaskText, add_task, publish_template, write_template
from onboarding.templates.models import Phase, TaskKind
from tests.situations import a_colleague, a_pdf, a_running_checklist
from tests.training.situations import Learner, a_learner, a_passed_exam, an_officer
from training.equivalences.actions import Certificate, accept, hand_in
from training.equivalences.cataloguing import add_course, write_kind
from training.equivalences.models import Validity
from training.equivalences.queries import get_kind
from training.equivalences.validity import Terms

SignIn = Callable[[Person], Person]


def post(client: FlaskClient, task: Any, act: str, **data: Any) -> Any:
    return client.post(f"/onboarding/tasks/{task.public_id}/{act}", data=data, content_type="multipart/form-data" if "file" in data else None)


def upload(content: bytes, name: str = "rg.pdf") -> Any:
    return (BytesIO(content), name)


def test_a_tick_is_done_in_place_and_undone(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.new_hire)
    answer = post(client, found.task("hello"), "tick", next="/onboarding/mine")
    assert answer.location == "/onboarding/mine"
    assert found.task("hello").done_by_id == found.new_hire.id
    assert post(client, found.task("hello"), "tick").status_code == 302  # a double tap is friendly
    assert "Undo" in client.get("/onboarding/mine").text
    post(client, found.task("hello"), "reopen")
    assert found.task("hello").state is TaskState.OPEN


def test_going_back_leads_to_pages_of_ours_only(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.new_hire)
    assert post(client, found.task("hello"), "tick", next="//evil.test").location.startswith("/onboarding/tasks/")


def test_a_document_is_handed_in_sent_back_handed_in_again_and_accepted(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    found = a_running_checklist()
    sign_in(found.new_hire)
    assert post(client, found.task("document"), "hand-in", file=upload(a_pdf())).status_code == 302
    assert found.task("document").state is TaskState.SUBMITTED
    sign_in(found.hr)
    assert "Review" in client.get("/onboarding/tasks").text
    assert client.get(f"/onboarding/tasks/{found.task('document').public_id}/file").mimetype == "application/pdf"
    version = found.task("document").version
    assert post(client, found.task("document"), "return", reason="", version=version).status_code == 422
    assert post(client, found.task("document"), "return", reason="The back is missing.", version=version).status_code == 302
    assert "The back is missing." in mailbox.to(found.new_hire)[-1].text
    sign_in(found.new_hire)
    assert "The back is missing." in client.get("/onboarding/mine").text
    post(client, found.task("document"), "hand-in", file=upload(a_pdf("both sides")))
    sign_in(found.hr)
    assert post(client, found.task("document"), "accept", version=version).status_code == 409  # another document than the one seen
    assert post(client, found.task("document"), "accept", version=found.task("document").version).status_code == 302
    assert found.task("document").state is TaskState.DONE
    assert post(client, found.task("document"), "accept", version=0).status_code == 302  # the same again is friendly
    sign_in(found.new_hire)
    assert post(client, found.task("document"), "hand-in", file=upload(a_pdf())).status_code == 409


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.pdf"), (b"MZ\x90\x00 program", "rg.pdf"), (b"<script>alert(1)</script>", "rg.png"), (b"%PDF-1.4 broken", "../../rg.pdf")],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(client: FlaskClient, sign_in: SignIn, content: bytes, name: str) -> None:
    found = a_running_checklist()
    sign_in(found.new_hire)
    answer = post(client, found.task("document"), "hand-in", file=upload(content, name))
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert found.task("document").state is TaskState.OPEN


def test_nothing_chosen_is_said_so(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.new_hire)
    answer = post(client, found.task("document"), "hand-in")
    assert answer.status_code == 422
    assert "Choose a file" in answer.text


def test_a_policy_is_acknowledged_by_typing_ones_name_in_any_case_and_spacing(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.new_hire)
    task, sha256 = found.task("policy"), hash_of("Be honest.")
    assert sha256 in client.get(f"/onboarding/tasks/{task.public_id}").text
    assert post(client, task, "acknowledge", typed_name="Somebody Else", sha256=sha256).status_code == 422
    assert post(client, task, "acknowledge", typed_name="", sha256=sha256).status_code == 422
    assert post(client, task, "acknowledge", typed_name="  nina   ALVES ", sha256=sha256).status_code == 302
    kept = latest_acknowledgement(found.task("policy").policy_id or 0, found.new_hire.id)
    assert kept is not None
    assert (kept.sha256, kept.typed_name) == (sha256, "nina ALVES")
    assert post(client, found.task("policy"), "acknowledge", typed_name="Nina Alves", sha256=sha256).status_code == 409
    assert post(client, found.task("policy"), "tick").status_code == 302  # nothing to do twice
    assert post(client, found.task("policy"), "reopen").status_code == 409


def test_a_version_that_is_no_longer_in_force_cannot_be_acknowledged(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    task = found.task("policy")
    assert task.policy is not None
    policy = get_policy(task.policy.public_id)
    publish_version(policy, text="Be honest and kind.", summary="Kindness", number=1, by=found.hr)
    sign_in(found.new_hire)
    answer = post(client, task, "acknowledge", typed_name="Nina Alves", sha256=hash_of("Be honest."))
    assert answer.status_code == 409
    assert "newer version" in answer.text
    assert "Be honest and kind." in answer.text
    assert post(client, task, "acknowledge", typed_name="Nina Alves", sha256=hash_of("Be honest and kind.")).status_code == 302


def test_two_people_editing_one_task_the_second_gets_409_and_keeps_what_they_typed(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    task = found.task("talk")
    address = f"/onboarding/tasks/{task.public_id}/edit"
    typed = {"title": "Talk", "due_on": "2026-12-01", "owner": str(found.manager.public_id), "version": task.version}
    sign_in(found.hr)
    assert client.get(address).status_code == 200
    assert client.post(address, data=typed).status_code == 302
    sign_in(a_colleague("Iris Melo", Role.HR))
    answer = client.post(address, data={**typed, "title": "Talk at length", "due_on": "2026-12-08"})
    assert answer.status_code == 409
    assert 'value="Talk at length"' in answer.text
    assert f'value="{found.task("talk").version}"' in answer.text  # so that saving again works
    assert found.task("talk").title == "Talk"


def test_only_the_new_hire_can_own_what_only_they_can_do(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    task = found.task("document")
    sign_in(found.hr)
    data = {"title": "ID", "due_on": "2026-12-01", "owner": str(found.manager.public_id), "version": task.version}
    assert client.post(f"/onboarding/tasks/{task.public_id}/edit", data=data).status_code in (200, 422)
    assert found.task("document").owner_id == found.new_hire.id


def test_a_cancelled_onboarding_waits_for_nobody(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.hr)
    address = f"/onboarding/{found.checklist.public_id}"
    assert client.post(f"{address}/complete").status_code == 409
    assert client.post(f"{address}/cancel", data={"reason": ""}).status_code == 422
    assert client.post(f"{address}/cancel", data={"reason": "Took another offer."}).status_code == 302
    assert found.checklist.state is ChecklistState.CANCELLED
    assert "Nina Alves" not in client.get("/onboarding/tasks").text
    sign_in(found.new_hire)
    assert post(client, found.task("hello"), "tick").status_code == 409


def test_an_onboarding_closes_when_everything_is_done(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    sign_in(found.hr)
    for key in ("document", "laptop", "contract", "hello", "policy", "talk", "lunch", "shadowing"):
        post(client, found.task(key), "waive", kind="waived", why="Came back after a year.", until=str(today() + timedelta(days=90)))
    sign_in(a_colleague("Iris Melo", Role.HR))
    for key in ("document", "laptop", "contract", "hello", "policy", "talk", "shadowing"):
        assert found.checklist.state is ChecklistState.RUNNING
        post(client, found.task(key), "waive/approve")
    assert found.checklist.state is ChecklistState.DONE
    post(client, found.task("talk"), "reopen")
    assert found.checklist.state is ChecklistState.RUNNING


def a_course_to_learn() -> tuple[Learner, Checklist]:
    """An onboarding that asks for one course and nothing else."""
    learner = a_learner()
    hr = a_colleague("Helena Prado", Role.HR)
    template = write_template(name="Learners", match=Match(), by=hr)
    add_task(template, text=TaskText("Learn", Phase.FIRST_WEEK, kind=TaskKind.TRAINING, course_id=learner.course.id, offset_days=5), by=hr)
    publish_template(template, by=hr)
    employment = find_employment(learner.person, on=today())
    assert employment is not None
    return learner, begin_checklist(learner.person, employment=employment, manager=None, buddy=None, by=hr)


def test_a_course_ticks_itself_when_training_says_it_is_held(client: FlaskClient, sign_in: SignIn) -> None:
    learner, checklist = a_course_to_learn()
    sign_in(learner.person)
    assert "Open the course" in client.get("/onboarding/mine").text
    assert standing_of(checklist, on=today()).done == 0
    a_passed_exam(learner)
    assert standing_of(checklist, on=today()).is_complete
    text = client.get("/onboarding/mine").text
    assert "Open the course" not in text
    assert "1 of 1 steps done" in text


def test_a_course_ticks_itself_when_a_certificate_from_elsewhere_is_accepted_in_its_place(client: FlaskClient, sign_in: SignIn) -> None:
    learner, checklist = a_course_to_learn()
    person, officer = learner.person, an_officer("Vera Keeper")
    kind = write_kind("CPA-20", "ANBIMA", Terms(Validity.MONTHS, 60, needs_employment=True), by=officer)
    add_course(kind, learner.course, valid_from=today() - timedelta(days=400), by=officer)
    file = store_bytes(b"%PDF-1.7", name="cpa.pdf", content_type="application/pdf", by=person, person=person)
    said = Certificate("1", today() - timedelta(days=200))
    handed_in = hand_in(person, get_kind(kind.public_id), said, file=file, by=person)
    assert standing_of(checklist, on=today()).done == 0
    accept(handed_in, by=an_officer("Saul Second"))
    assert standing_of(checklist, on=today()).is_complete
    sign_in(get_person(person.public_id))
    text = client.get("/onboarding/mine").text
    assert "Open the course" not in text
    assert "1 of 1 steps done" in text
