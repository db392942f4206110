"""Files come in with a record and a job, and go out so that nothing in them acts here."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.db import session
from core.errors import Invalid
from core.files.models import DOCX, PDF, PNG, StoredFile, TextState
from core.files.rules import DOCUMENT, RESUME
from core.files.sending import send_stored_file
from core.files.store import get_file, read_content, store_bytes, store_upload
from core.people.actions import add_person
from core.people.models import Person
from tests.core.files import samples


@pytest.fixture
def ana(app: Flask) -> Person:
    person = add_person(name="Ana <3 Souza", email="ana@example.com", by=None)
    session.commit()
    return person


def test_an_upload_is_kept_recorded_and_its_text_read(ana: Person, run_jobs: Callable[[], object]) -> None:
    content = samples.pdf("Ana Souza", "CPA-20")
    file = store_upload(samples.upload(content, "../CV Ana.pdf"), accept=RESUME, by=None, person=ana)
    assert (file.name, file.content_type, file.size, file.text_state) == ("CV Ana.pdf", PDF, len(content), TextState.WAITING)
    session.commit()
    file_id = file.public_id
    run_jobs()
    session.expire_all()
    file = get_file(file_id)
    assert file.text_state is TextState.READY
    assert "CPA-20" in file.text
    assert file.page_count == 1
    assert read_content(file) == content
    events = session.scalars(select(AuditEvent.changes).where(AuditEvent.name == "core.file.stored")).all()
    assert [event["sha256"] for event in events] == [file.sha256]
    assert "Ana" not in str(events)


def test_a_file_whose_text_cannot_be_read_stays_with_a_sentence(ana: Person, run_jobs: Callable[[], object]) -> None:
    prologue = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    content = samples.docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", prologue=prologue)
    file = store_upload(samples.upload(content, "cv.docx"), accept=RESUME, by=None, person=ana)
    session.commit()
    file_id = file.public_id
    run_jobs()
    session.expire_all()
    file = get_file(file_id)
    assert file.content_type == DOCX
    assert file.text_state is TextState.FAILED
    assert file.text == ""
    assert file.text_problem
    assert read_content(file)


def test_a_picture_has_no_text_to_wait_for(ana: Person) -> None:
    file = store_upload(samples.upload(samples.picture(), "scan.pdf"), accept=DOCUMENT, by=ana, person=ana)
    assert (file.content_type, file.name, file.text_state) == (PNG, "scan.pdf.png", TextState.NONE)


@pytest.mark.parametrize("missing", [None, samples.upload(b"", "")])
def test_choosing_no_file_is_refused_at_the_field(ana: Person, missing: object) -> None:
    with pytest.raises(Invalid, match="Choose a file") as refused:
        store_upload(missing, accept=RESUME, by=None, person=ana, field="resume")  # type: ignore[arg-type]
    assert refused.value.field == "resume"


def test_a_refused_file_leaves_nothing_behind(ana: Person) -> None:
    with pytest.raises(Invalid):
        store_upload(samples.upload(b"#!/bin/sh", "cv.pdf"), accept=RESUME, by=None, person=ana, field="resume")
    session.commit()
    assert session.scalars(select(StoredFile)).all() == []


def test_the_same_bytes_twice_are_two_files_and_one_content(ana: Person) -> None:
    first = store_bytes(b"same", name="a.pdf", content_type=PDF, by=ana, person=ana)
    second = store_bytes(b"same", name="b.pdf", content_type=PDF, by=ana, person=None)
    assert first.sha256 == second.sha256
    assert first.public_id != second.public_id
    assert read_content(second) == b"same"


def test_files_are_sent_as_attachments_in_a_sandbox(app: Flask, ana: Person) -> None:
    file = store_bytes(samples.docx(), name='Currículo "Ana".docx', content_type=DOCX, by=ana, person=ana)
    session.commit()
    with app.test_request_context():
        for inline in (False, True):
            response = send_stored_file(file, inline=inline)
            assert response.headers["Content-Disposition"].startswith("attachment;")
            assert "filename*=UTF-8''Curr%C3%ADculo%20-Ana-.docx" in response.headers["Content-Disposition"]
            assert "sandbox" in response.headers["Content-Security-Policy"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cache-Control"] == "private, no-store"
            assert response.content_type == DOCX


def test_only_pdf_and_pictures_are_shown_in_place_and_only_when_asked(app: Flask, ana: Person) -> None:
    file = store_bytes(samples.pdf("Hi"), name="a.pdf", content_type=PDF, by=ana, person=ana)
    picture = store_bytes(samples.picture(), name="a.png", content_type=PNG, by=ana, person=ana)
    session.commit()
    with app.test_request_context():
        assert send_stored_file(file).headers["Content-Disposition"].startswith("attachment")
        assert send_stored_file(file, inline=True).headers["Content-Disposition"].startswith("inline")
        assert send_stored_file(picture, inline=True).headers["Content-Disposition"].startswith("inline")
        assert "sandbox" in send_stored_file(picture, inline=True).headers["Content-Security-Policy"]
        assert "default-src 'none'" in send_stored_file(file, inline=True).headers["Content-Security-Policy"]
