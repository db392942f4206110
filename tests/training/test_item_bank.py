"""The item bank: what is drawn, what is kept back, what the next version carries over."""

from typing import Any

import pytest
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.errors import Invalid
from tests.training.situations import a_draft_course, a_trainer, an_officer
from training.catalogue.actions import ExamTerms, approve_version, begin_next_version, submit_version
from training.catalogue.queries import get_version
from training.exams.queries import drawable_items
from training.items.actions import write_item
from training.items.content import ItemDraft, OptionDraft
from training.items.models import Difficulty, Item, ItemKind, ItemState

DRAFT = ItemDraft(
    ItemKind.SINGLE, "Still to be checked?", options=[OptionDraft("Yes", True), OptionDraft("No")], tag="sanctions", difficulty=Difficulty.HARD
)
KEPT_BACK = ItemDraft(**{**vars(DRAFT), "state": ItemState.DRAFT})


def test_a_draft_question_is_never_drawn(app: Any) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer)
    ready = write_item(version, None, DRAFT, by=trainer)
    kept_back = write_item(version, None, KEPT_BACK, by=trainer)
    drawn = {item.id for item in drawable_items(version)}
    assert ready.id in drawn
    assert kept_back.id not in drawn


def test_a_draft_question_does_not_count_towards_what_the_exam_needs(app: Any) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer, terms=ExamTerms(item_count=9), questions=8)
    write_item(version, None, KEPT_BACK, by=trainer)
    with pytest.raises(Invalid, match="9"):
        submit_version(version, by=trainer)
    write_item(version, None, DRAFT, by=trainer)
    submit_version(version, by=trainer)


def test_the_next_version_carries_over_tag_difficulty_state_and_lineage(app: Any) -> None:
    trainer, officer = a_trainer(), an_officer()
    version = a_draft_course(by=trainer)
    written = [write_item(version, None, draft, by=trainer) for draft in (DRAFT, KEPT_BACK)]
    submit_version(version, by=trainer)
    approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    following = get_version(begin_next_version(version.course, what_changed="A law", by=trainer).public_id, viewer=trainer)
    copies = {item.lineage: item for item in following.items}
    for item in written:
        copy = copies[item.lineage]
        assert copy.id != item.id
        assert (copy.tag, copy.difficulty, copy.state) == ("sanctions", Difficulty.HARD, item.state)
        assert [(o.text, o.correct, o.weight) for o in copy.options] == [("Yes", True, 100), ("No", False, 100)]


def test_tag_difficulty_and_state_are_written_on_the_page_and_shown_again(client: Any, sign_in: Any) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer)
    page = f"/course-versions/{version.public_id}/items"
    sign_in(trainer)
    sent = {
        "kind": "single",
        "text": "Which list comes first?",
        "points": "1",
        "options-0-text": "A",
        "options-0-correct": "y",
        "options-1-text": "B",
    }
    client.post(f"{page}/new", data={**sent, "tag": "lists", "difficulty": "hard", "state": "draft"})
    item = session.scalars(select(Item).where(Item.tag == "lists")).one()
    assert (item.text, item.tag, item.difficulty, item.state) == ("Which list comes first?", "lists", Difficulty.HARD, ItemState.DRAFT)
    shown = client.get(f"{page}/{item.public_id}/edit").get_data(as_text=True)
    assert 'value="lists"' in shown
    assert '<option selected value="hard">' in shown
    assert '<option selected value="draft">' in shown
