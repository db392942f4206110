"""Certificate designs: merge fields, logo, signatories, sheet and language; what was issued stays as it is."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from core.db import session
from core.errors import Invalid, NotAllowed
from core.files.store import read_content
from tests.training.situations import a_learner, a_passed_exam, a_trainer, an_officer
from training.catalogue.models import Course
from training.certificates.models import Certificate
from training.certificates.queries import get_certificate
from training.designs.actions import DesignFields, change_design, write_design
from training.designs.models import CertificateDesign, Orientation

PORTRAIT = DesignFields(
    heading="Diploma",
    body="mastered **{{course}}** in {{hours}} hours",
    orientation=Orientation.PORTRAIT,
    signatories=[["Ines Prado", "Head of training"], ["Ruy Lobo", "Compliance"]],
    shows_score=False,
    shows_version=False,
)


def text_of(content: bytes, folder: Path, *, tool: tuple[str, ...] = ("pdftotext", "-layout")) -> str:
    """What a tool of poppler reads in a PDF."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    return subprocess.run([*tool, path, *(["-"] if tool[0] == "pdftotext" else [])], capture_output=True, check=True, text=True).stdout


def issued(run_jobs: Any, learner: Any) -> Certificate:
    a_passed_exam(learner)
    session.commit()
    run_jobs()
    latest = session.scalars(select(Certificate).order_by(Certificate.id.desc())).first()
    assert latest is not None
    return get_certificate(latest.public_id, viewer=an_officer("Rita Reader"))


def test_a_certificate_follows_the_design_and_verify_shows_no_more_than_the_paper(client: Any, run_jobs: Any, tmp_path: Path) -> None:
    learner = a_learner()
    write_design(None, learner.person.locale, PORTRAIT, by=an_officer())
    certificate = issued(run_jobs, learner)
    content = read_content(certificate.document.file)
    text = "".join(text_of(content, tmp_path).split())  # the heading's letters stand apart
    for said in ("DIPLOMA", learner.person.name, "Ines Prado", "Head of training", "Ruy Lobo", learner.course.title):
        assert "".join(said.split()).lower() in text.lower()
    assert "100,0%" not in text.replace(".", ",")
    facts = text_of(content, tmp_path, tool=("pdfinfo",))
    assert re.search(r"Page size:\s+595\.\d+ x 841\.\d+", facts)
    assert re.search(r"Tagged:\s+yes", facts)
    assert re.search(r"Pages:\s+1\n", facts)
    assert not {"Score", "Nota", "Version", "Versão"} & set(certificate.document.facts)


def test_the_design_of_the_course_goes_before_the_one_for_every_course(run_jobs: Any, tmp_path: Path) -> None:
    learner, officer = a_learner(), an_officer()
    write_design(None, learner.person.locale, PORTRAIT, by=officer)
    mine = DesignFields(heading="Licence", body="may advise on {{course}}")
    write_design(session.get_one(Course, learner.course.id), learner.person.locale, mine, by=officer)
    text = "".join(text_of(read_content(issued(run_jobs, learner).document.file), tmp_path).lower().split())
    assert "licence" in text
    assert "diploma" not in text


def test_changing_a_design_leaves_what_was_issued_as_it_is(run_jobs: Any) -> None:
    learner = a_learner()
    design = write_design(None, learner.person.locale, PORTRAIT, by=an_officer())
    certificate = issued(run_jobs, learner)
    before = read_content(certificate.document.file)
    design = session.get_one(CertificateDesign, design.id)
    change_design(design, DesignFields(heading="Other", body="{{name}}"), by=an_officer("Olga Second"))
    session.flush()
    assert read_content(certificate.document.file) == before


@pytest.mark.parametrize("body", ["{{ naem }}", "{{course}", "{{ config.SECRET_KEY }}", "{% for x in y %}"])
def test_what_is_no_merge_field_is_named_and_refused(app: Any, body: str) -> None:
    with pytest.raises(Invalid, match="no merge fields"):
        write_design(None, "en", DesignFields(heading="Diploma", body=body), by=an_officer())


def test_a_text_longer_than_the_sheet_has_room_for_is_refused(app: Any) -> None:
    with pytest.raises(Invalid, match="room for 7 lines"):
        write_design(None, "en", DesignFields(heading="Diploma", body="line\n" * 8), by=an_officer())


def test_a_second_design_for_the_same_is_refused_and_so_is_who_may_not(app: Any) -> None:
    officer = an_officer()
    write_design(None, "en", PORTRAIT, by=officer)
    with pytest.raises(Invalid, match="already"):
        write_design(None, "en", PORTRAIT, by=officer)
    with pytest.raises(NotAllowed):
        write_design(None, "pt_BR", PORTRAIT, by=a_trainer())


def test_the_editor_keeps_a_design_with_its_logo_and_previews_it(client: Any, sign_in: Any) -> None:
    picture = BytesIO()
    Image.new("RGBA", (300, 120), (15, 107, 92, 128)).save(picture, "PNG")
    sign_in(an_officer())
    typed = {
        "course": "",
        "language": "en",
        "orientation": "landscape",
        "heading": "Award",
        "body": "for {{course}}",
        "signatories": "Ines Prado, Head",
    }
    assert client.get("/certificate-designs/new").status_code == 200
    refused = client.post("/certificate-designs/new", data=typed | {"body": "{{ nobody }}"})
    assert refused.status_code == 422
    assert "nobody" in refused.get_data(as_text=True)
    no_picture = client.post("/certificate-designs/new", data=typed | {"logo": (BytesIO(b"<svg onload=alert(1)>"), "logo.png")})
    assert no_picture.status_code == 422
    assert client.post("/certificate-designs/new", data=typed | {"logo": (BytesIO(picture.getvalue()), "logo.png")}).status_code == 302
    design = session.scalars(select(CertificateDesign)).one()
    assert design.logo_id is not None
    assert design.signatories == [["Ines Prado", "Head"]]
    address = f"/certificate-designs/{design.public_id}/edit"
    assert "Award" in client.get("/certificate-designs").get_data(as_text=True)
    assert "Ines Prado, Head" in client.get(address).get_data(as_text=True)
    shown = client.post(f"/certificate-designs/preview?design={design.public_id}", data=typed)
    assert shown.data.startswith(b"%PDF-")
    part = client.post(f"/certificate-designs/preview?design={design.public_id}", data=typed, headers={"HX-Request": "true"})
    assert "data:image/png;base64," in part.get_data(as_text=True)
    assert client.post(address, data=typed | {"heading": "Prize"}).status_code == 302
    assert "Prize" in client.get("/certificate-designs").get_data(as_text=True)
