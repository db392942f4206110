"""Reading attempts. What a person sees of a question is selected column by column, so that no key is ever loaded for them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from core.db import session
from core.errors import NotFound
from core.files.models import StoredFile
from core.people.models import Person
from training.catalogue.models import CourseVersion
from training.exams.drawing import Drawable, draw, drawn_order, drawn_rights, drawn_sections
from training.exams.grading import Accepted, Key
from training.exams.models import Attempt, AttemptState, Response
from training.exams.paper import OptionDrawn, QuestionOnPaper, on_paper
from training.exams.reading import Reference
from training.items.models import BlankForm, Item, ItemKind, ItemOption, ItemState
from training.marking.paper import hand_questions
from training.sections.models import ExamSection

ASKED = (Item.public_id, Item.kind, Item.text, Item.points, Item.picture_id, Item.picture_words, Item.sound_id, Item.sound_words)


def _with_course(query: Select[Attempt]) -> Select[Attempt]:
    return query.options(joinedload(Attempt.course), joinedload(Attempt.course_version))


def get_attempt(attempt_id: UUID, *, viewer: Person, lock: bool = False) -> Attempt:
    """The viewer's own attempt with course and version; another's is not there. Raises NotFound.

    `lock` holds its row until the transaction ends and reads it anew.
    """
    query = select(Attempt).where(Attempt.public_id == attempt_id, Attempt.person_id == viewer.id)
    if lock:
        _hold(query)
    found = session.scalars(_with_course(query)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _hold(query: Select[Attempt]) -> None:
    # only the attempt itself is read anew: doing that to what is joined would take away what is loaded of it elsewhere
    session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()


def lock_attempt(key: int) -> Attempt | None:
    """The attempt as it is now with course, version and responses, its row held until the transaction ends."""
    query = select(Attempt).where(Attempt.id == key)
    _hold(query)
    return session.scalars(_with_course(query).options(selectinload(Attempt.responses))).one_or_none()


def find_open_attempt(person: Person, course_id: int) -> Attempt | None:
    """The person's attempt at this course that nobody has closed yet, with course and version."""
    query = select(Attempt).where(Attempt.person_id == person.id, Attempt.course_id == course_id, Attempt.state == AttemptState.IN_PROGRESS)
    return session.scalars(_with_course(query)).one_or_none()


def has_open_attempt(person: Person) -> ColumnElement[bool]:
    """The condition that an attempt of the person is not closed yet."""
    return exists().where(Attempt.person_id == person.id, Attempt.state == AttemptState.IN_PROGRESS)


def open_attempts(person: Person) -> Sequence[Attempt]:
    """Every attempt of the person that nobody has closed yet, by deadline, with course."""
    query = select(Attempt).where(Attempt.person_id == person.id, Attempt.state == AttemptState.IN_PROGRESS)
    return session.scalars(_with_course(query).order_by(Attempt.deadline_at, Attempt.id)).all()


def attempts_of(person: Person, *, course_id: int | None = None) -> Sequence[Attempt]:
    """The person's attempts, newest first, with course and version."""
    query = select(Attempt).where(Attempt.person_id == person.id)
    if course_id is not None:
        query = query.where(Attempt.course_id == course_id)
    return session.scalars(_with_course(query).order_by(Attempt.started_at.desc(), Attempt.id.desc())).all()


def past_their_deadline(*, at: datetime) -> Sequence[int]:
    """Inner keys of open attempts whose deadline lies before the instant, oldest first."""
    query = select(Attempt.id).where(Attempt.state == AttemptState.IN_PROGRESS, Attempt.deadline_at < at)
    return session.scalars(query.order_by(Attempt.deadline_at, Attempt.id).limit(500)).all()


def last_number(person: Person, version: CourseVersion) -> int:
    """The number of the person's latest attempt at the version, 0 before the first."""
    query = select(func.max(Attempt.number)).where(Attempt.person_id == person.id, Attempt.version_id == version.id)
    return session.scalars(query).one() or 0


def drawable_items(version: CourseVersion) -> list[Drawable]:
    """Every item of the version that can be drawn: drafts never are."""
    options: dict[int, list[int]] = defaultdict(list)
    rights: dict[int, dict[str, int]] = defaultdict(dict)
    drawable = (Item.version_id == version.id, Item.state == ItemState.APPROVED)
    of_version = select(ItemOption.item_id, ItemOption.id, ItemOption.text, ItemOption.partner).join(Item, Item.id == ItemOption.item_id)
    for item_id, option_id, text, partner in session.execute(
        of_version.where(*drawable).order_by(ItemOption.item_id, ItemOption.position, ItemOption.id)
    ):
        if text:  # one without only offers another right side
            options[item_id].append(option_id)
        if partner:
            rights[item_id].setdefault(partner, option_id)
    items = session.execute(select(Item.id, Item.kind, Item.tag, Item.difficulty).where(*drawable).order_by(Item.id))
    return [
        Drawable(item_id, kind, tuple(options[item_id]), tag, difficulty, tuple(rights[item_id].values())) for item_id, kind, tag, difficulty in items
    ]


def seen_items(person: Person, version: CourseVersion) -> list[int]:
    """Inner keys of the version's items the person was asked before, here or as the same question of an earlier version, once for each time."""
    drawn = session.scalars(select(Attempt.drawn).where(Attempt.person_id == person.id, Attempt.course_id == version.course_id).order_by(Attempt.id))
    asked = [entry["item"] for attempt in drawn for entry in attempt]
    if not asked:
        return []
    same = aliased(Item)
    query = select(Item.id, same.id).join(same, (same.lineage == Item.lineage) & (same.version_id == version.id)).where(Item.id.in_(set(asked)))
    here = dict(session.execute(query.order_by(Item.id)).all())
    return [here[item] for item in asked if item in here]


def question_paper(attempt: Attempt) -> list[QuestionOnPaper]:
    """The drawn questions in their drawn order, with the answers saved. Nothing here knows which answers are right."""
    return _paper(attempt.drawn, saved_answers(attempt))


def question_alone(item: Item) -> QuestionOnPaper:
    """A question as it would stand on a paper, always in the same order. Needs `options`."""
    rights = {option.partner: option.id for option in reversed(item.options) if option.partner}
    drawable = Drawable(item.id, item.kind, tuple(o.id for o in item.options if o.text), rights=tuple(rights.values()))
    return _paper(draw([drawable], 1, seed=item.id), {})[0]


def _paper(drawn: Sequence[Mapping[str, Any]], answers: Mapping[int, dict[str, Any]]) -> list[QuestionOnPaper]:
    order, rights = drawn_order(drawn), drawn_rights(drawn)
    items = {row.id: row for row in session.execute(select(Item.id, *ASKED).where(Item.id.in_(order)).order_by(Item.id))}
    options = {row.id: row for row in session.execute(_offered(order))}
    partners = dict(session.execute(select(ItemOption.id, ItemOption.partner).where(ItemOption.item_id.in_(order), ItemOption.partner != "")).all())
    forms, paper = blank_forms(order), []
    by_hand, opening = hand_questions(((row.id, row.kind) for row in items.values()), answers), _opening_items(drawn)
    for position, (item_id, option_ids) in enumerate(order.items(), start=1):
        offered = [OptionDrawn(*options[key]) for key in option_ids if key in options]
        sides = {key: partners[key] for key in rights[item_id]}
        question = on_paper(position, items[item_id], offered, answers.get(item_id, {}), sides, forms[item_id])
        paper.append(replace(question, section=opening.get(item_id, ""), by_hand=by_hand.get(item_id)))
    return paper


def _opening_items(drawn: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """The first item of each section the attempt was drawn from, with the section's name."""
    of_item = drawn_sections(drawn)
    if set(of_item.values()) <= {None}:
        return {}
    first: dict[int, int] = {}
    for item_id, section in of_item.items():
        if section is not None:
            first.setdefault(section, item_id)
    query = select(ExamSection.id, ExamSection.title).where(ExamSection.id.in_(first)).order_by(ExamSection.id)
    return {first[key]: title for key, title in session.execute(query)}


def _offered(items: Collection[int]) -> Select[int, UUID, str, int]:
    """Options of the items that may be seen while the exam is sat: not what is only accepted when it is typed."""
    is_seen = or_(Item.kind.notin_([ItemKind.SHORT_TEXT, ItemKind.FILL_IN]), ItemOption.form == BlankForm.LISTED)
    query = select(ItemOption.id, ItemOption.public_id, ItemOption.text, ItemOption.blank).join(Item, Item.id == ItemOption.item_id)
    return query.where(ItemOption.item_id.in_(items), is_seen).order_by(ItemOption.id)


def blank_forms(items: Collection[int]) -> dict[int, dict[int, BlankForm]]:
    """Item to its blanks and how each is filled in."""
    forms: dict[int, dict[int, BlankForm]] = defaultdict(dict)
    query = select(ItemOption.item_id, ItemOption.blank, ItemOption.form).where(ItemOption.item_id.in_(items), ItemOption.blank > 0).distinct()
    for item_id, blank, form in session.execute(query.order_by(ItemOption.item_id, ItemOption.blank)):
        forms[item_id][blank] = form
    return forms


def saved_answers(attempt: Attempt) -> dict[int, dict[str, Any]]:
    """Item to the answer saved for it."""
    query = select(Response.item_id, Response.answer).where(Response.attempt_id == attempt.id).order_by(Response.id)
    return dict(session.execute(query).all())


def references(attempt: Attempt) -> dict[str, Reference]:
    """Public id of each drawn question to what is needed to read an answer to it.

    Kept in the process for attempts saved lately: what is drawn never changes, nor does a version once it is in force.
    """
    found = _known.get(attempt.public_id)
    if found is None:
        while len(_known) >= KEPT:
            _known.pop(next(iter(_known), attempt.public_id), None)
        found = _known[attempt.public_id] = _references(attempt)
    return found


KEPT = 2000
_known: dict[UUID, dict[str, Reference]] = {}


def _references(attempt: Attempt) -> dict[str, Reference]:
    order, rights = drawn_order(attempt.drawn), drawn_rights(attempt.drawn)
    options: dict[int, dict[str, int]] = defaultdict(dict)
    forms: dict[int, dict[int, BlankForm]] = defaultdict(dict)
    listed: dict[int, dict[int, int]] = defaultdict(dict)
    offered = select(ItemOption.item_id, ItemOption.public_id, ItemOption.id, ItemOption.blank, ItemOption.form)
    for row in session.execute(offered.where(ItemOption.item_id.in_(order), ItemOption.text != "").order_by(ItemOption.id)):
        options[row.item_id][str(row.public_id)] = row.id
        if row.blank:
            forms[row.item_id][row.blank] = row.form
            listed[row.item_id][row.id] = row.blank
    items = session.execute(select(Item.id, Item.public_id, Item.kind).where(Item.id.in_(order)).order_by(Item.id))
    return {
        str(public_id): Reference(item_id, kind, options[item_id], rights[item_id], forms[item_id], listed[item_id])
        for item_id, public_id, kind in items
    }


def responses_of(attempt: Attempt) -> dict[int, Response]:
    """Item to the response saved for it."""
    rows = session.scalars(select(Response).where(Response.attempt_id == attempt.id).order_by(Response.id))
    return {response.item_id: response for response in rows}


def keys_of(attempt: Attempt) -> dict[int, Key]:
    """The keys of the drawn items, for grading only."""
    return {item.id: key_of(item) for item in drawn_items(attempt)}


def drawn_items(attempt: Attempt) -> Sequence[Item]:
    """The drawn items with options and keys, for grading and for results that may be shown."""
    query = select(Item).where(Item.id.in_(drawn_order(attempt.drawn))).options(selectinload(Item.options))
    return session.scalars(query.order_by(Item.id)).all()


def key_of(item: Item) -> Key:
    """The key of an item. Needs `options` to be loaded."""
    is_typed = item.kind in (ItemKind.SHORT_TEXT, ItemKind.FILL_IN)
    is_matched = item.kind is ItemKind.MATCHING
    return Key(
        kind=item.kind,
        points=item.points,
        options=frozenset(option.id for option in item.options),
        right=frozenset(option.id for option in item.options if option.correct),
        number=item.answer,
        tolerance=item.tolerance,
        accepted=tuple(Accepted(o.text, o.weight, o.blank, o.form, o.worth, o.tolerance or "0") for o in item.options) if is_typed else (),
        case_matters=item.case_matters,
        accents_matter=item.accents_matter,
        partners={option.id: option.partner for option in item.options if option.text} if is_matched else {},
        texts={option.id: option.partner if is_matched else option.text for option in item.options},
        order=tuple(option.id for option in item.options) if item.kind is ItemKind.ORDERING else (),
    )


def drawn_file(attempt: Attempt, item_id: UUID, *, is_sound: bool) -> StoredFile:
    """The picture or sound of a question the attempt asks. Raises NotFound for one it does not ask."""
    column = Item.sound_id if is_sound else Item.picture_id
    query = select(StoredFile).join(Item, column == StoredFile.id).where(Item.public_id == item_id, Item.id.in_(drawn_order(attempt.drawn)))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found
