"""Pictures and sounds of questions: taken in with words that stand for them, shown only to those who may see the question, taken along in files."""

import io
import wave
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from core.db import session
from core.errors import Invalid
from core.files.checks import check_content
from core.files.models import MP3, OGG, WAV
from core.files.rules import IMAGE, SOUND
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import a_draft_course, a_trainer
from tests.training.test_kinds import KINDS, SENT, SHORT, a_learner_of
from training.catalogue.queries import get_version
from training.exams.actions import hand_in, start_attempt
from training.items.models import ItemKind, ItemState


def a_picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(buffer, "PNG")
    return buffer.getvalue()


def a_sound() -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 800)
    return buffer.getvalue()


FRAME = b"\xff\xfb\x90\x00" + b"\0" * 413


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (a_sound(), WAV),
        (FRAME * 3, MP3),
        (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\0" * 10 + FRAME, MP3),
        (b"OggS\0\x02" + b"\0" * 20 + b"\x01\x13OpusHead" + b"\0" * 20 + b"OggS\0", OGG),
    ],
)
def test_sounds_are_known_by_their_bytes(app: Any, content: bytes, content_type: str) -> None:
    assert check_content(content, accept=SOUND).content_type == content_type
    with app.test_request_context(), pytest.raises(Invalid):
        check_content(content, accept=IMAGE)


@pytest.mark.parametrize(
    "content", [b"ID3\x04\x00\x00\xff\xff\xff\xff", b"ID3", b"OggS", b"RIFF\0\0\0\0WAVE", b"\xff\xfbno", b"<script>", a_picture(), b""]
)
def test_what_cannot_be_played_is_refused(app: Any, content: bytes) -> None:
    with app.test_request_context(), pytest.raises(Invalid):
        check_content(content, accept=SOUND)


def sent(**more: Any) -> dict[str, Any]:
    return {**SENT, "kind": "short_text", "options-0-text": "Coaf", **more}


def the_item(version: Any, person: Person) -> Any:
    return get_version(version.public_id, viewer=get_person_by_key(person.id)).items[0]


def test_a_picture_and_a_sound_are_kept_with_their_words_replaced_and_taken_away(client: Any, sign_in: Any) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer, questions=0)
    sign_in(trainer)
    base = f"/course-versions/{version.public_id}/items"
    wordless = client.post(f"{base}/new", data=sent(picture=(BytesIO(a_picture()), "desk.png")))
    assert wordless.status_code == 422 and "what the picture shows" in wordless.text
    wrong = client.post(f"{base}/new", data=sent(sound=(BytesIO(a_picture()), "bell.mp3"), sound_words="A bell"))
    assert wrong.status_code == 422 and "MP3, OGG or WAV" in wrong.text
    files = {"picture": (BytesIO(a_picture()), "desk.png"), "sound": (BytesIO(a_sound()), "bell.wav")}
    assert client.post(f"{base}/new", data=sent(**files, picture_words="A <desk>", sound_words="A bell")).status_code == 302
    item = the_item(version, trainer)
    assert (item.picture_words, item.sound_words) == ("A <desk>", "A bell")
    address = f"{base}/{item.public_id}"
    picture = client.get(f"{address}/picture")
    assert (picture.status_code, picture.mimetype, picture.data) == (200, "image/png", a_picture())
    assert "sandbox" in picture.headers["Content-Security-Policy"] and picture.headers["X-Content-Type-Options"] == "nosniff"
    part = client.get(f"{address}/sound", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.mimetype, part.data) == (206, "audio/wav", a_sound()[:10])
    for page in (f"{address}/preview", f"{address}/edit"):
        assert 'alt="A &lt;desk&gt;"' in client.get(page).text
    kept = client.post(f"{address}/edit", data=sent(picture_words="A table", sound_words="A bell", drops_sound="y"))
    assert kept.status_code == 302
    item = the_item(version, trainer)
    assert item.picture_words == "A table" and (item.sound_id, item.sound_words) == (None, "")
    assert client.get(f"{address}/sound").status_code == 404
    assert client.post(f"{address}/edit", data=sent(picture_words="")).status_code == 422


def test_only_who_is_asked_the_question_or_reads_versions_sees_its_picture(client: Any, sign_in: Any) -> None:
    trainer = a_trainer("Tito Braga")
    version = a_draft_course(by=trainer, questions=0)
    sign_in(trainer)
    base = f"/course-versions/{version.public_id}/items"
    client.post(f"{base}/new", data=sent(picture=(BytesIO(a_picture()), "desk.png"), picture_words="A desk"))
    with_picture = the_item(version, trainer)
    told = {"picture_id": with_picture.picture_id, "picture_words": "A desk"}
    learner, items = a_learner_of(replace(SHORT, **told))
    attempt = start_attempt(learner.version, by=learner.person)
    item = items[ItemKind.SHORT_TEXT].public_id
    session.commit()
    address = f"/exams/{attempt.public_id}/items/{item}/picture"
    sign_in(learner.person)
    page = client.get(f"/exams/{attempt.public_id}").text
    assert address in page and 'alt="A desk"' in page
    assert client.get(address).data == a_picture()
    assert client.get(address.replace("/picture", "/sound")).status_code == 404
    assert client.get(f"/exams/{attempt.public_id}/items/{with_picture.public_id}/picture").status_code == 404  # not asked
    assert client.get(f"{base}/{with_picture.public_id}/picture").status_code == 404
    assert client.get(f"{base}/{with_picture.public_id}/preview").status_code == 404
    hand_in(attempt, {}, sequence=1, by=get_person_by_key(learner.person.id))
    session.commit()
    assert address in client.get(f"/exams/{attempt.public_id}/result").text
    sign_in(make_person("Somebody Else", roles=(Role.NEW_HIRE,)))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("draft", KINDS)
def test_every_kind_is_previewed_as_it_is_asked(client: Any, sign_in: Any, draft: Any) -> None:
    learner, items = a_learner_of(draft)
    sign_in(a_trainer("Tito Braga"))
    page = client.get(f"/course-versions/{learner.version.public_id}/items/{items[draft.kind].public_id}/preview")
    assert page.status_code == 200 and f"item-{items[draft.kind].public_id}" in page.text
    assert client.last_statements <= 12


def moodle(picture: bytes, tag: str) -> str:
    text = f"<p>Which desk?</p><p>{tag}</p>".replace("&", "&amp;").replace("<", "&lt;")
    return (
        '<quiz><question type="shortanswer"><name><text>Desk</text></name><questiontext format="html"><text>' + text + "</text>"
        f'<file name="a desk.png" path="/" encoding="base64">{b64encode(picture).decode()}</file></questiontext>'
        '<answer fraction="100"><text>Mine</text></answer></question></quiz>'
    )


TAG = '<img src="@@PLUGINFILE@@/a%20desk.png" alt="A desk">'


@pytest.mark.parametrize(
    ("picture", "tag", "state", "words"),
    [(a_picture(), TAG, ItemState.APPROVED, "A desk"), (a_picture(), TAG.replace(' alt="A desk"', ""), ItemState.DRAFT, "")],
)
def test_a_picture_within_moodle_xml_is_taken_along(client: Any, sign_in: Any, picture: bytes, tag: str, state: ItemState, words: str) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer, questions=0)
    sign_in(trainer)
    base = f"/course-versions/{version.public_id}/items"
    given = client.post(f"{base}/import", data={"file": (BytesIO(moodle(picture, tag).encode()), "q.xml")})
    shown = client.get(given.location).text
    assert ("stays a draft until you write them" in shown) == (not words)
    assert client.post(given.location, data={}).status_code == 302
    item = the_item(version, trainer)
    assert (item.text, item.state, item.picture_words) == ("Which desk?", state, words)
    assert client.get(f"{base}/{item.public_id}/picture").data == a_picture()
    other = a_draft_course(by=get_person_by_key(trainer.id), questions=0, title="Another")
    exported = client.get(f"{base}/moodle-xml").data
    again = client.post(f"/course-versions/{other.public_id}/items/import", data={"file": (BytesIO(exported), "q.xml")})
    assert client.post(again.location, data={}).status_code == 302
    copy = the_item(other, trainer)
    assert (copy.text, copy.state, copy.picture_words) == (item.text, state, words)
    assert client.get(f"/course-versions/{other.public_id}/items/{copy.public_id}/picture").data == a_picture()
    assert b"picture or sound is not in this file" in client.get(f"{base}/gift").data


@pytest.mark.parametrize(("picture", "sentence"), [(b"<svg onload=alert(1)>", "a desk.png: "), (a_picture()[:60], "a desk.png: ")])
def test_a_picture_that_would_not_be_taken_as_an_upload_breaks_its_question(client: Any, sign_in: Any, picture: bytes, sentence: str) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer, questions=0)
    sign_in(trainer)
    given = client.post(f"/course-versions/{version.public_id}/items/import", data={"file": (BytesIO(moodle(picture, TAG).encode()), "q.xml")})
    page = client.get(given.location).text
    assert "Broken" in page and sentence in page
    assert client.post(given.location, data={}).status_code == 422
