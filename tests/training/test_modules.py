"""Modules of every kind: written, shown, done, and handed out only to who may see them."""

import struct
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pypdf
import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from core.clock import now, today
from core.db import session
from core.errors import Invalid, WrongState
from core.files.models import MP4, StoredFile
from core.files.videos import kind_of
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from core.web.markdown import Picture, render_markdown
from tests.factories import make_person
from tests.situations import a_pdf
from tests.training.situations import a_draft_course, a_trainer, an_officer
from training.catalogue import actions as catalogue
from training.catalogue.models import Course, CourseVersion, Module, ModuleKind, ModulePicture
from training.catalogue.queries import get_version, latest_version
from training.learning import actions as learning
from training.learning.models import ModuleProgress, ModuleReading
from training.learning.reading_time import counted, minutes_left
from training.modules import actions
from training.modules.content import ModuleFields, is_safe_address

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


VIDEO = box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + box(b"moov", b"\0" * 40) + box(b"mdat", bytes(range(256)) * 8)


def a_picture(kind: str = "PNG") -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(target, kind)
    return target.getvalue()


def upload(content: bytes, name: str, **fields: str) -> dict[str, Any]:
    return {"title": "What it is", **fields, "file": (BytesIO(content), name)}


def drafted(client: Any, sign_in: Any) -> tuple[Person, CourseVersion, str]:
    trainer = a_trainer()
    version = a_draft_course(by=trainer)
    sign_in(trainer)
    return trainer, version, f"/course-versions/{version.public_id}"


def course_id(version: CourseVersion) -> UUID:
    return session.scalars(select(Course.public_id).where(Course.id == version.course_id)).one()


def put_in_force(version: CourseVersion, trainer: Person) -> None:
    trainer, officer = get_person(trainer.public_id), an_officer("Rui Officer")
    catalogue.submit_version(get_version(version.public_id, viewer=trainer), by=trainer)
    catalogue.approve_version(get_version(version.public_id, viewer=officer), in_force_from=today(officer.time_zone), by=officer)


def module_of(version: CourseVersion, kind: ModuleKind) -> Module:
    return session.scalars(select(Module).where(Module.version_id == version.id, Module.kind == kind)).one()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"MZ\x90\0" + b"\0" * 400, "not a video"),
        (b"\x7fELF" + b"\0" * 400, "not a video"),
        (SVG, "not a video"),
        (b"<!doctype html><script>alert(1)</script>", "not a video"),
        (VIDEO[:-5], "broken"),
        (VIDEO + b"MZ\x90\0", "broken"),
        (VIDEO + b"<script>alert(1)</script>", "broken"),
        (box(b"ftyp", b"isom") + box(b"mdat", b"abc"), "broken"),
        (box(b"ftyp", b"isom") + struct.pack(">I4s", 4, b"moov"), "broken"),
        (box(b"ftyp", b"isom") + box(b"free") * 20_001 + box(b"moov") + box(b"mdat"), "broken"),
        (box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"moov", 2**62), "broken"),
    ],
)
def test_only_what_is_a_whole_video_is_one(app: Any, content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        kind_of(BytesIO(content))
    assert kind_of(BytesIO(VIDEO)) == MP4


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/",
        "javascript:alert(1)",
        "https://",
        "https://user:pass@example.com/",
        "https://localhost/",
        "//example.com",
        "https://exa mple.com/",
        "https:\\\\example.com",
        "data:text/html,x",
        "https://example.com:99999/",
        "https://example.com/" + "x" * 500,
    ],
)
def test_a_link_leads_to_a_page_elsewhere_over_https(address: str) -> None:
    assert not is_safe_address(address)
    assert is_safe_address("https://www.bcb.gov.br/video?id=1#t=30")


def test_only_pictures_of_the_version_are_shown_and_with_words() -> None:
    known = {"image:1": Picture("/course-content/pictures/1", "A flow")}
    html = render_markdown(
        "![](image:1) ![Mine](image:1) ![x](image:2) ![y](https://evil.test/x.png) ![z](javascript:alert(1)) <img src=x onerror=alert(1)>", known
    )
    assert html.count("<img") == 2 and 'alt="A flow"' in html and 'alt="Mine"' in html
    assert "evil.test" not in html.replace("https://evil.test", "", 0) or "src" not in html.split("evil.test")[0][-12:]
    assert "<img" not in render_markdown("![Mine](image:1)")


def test_time_is_counted_by_signs_of_life_and_pauses_are_left_out() -> None:
    start = datetime.fromisoformat("2026-06-01T09:00:00+00:00")
    later = start + timedelta(seconds=20)
    assert counted(100, start, elsewhere_at=None, at=later) == 120
    assert counted(100, None, elsewhere_at=None, at=later) == 100
    assert counted(100, start, elsewhere_at=start + timedelta(seconds=15), at=later) == 105
    assert counted(0, start, elsewhere_at=None, at=start + timedelta(hours=9)) == 600
    assert counted(50, later, elsewhere_at=None, at=start) == 50  # a clock that went back
    assert (minutes_left(120, 0), minutes_left(120, 61), minutes_left(120, 120), minutes_left(0, 0)) == (2, 1, 0, 0)


def test_every_kind_is_written_and_met(client: Any, sign_in: Any, run_jobs: Any) -> None:
    trainer, version, address = drafted(client, sign_in)
    assert client.get(f"{address}/pictures/new").status_code == 200
    for content, alternative in ((SVG, "A flow"), (a_picture(), ""), (VIDEO, "A flow"), (b"", "A flow")):
        assert client.post(f"{address}/pictures/new", data={"file": (BytesIO(content), "x.png"), "alternative": alternative}).status_code == 422
    assert client.post(f"{address}/pictures/new", data={"file": (BytesIO(a_picture()), "x.png"), "alternative": "A flow"}).status_code == 302
    new = f"{address}/modules/new"
    for kind in ModuleKind:
        assert client.get(f"{new}?kind={kind.value}").status_code == 200
        assert client.post(f"{new}?kind={kind.value}", data={"title": "Nothing in it"}).status_code == 422
    assert client.post(f"{new}?kind=text", data={"title": "Flow", "text": "See ![](image:1)"}).status_code == 302
    assert client.post(f"{new}?kind=pdf", data=upload(a_pdf("Limits"), "limits.pdf")).status_code == 302
    assert client.post(f"{new}?kind=pdf", data=upload(VIDEO, "limits.pdf")).status_code == 422
    assert client.post(f"{new}?kind=video", data=upload(VIDEO, "talk.mp4", text="What is said")).status_code == 302
    assert client.post(f"{new}?kind=video", data=upload(b"MZ" + b"\0" * 100, "talk.mp4")).status_code == 422
    assert client.post(f"{new}?kind=link", data={"title": "Law", "address": "javascript:alert(1)"}).status_code == 422
    assert client.post(f"{new}?kind=link", data={"title": "Law", "address": "https://www.gov.br/lei"}).status_code == 302
    assert client.post(f"{new}?kind=acknowledgement", data={"title": "Oath", "text": "I shall **report**."}).status_code == 302
    page = client.get(address).get_data(as_text=True)
    assert 'alt="A flow"' in page and "talk.mp4" in page
    run_jobs()
    put_in_force(version, trainer)
    learner = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    sign_in(learner)
    course = f"/learning/{course_id(version)}"
    assert "Begin: Know your client" in client.get(course).get_data(as_text=True)
    pages = {kind: f"{course}/modules/{module_of(version, kind).public_id}" for kind in ModuleKind if kind is not ModuleKind.TEXT}
    shown = {kind: client.get(path).get_data(as_text=True) for kind, path in pages.items()}
    assert "Page 1 of 1" in shown[ModuleKind.PDF] and "Download the PDF" in shown[ModuleKind.PDF]
    assert "<video" in shown[ModuleKind.VIDEO] and "What is said" in shown[ModuleKind.VIDEO]
    assert 'href="https://www.gov.br/lei" target="_blank" rel="noopener noreferrer"' in shown[ModuleKind.LINK]
    oath = pages[ModuleKind.ACKNOWLEDGEMENT]
    for name in ("", "Somebody Else"):
        assert client.post(oath, data={"typed_name": name}).status_code == 422
    assert client.post(oath, data={"typed_name": " nina  ROCHA "}).status_code == 302
    reading = session.scalars(select(ModuleReading)).one()
    assert reading.typed_name == "nina ROCHA"
    assert "You have confirmed this" in client.get(oath).get_data(as_text=True)
    assert client.post(f"/exams/start/{course_id(version)}").status_code == 409
    for module in session.scalars(select(Module).where(Module.version_id == version.id)):
        assert client.post(f"{course}/modules/{module.public_id}").status_code in (302, 422 if module.kind is ModuleKind.ACKNOWLEDGEMENT else 302)
    assert client.post(f"/exams/start/{course_id(version)}").status_code == 302
    picture = session.scalars(select(ModulePicture)).one()
    assert client.get(f"/course-content/pictures/{picture.public_id}").content_type == "image/png"


def a_video_in(version: CourseVersion, by: Person, client: Any) -> Module:
    client.post(f"/course-versions/{version.public_id}/modules/new?kind=video", data=upload(VIDEO, "talk.mp4"))
    return module_of(version, ModuleKind.VIDEO)


def test_a_video_is_handed_out_in_parts(client: Any, sign_in: Any) -> None:
    trainer, version, _address = drafted(client, sign_in)
    path = f"/course-content/modules/{a_video_in(version, trainer, client).public_id}/file"
    whole = client.get(path)
    assert (whole.status_code, whole.data, whole.headers["Accept-Ranges"], whole.content_type) == (200, VIDEO, "bytes", "video/mp4")
    assert whole.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in whole.headers["Content-Security-Policy"]
    size = len(VIDEO)
    for asked, first, last in (
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, size - 1),
        ("bytes=-10", size - 10, size - 1),
        ("bytes=5-999999", 5, size - 1),
    ):
        part = client.get(path, headers={"Range": asked})
        assert part.status_code == 206 and part.data == VIDEO[first : last + 1]
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
    assert client.get(path, headers={"Range": f"bytes={size}-"}).status_code == 416
    for asked in ("bytes=0-1,5-6", "lines=1-2", "nonsense", "bytes=9-1"):
        assert client.get(path, headers={"Range": asked}).status_code in (200, 416)


def test_files_of_drafts_and_of_what_one_may_not_see_are_not_there(client: Any, sign_in: Any, run_jobs: Any) -> None:
    trainer, version, address = drafted(client, sign_in)
    client.post(f"{address}/pictures/new", data={"file": (BytesIO(a_picture()), "x.png"), "alternative": "A flow"})
    client.post(f"{address}/modules/new?kind=pdf", data=upload(a_pdf(), "limits.pdf"))
    video = a_video_in(version, trainer, client)
    run_jobs()
    picture, pdf = session.scalars(select(ModulePicture.public_id)).one(), module_of(version, ModuleKind.PDF).public_id
    paths = [f"/course-content/modules/{video.public_id}/file", f"/course-content/modules/{pdf}/file", f"/course-content/modules/{pdf}/pages/1"]
    paths.append(f"/course-content/pictures/{picture}")
    assert [client.get(path).status_code for path in paths] == [200] * 4
    assert "attachment" in client.get(paths[1]).headers["Content-Disposition"]
    assert client.get(f"/course-content/modules/{pdf}/pages/2").status_code == 404
    assert client.get(f"/course-content/modules/{video.public_id}/pages/1").status_code == 404
    sign_in(make_person("Nina Rocha", roles=(Role.NEW_HIRE,)))
    assert [client.get(path).status_code for path in paths] == [404] * 4
    file = session.scalars(select(StoredFile.public_id).where(StoredFile.content_type == MP4)).one()
    assert client.get(f"/course-content/modules/{file}/file").status_code == 404
    client.get("/logout")
    assert all(client.get(path).status_code in (302, 404) for path in paths)


def test_a_module_of_another_course_is_not_found_through_this_one(client: Any, sign_in: Any) -> None:
    trainer, version, _address = drafted(client, sign_in)
    other = a_draft_course(by=get_person(trainer.public_id), title="Another course")
    put_in_force(version, trainer)
    sign_in(make_person("Nina Rocha", roles=(Role.NEW_HIRE,)))
    module = session.scalars(select(Module.public_id).where(Module.version_id == other.id).order_by(Module.id)).first()
    for path in (f"/learning/{course_id(version)}/modules/{module}", f"/learning/{course_id(other)}/modules/{module}"):
        assert client.get(path).status_code == 404
        assert client.post(f"{path}/seen").status_code == 404


def test_the_least_time_is_counted_by_the_server(client: Any, sign_in: Any) -> None:
    trainer, version, address = drafted(client, sign_in)
    form = {"title": "Slowly", "text": "Read it twice.", "minimum_minutes": "2"}
    for _twice in range(2):
        assert client.post(f"{address}/modules/new", data=form).status_code == 302
    assert client.post(f"{address}/modules/new", data={**form, "minimum_minutes": "-1"}).status_code == 422
    put_in_force(version, trainer)
    first, second = session.scalars(select(Module.public_id).where(Module.minimum_seconds == 120).order_by(Module.id)).all()
    learner = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    sign_in(learner)
    course = f"/learning/{course_id(version)}/modules"
    page, start = f"{course}/{first}", now() + timedelta(minutes=1)
    assert "Minutes left: 2" in client.get(page).get_data(as_text=True)
    refused = client.post(page)
    assert refused.status_code == 422 and "Spend another 2 minutes" in refused.get_data(as_text=True)
    script = {"X-Requested-With": "reading"}
    with time_machine.travel(start, tick=False):
        assert client.post(f"{page}/seen", headers=script).get_json() == {"left": 2}
    with time_machine.travel(start + timedelta(seconds=70), tick=False):
        assert client.post(f"{page}/seen", headers=script).get_json() == {"left": 1}
        assert client.post(f"{course}/{second}/seen", headers=script).get_json() == {"left": 2}
        assert client.post(page).status_code == 422
    with time_machine.travel(start + timedelta(hours=8), tick=False):  # away over night: what was counted is kept, the pause is left out
        assert client.post(f"{page}/seen", headers=script, data={"resuming": "1"}).get_json() == {"left": 1}
    with time_machine.travel(start + timedelta(hours=8, seconds=30), tick=False):
        client.post(f"{course}/{second}/seen", headers=script, data={"resuming": "1"})
    with time_machine.travel(start + timedelta(hours=8, seconds=55), tick=False):  # two windows at once count once
        assert client.post(f"{page}/seen", headers=script).get_json() == {"left": 1}
    with time_machine.travel(start + timedelta(hours=8, seconds=85), tick=False):
        assert client.post(page).status_code == 302
    assert client.post(f"{page}/seen").status_code == 302
    assert session.scalars(select(ModuleProgress.seconds).order_by(ModuleProgress.id)).first() is not None


def test_the_page_of_a_pdf_is_kept(client: Any, sign_in: Any, run_jobs: Any) -> None:
    trainer, version, address = drafted(client, sign_in)
    client.post(f"{address}/modules/new?kind=pdf", data=upload(a_pdf(), "limits.pdf"))
    put_in_force(version, trainer)
    learner = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    sign_in(learner)
    page = f"/learning/{course_id(version)}/modules/{module_of(version, ModuleKind.PDF).public_id}"
    assert "being drawn" in client.get(page).get_data(as_text=True)
    for number in ("3", "-7", "nonsense", "99999999999999999999"):
        assert client.post(f"{page}/seen", data={"page": number}).status_code in (302, 422)
        assert client.get(f"{page}?page={number}").status_code == 200


def test_content_once_approved_is_refused_every_change_and_the_next_version_shares_its_files(client: Any, sign_in: Any) -> None:
    trainer, version, address = drafted(client, sign_in)
    client.post(f"{address}/pictures/new", data={"file": (BytesIO(a_picture()), "x.png"), "alternative": "A flow"})
    video = a_video_in(version, trainer, client)
    put_in_force(version, trainer)
    sign_in(trainer)
    base = f"{address}/modules/{video.public_id}"
    for path, data in (
        (f"{base}/edit", upload(VIDEO, "talk.mp4")),
        (f"{base}/move", {}),
        (f"{base}/drop", {}),
        (f"{address}/modules/new", {"title": "More", "text": "More"}),
        (f"{address}/pictures/new", {"file": (BytesIO(a_picture()), "x.png"), "alternative": "B"}),
        (f"{address}/pictures/1/drop", {}),
        (f"{address}/terms", {"pass_mark": "1", "minutes": "1", "item_count": "1", "attempts_allowed": "1", "cool_down_hours": "0"}),
        (f"{address}/change", {"what_changed": "x", "change_kind": "edit", "transition_days": "1", "under_way": "finish"}),
    ):
        assert client.post(path, data=data).status_code in (409, 422), path
    assert session.scalars(select(Module.title).where(Module.id == video.id)).one() == "What it is"
    trainer = get_person(trainer.public_id)
    whole = get_version(version.public_id, viewer=trainer)
    with pytest.raises(WrongState):
        actions.write_module(whole, None, ModuleFields(ModuleKind.TEXT, "More", "More"), by=trainer)
    with pytest.raises(WrongState):
        actions.drop_picture(whole, 1, by=trainer)
    catalogue.begin_next_version(whole.course, what_changed="Clearer.", by=trainer)
    copied = latest_version(whole.course)
    assert [(one.kind, one.file_id, one.minimum_seconds) for one in copied.modules] == [
        (one.kind, one.file_id, one.minimum_seconds) for one in whole.modules
    ]
    assert [(one.number, one.alternative, one.file_id) for one in copied.pictures] == [
        (one.number, one.alternative, one.file_id) for one in whole.pictures
    ]
    assert {one.public_id for one in copied.pictures}.isdisjoint({one.public_id for one in whole.pictures})


def test_a_giant_pdf_is_refused(client: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _trainer, _version, address = drafted(client, sign_in)
    new = f"{address}/modules/new?kind=pdf"
    large = client.post(new, data=upload(b"%PDF-1.4\n" + b"0" * (41 * 1024 * 1024) + b"\nstartxref\n0\n%%EOF", "giant.pdf"))
    assert large.status_code == 422 and "too large" in large.get_data(as_text=True)
    monkeypatch.setattr(actions, "MOST_PAGES", 0)
    many = client.post(new, data=upload(a_pdf(), "long.pdf"))
    assert many.status_code == 422 and "up to 0 are accepted" in many.get_data(as_text=True)


def test_a_long_pdf_is_drawn_by_one_job_after_another(client: Any, sign_in: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _trainer, version, address = drafted(client, sign_in)
    writer = pypdf.PdfWriter()
    for _page in range(5):
        writer.add_blank_page(200, 100)
    target = BytesIO()
    writer.write(target)
    monkeypatch.setattr("core.files.pages.AT_ONCE", 2)
    assert client.post(f"{address}/modules/new?kind=pdf", data=upload(target.getvalue(), "long.pdf")).status_code == 302
    for _round in range(3):
        run_jobs()
    module = module_of(version, ModuleKind.PDF).public_id
    assert [client.get(f"/course-content/modules/{module}/pages/{number}").status_code for number in (1, 5, 6)] == [200, 200, 404]


def test_modules_change_places(client: Any, sign_in: Any) -> None:
    _trainer, version, address = drafted(client, sign_in)
    first, second = version.modules[0].public_id, version.modules[1].public_id
    order = select(Module.public_id).where(Module.version_id == version.id).order_by(Module.position, Module.id)
    assert client.post(f"{address}/modules/{second}/move").status_code == 302
    assert session.scalars(order).all() == [second, first]
    assert client.post(f"{address}/modules/{second}/move", data={"to": "down"}).status_code == 302
    assert session.scalars(order).all() == [first, second]
    assert client.post(f"{address}/modules/{first}/move").status_code == 302
    assert session.scalars(order).all() == [first, second]


def test_being_seen_begins_the_course(app: Any) -> None:
    version = a_draft_course(by=a_trainer())
    learner = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    progress = learning.be_seen(version, version.modules[0], by=learner, place=3)
    assert (progress.place, progress.seconds) == (3, 0)
