"""What somebody met is kept for ever: shown and printed from the completion and the attempt, to who may read it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
from sqlalchemy import select

from core.clock import now, standing_at, today
from core.db import session
from core.files.store import store_bytes
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import Learner, a_failed_exam, a_learner, a_passed_exam, a_trainer, an_officer, an_open_exam
from tests.training.test_modules import a_picture
from training.catalogue import actions as catalogue
from training.catalogue.models import Module, ModuleKind
from training.catalogue.queries import get_version
from training.exams.queries import drawn_items
from training.modules import actions
from training.modules.content import ModuleFields
from training.requirements.models import Completion


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def completion_of(learner: Learner) -> str:
    found = session.scalars(select(Completion.public_id).where(Completion.person_id == learner.person.id)).one()
    return f"/training-records/completions/{found}"


def test_the_person_and_who_checks_read_and_print_what_was_met(client: Any, sign_in: Any) -> None:
    learner, attempt = a_passed_exam()
    address, of_attempt = completion_of(learner), f"/training-records/attempts/{attempt.public_id}"
    order = [entry["item"] for entry in attempt.drawn]
    texts = {item.id: item.text for item in drawn_items(attempt)}
    sign_in(learner.person)
    for path in (address, of_attempt):
        page = client.get(path).get_data(as_text=True)
        places = [page.index(texts[item]) for item in order]
        assert places == sorted(places)
        assert all(words in page for words in ("80 %", "Olga Campos", "Tania Prado", "Know your client", "Because", "Answer given", "Circular BCB"))
    printed = client.get(f"{address}/document")
    assert printed.content_type == "application/pdf" and "attachment" in printed.headers["Content-Disposition"]
    words = text_of(printed.data)
    assert all(part in words for part in ("Nina Rocha", "Olga Campos", "Know your client", "80 %", texts[order[0]], "Listen first"))
    assert of_attempt in client.get(f"/exams/{attempt.public_id}/result").get_data(as_text=True)
    for reader in (an_officer("Rui Officer"), make_person("Alba Audit", roles=(Role.AUDITOR,))):
        sign_in(reader)
        for path in (address, of_attempt, f"{address}/document", f"{of_attempt}/document"):
            assert client.get(path).status_code == 200
        assert address in client.get(f"/compliance/people/{learner.person.public_id}").get_data(as_text=True)
    for other in (make_person("Luis Other", roles=(Role.NEW_HIRE,)), a_trainer("Ugo Writer"), make_person("Mara Chefe", roles=(Role.MANAGER,))):
        sign_in(other)
        for path in (address, of_attempt, f"{address}/document", f"{of_attempt}/document"):
            assert client.get(path).status_code == 404


def test_right_answers_are_shown_to_the_person_only_where_their_result_shows_them(client: Any, sign_in: Any) -> None:
    learner, attempt = a_failed_exam()
    address = f"/training-records/attempts/{attempt.public_id}"
    sign_in(learner.person)
    own = client.get(address).get_data(as_text=True)
    assert "Right answer" not in own and "731.25" not in own
    assert "731.25" not in text_of(client.get(f"{address}/document").data)
    sign_in(an_officer("Rui Officer"))
    assert "Right answer" in client.get(address).get_data(as_text=True)


def test_an_exam_that_runs_is_not_shown(client: Any, sign_in: Any) -> None:
    _learner, attempt = an_open_exam()
    sign_in(an_officer("Rui Officer"))
    for path in (f"/training-records/attempts/{attempt.public_id}", f"/training-records/attempts/{attempt.public_id}/document"):
        answer = client.get(path)
        assert answer.status_code == 409 and "still running" in answer.get_data(as_text=True)


def test_it_stays_what_it_was_when_the_course_goes_on(client: Any, sign_in: Any) -> None:
    learner, _attempt = a_passed_exam()
    address = completion_of(learner)
    with standing_at(now() + timedelta(days=1)):
        trainer, officer = a_trainer("Ugo Writer"), an_officer("Rui Officer")
        following = catalogue.begin_next_version(learner.course, what_changed="All is new.", by=trainer)
        version = get_version(following.public_id, viewer=trainer)
        for module in list(version.modules):
            catalogue.drop_module(version, module, by=trainer)
        catalogue.write_module(version, None, title="Something else", text="New words", by=trainer)
        catalogue.submit_version(version, by=trainer)
        catalogue.approve_version(version, in_force_from=today(officer.time_zone), by=officer)
        sign_in(learner.person)
        page = client.get(address).get_data(as_text=True)
    assert "Know your client" in page and "Something else" not in page and "version 1" in page


def test_pictures_and_files_are_in_it(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    trainer, officer = a_trainer("Ugo Writer"), an_officer("Rui Officer")
    following = catalogue.begin_next_version(learner.course, what_changed="Pictures.", by=trainer)
    version = get_version(following.public_id, viewer=trainer)
    file = store_bytes(a_picture(), name="flow.png", content_type="image/png", by=trainer, person=None)
    actions.add_picture(version, file, alternative="How it flows", by=trainer)
    actions.write_module(version, None, ModuleFields(ModuleKind.TEXT, "Flow", "See ![](image:1) here."), by=trainer)
    oath = actions.write_module(version, None, ModuleFields(ModuleKind.ACKNOWLEDGEMENT, "Oath", "I shall report."), by=trainer)
    catalogue.submit_version(get_version(version.public_id, viewer=trainer), by=trainer)
    catalogue.approve_version(get_version(version.public_id, viewer=officer), in_force_from=today(officer.time_zone), by=officer)
    sign_in(learner.person)
    course = f"/learning/{learner.course.public_id}"
    assert client.post(f"{course}/modules/{oath.public_id}", data={"typed_name": "Nina Rocha"}).status_code == 302
    for module in session.scalars(select(Module.public_id).where(Module.version_id == version.id, Module.id != oath.id)).all():
        assert client.post(f"{course}/modules/{module}").status_code == 302
    place = client.post(f"/exams/start/{learner.course.public_id}").location
    client.post(f"{place}/submit", data={})
    address = f"/training-records/attempts/{place.rsplit('/', 1)[1]}"
    page = client.get(address).get_data(as_text=True)
    assert 'alt="How it flows"' in page and "Confirmed as Nina Rocha" in page
    printed = pypdf.PdfReader(BytesIO(client.get(f"{address}/document").data))
    assert any(sheet.images for sheet in printed.pages)
