"""Essays and files in GIFT and Moodle XML: what goes out comes back the same, and what has no rubric gets one."""

from io import BytesIO
from typing import Any

import pytest

from core.db import session
from core.people.queries import get_person_by_key
from tests.training.hand_marked import RUBRIC, a_file, an_essay
from tests.training.situations import a_draft_course, a_trainer
from training.catalogue.queries import get_version
from training.interchange.files import as_gift, as_moodle_xml, look_through
from training.items.actions import write_item
from training.items.by_hand import ByHand, Criterion, Level, by_hand_of, read_rubric, rubric_text
from training.items.models import ItemKind

FOREIGN = b"""<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="essay"><name><text>Why</text></name><questiontext format="html"><text><![CDATA[<p>Why do we ask?</p>]]></text></questiontext>
<defaultgrade>5</defaultgrade><responseformat>editor</responseformat><minwordlimit>50</minwordlimit><maxwordlimit>300</maxwordlimit>
<attachments>2</attachments><graderinfo format="html"><text><![CDATA[<p>Look for the law.</p>]]></text></graderinfo></question>
<question type="essay"><name><text>Form</text></name><questiontext><text>Send the form.</text></questiontext>
<defaultgrade>3</defaultgrade><responseformat>noinline</responseformat><attachments>1</attachments><maxbytes>2097152</maxbytes>
<filetypeslist>.pdf,.jpg,.exe</filetypeslist><graderinfo><text></text></graderinfo></question>
</quiz>"""

pytestmark = pytest.mark.usefixtures("app")


def test_a_rubric_is_read_as_it_is_written() -> None:
    assert read_rubric(rubric_text(RUBRIC)) == RUBRIC


def test_essays_go_out_and_come_back_with_their_rubric(client: Any) -> None:
    trainer = a_trainer()
    version, other = a_draft_course(by=trainer, questions=0), a_draft_course(by=trainer, questions=0, title="Another")
    for draft in (an_essay(), a_file()):
        write_item(version, None, draft, by=trainer)
    version_id = version.public_id
    session.expire(version)
    version = get_version(version_id, viewer=trainer)
    with client.application.test_request_context():
        found = look_through(as_moodle_xml(version, {}), other)
        assert not found.broken and not found.left_out and not found.changed
        (_one, essay), (_two, file) = found.drafts
        assert (essay.kind, essay.by_hand) == (ItemKind.ESSAY, an_essay().by_hand)
        assert file.kind is ItemKind.FILE and file.by_hand is not None
        assert (file.by_hand.criteria, file.by_hand.file_kinds, file.by_hand.file_megabytes) == (RUBRIC, ("pdf",), 2)
        by_gift = look_through(as_gift(version), other)
        assert [draft.kind for _question, draft in by_gift.drafts] == [ItemKind.ESSAY, ItemKind.ESSAY]
        assert len(by_gift.changed) == 2  # GIFT knows no rubric


def test_an_essay_from_elsewhere_gets_a_plain_rubric_and_says_what_is_not_as_it_was(client: Any, sign_in: Any) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer, questions=0)
    version_id = version.public_id
    sign_in(trainer)
    base = f"/course-versions/{version_id}/items/import"
    address = client.post(base, data={"file": (BytesIO(FOREIGN), "essays.xml")}).location
    page = client.get(address).get_data(as_text=True)
    assert "plain one with 3 levels" in page
    assert "Files beside the text" in page
    assert client.post(address, data={}).status_code == 302
    essay, file = get_version(version_id, viewer=get_person_by_key(trainer.id)).items
    kept = by_hand_of(essay)
    assert (essay.kind, essay.points, kept.least_words, kept.most_words, kept.guidance) == (ItemKind.ESSAY, 5, 50, 300, "Look for the law.")
    assert (file.kind, file.points, file.file_kinds, file.file_megabytes) == (ItemKind.FILE, 3, ["pdf", "jpeg"], 2)


RUBRICS = {
    "": "at least one criterion",
    "Names the risk": "two levels of different worth",
    "Names the risk\nnot at all\n2 fully": "begin every level with its points",
    "Names the risk\n2 in part\n2 fully": "two levels of different worth",
    "Names the risk\n0 no\n101 fully": "begin every level with its points",
    "One\n0 no\n60 yes\n\nTwo\n0 no\n60 yes": "between 1 and 100 points",
}


@pytest.mark.parametrize(("typed", "sentence"), RUBRICS.items())
def test_a_rubric_that_cannot_be_used_is_refused_with_what_was_typed_kept(client: Any, sign_in: Any, typed: str, sentence: str) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer, questions=0)
    sign_in(trainer)
    sent = {"kind": "essay", "text": "Why do we ask?", "points": "1", "difficulty": "medium", "state": "approved", "criteria": typed}
    refused = client.post(f"/course-versions/{version.public_id}/items/new", data=sent)
    assert refused.status_code == 422
    assert sentence in refused.get_data(as_text=True)
    assert "Why do we ask?" in refused.get_data(as_text=True)


def test_an_essay_is_written_changed_and_shown_with_its_rubric(client: Any, sign_in: Any) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer, questions=0)
    version_id = version.public_id
    sign_in(trainer)
    base = f"/course-versions/{version_id}"
    sent = {"kind": "file", "text": "Send it.", "points": "1", "difficulty": "hard", "state": "approved", "criteria": rubric_text(RUBRIC)}
    assert client.post(f"{base}/items/new", data={**sent, "file_kinds": []}).status_code == 422
    assert client.post(f"{base}/items/new", data={**sent, "file_kinds": ["pdf", "png"], "file_megabytes": "3"}).status_code == 302
    shown = client.get(base).get_data(as_text=True)
    assert "names and explains it" in shown
    (item,) = get_version(version_id, viewer=get_person_by_key(trainer.id)).items
    assert item.points == 8
    edit = f"{base}/items/{item.public_id}/edit"
    assert "4 names and explains it" in client.get(edit).get_data(as_text=True)
    shorter = ByHand((Criterion("Whole", (Level("no", 0), Level("yes", 5))),))
    changed = {**sent, "kind": "essay", "criteria": rubric_text(shorter.criteria), "least_words": "9", "most_words": "5"}
    assert client.post(edit, data=changed).status_code == 422
    assert client.post(edit, data={**changed, "most_words": "50"}).status_code == 302
    (item,) = get_version(version_id, viewer=get_person_by_key(trainer.id)).items
    assert (item.kind, item.points, item.most_words, item.file_kinds) == (ItemKind.ESSAY, 5, 50, [])
