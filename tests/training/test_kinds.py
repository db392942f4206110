"""Questions that are typed, matched, put in order and filled in: written, drawn, sat without a script, graded, shown, corrected, copied."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import today
from core.db import session
from core.errors import Invalid, WrongState
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import FEEDBACK, Learner, a_draft_course, a_trainer, an_officer
from training.catalogue.actions import ExamTerms, approve_version, begin_next_version, submit_version
from training.catalogue.queries import find_version_in_force, get_version
from training.exams.actions import hand_in, save_answers, start_attempt
from training.exams.drawing import Drawable, draw
from training.exams.grading import Accepted, Key, points_for
from training.exams.models import Attempt, Response
from training.exams.queries import question_paper
from training.exams.wording import is_meant
from training.items.actions import drop_item, write_item
from training.items.content import ItemDraft, OptionDraft, check
from training.items.gaps import read_answers, write_answers
from training.items.models import BlankForm, Item, ItemKind, ItemState
from training.learning.actions import read_module
from training.regrading.actions import correct_key, foresee, wanted_key
from training.regrading.models import CorrectionKind
from training.regrading.queries import get_item

SHORT = ItemDraft(
    ItemKind.SHORT_TEXT,
    "Which authority receives reports?",
    points=4,
    feedback=FEEDBACK,
    options=[OptionDraft("Coaf", True, FEEDBACK), OptionDraft("Conselho de Controle de Atividades Financeiras", True), OptionDraft("UIF", weight=50)],
)
PAIRS = ItemDraft(
    ItemKind.MATCHING,
    "What belongs together?",
    points=3,
    feedback=FEEDBACK,
    options=[
        OptionDraft("Placement", partner="Cash enters a bank", feedback=FEEDBACK),
        OptionDraft("Layering", partner="Many transfers"),
        OptionDraft("Integration", partner="A house is bought"),
        OptionDraft("", partner="A tax is paid"),
    ],
)
ORDER = ItemDraft(ItemKind.ORDERING, "In which order?", points=3, options=[OptionDraft(f"Step {name}") for name in ("one", "two", "three", "four")])
BLANKS = ItemDraft(
    ItemKind.FILL_IN,
    "Cash of R$ [[1]] or more is reported within [[2]] to [[3]].",
    points=4,
    options=[
        OptionDraft("50000", True, blank=1, form=BlankForm.NUMBER, worth=2, tolerance="0"),
        OptionDraft("one day", True, FEEDBACK, blank=2, form=BlankForm.LISTED),
        OptionDraft("one month", blank=2, form=BlankForm.LISTED, weight=0),
        OptionDraft("Coaf", True, blank=3),
        OptionDraft("UIF", blank=3, weight=50),
    ],
)
KINDS = (SHORT, PAIRS, ORDER, BLANKS)


def a_learner_of(*drafts: ItemDraft, partial_credit: bool = True) -> tuple[Learner, dict[ItemKind, Item]]:
    """Somebody who has read the modules of a course in force that asks just these."""
    trainer, officer = a_trainer(), an_officer()
    terms = ExamTerms(item_count=len(drafts), partial_credit=partial_credit)
    version = a_draft_course(by=trainer, terms=terms, questions=0)
    for draft in drafts:
        write_item(version, None, draft, by=trainer)
    submit_version(get_version(version.public_id, viewer=trainer), by=trainer)
    approve_version(version, in_force_from=today(officer.time_zone), by=officer)
    person = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    found = find_version_in_force(version.course, on=today(person.time_zone))
    assert found is not None
    for module in found.modules:
        read_module(found, module, by=person)
    items = {item.kind: item for item in get_version(version.public_id, viewer=trainer).items}
    return Learner(person, found.course, found, None, None), items  # type: ignore[arg-type]


def options(item: Item) -> dict[str, str]:
    """Text to the public id of an option."""
    return {option.text: str(option.public_id) for option in item.options}


def paper_of(attempt: Attempt, item: Item) -> Any:
    return next(question for question in question_paper(attempt) if question.id == item.public_id)


def right_answer(attempt: Attempt, item: Item) -> list[str]:
    if item.kind is ItemKind.SHORT_TEXT:
        return ["  COAF. "]
    if item.kind is ItemKind.MATCHING:
        rights = paper_of(attempt, item).rights
        return [f"{option.public_id}:{1 + rights.index(option.partner)}" for option in item.options if option.text]
    if item.kind is ItemKind.ORDERING:
        return [f"{option.public_id}:{place}" for place, option in enumerate(item.options, start=1)]
    return ["1:50.000,00", f"2:{options(item)['one day']}", "3:coaf"]


@pytest.mark.parametrize(
    ("accepted", "typed", "meant"),
    [
        ("São Paulo", "sao  paulo", True),
        ("São Paulo", "SÃO PAULO!", True),
        ("sanction list", "sanctions list", False),
        ("e-mail", "e mail", True),
        ("C#", "C", False),
        ("-5", "5", False),
        ("client's file", "clients file", True),
        ("know*client", "Know your client", True),
        ("know*client", "know the clients", False),
        ("*", "anything", True),
        ("*", "", False),
        ("a*b*c", "abc", True),
        ("ab*ba", "aba", False),
        (r"5 \* 3", "5 * 3", True),
        (r"5 \* 3", "5 and 3", False),
        ("?", "!", False),
        ("Straße", "STRASSE", True),
        ("ﬁle", "file", True),
    ],
)
def test_case_accents_spaces_and_punctuation_make_no_difference(accepted: str, typed: str, meant: bool) -> None:
    assert is_meant(accepted, typed) is meant


def test_case_and_accents_matter_where_the_author_says_so() -> None:
    assert not is_meant("São", "Sao", accents_matter=True)
    assert is_meant("São", "sa\u0303o", accents_matter=True)
    assert not is_meant("Coaf", "coaf", case_matters=True)
    assert is_meant("Coaf", "Coaf", case_matters=True)


ORDERED = Key(ItemKind.ORDERING, 3, order=(1, 2, 3, 4))
PAIRED = Key(ItemKind.MATCHING, 3, partners={1: "a", 2: "b", 3: "a"}, texts={1: "a", 2: "b", 3: "a", 4: "c"})
TYPED = Key(ItemKind.SHORT_TEXT, 3, accepted=(Accepted("one"), Accepted("uno", 33), Accepted("*", 0)))
FILLED = Key(
    ItemKind.FILL_IN,
    3,
    accepted=(
        Accepted("x", blank=1),
        Accepted("y", 50, 1),
        Accepted("3.5", 100, 2, BlankForm.NUMBER, 2, "0.5"),
        Accepted("l", 100, 3, BlankForm.LISTED),
    ),
    texts={7: "l", 8: "m"},
)


@pytest.mark.parametrize(
    ("key", "answer", "points"),
    [
        (TYPED, {"text": "ONE"}, Fraction(3)),
        (TYPED, {"text": "uno"}, Fraction(99, 100)),
        (TYPED, {"text": "two"}, Fraction(0)),
        (TYPED, {"text": ""}, Fraction(0)),
        (PAIRED, {"pairs": {"1": 1, "2": 2, "3": 3}}, Fraction(3)),
        (PAIRED, {"pairs": {"1": 3, "2": 4}}, Fraction(1)),  # two left sides share a right one, by its text
        (PAIRED, {}, Fraction(0)),
        (ORDERED, {"places": {"1": 1, "2": 2, "3": 3, "4": 4}}, Fraction(3)),
        (ORDERED, {"places": {"4": 1, "1": 2, "2": 3, "3": 4}}, Fraction(2)),  # one step out of place
        (ORDERED, {"places": {"4": 1, "3": 2, "2": 3, "1": 4}}, Fraction(0)),
        (ORDERED, {"places": {"1": 1, "2": 1, "3": 2, "4": 3}}, Fraction(1)),  # two on one place are on none
        (ORDERED, {"places": {"1": 1, "2": 3}}, Fraction(0)),
        (FILLED, {"blanks": {"1": "X", "2": "4,0", "3": 7}}, Fraction(3)),
        (FILLED, {"blanks": {"1": "y", "2": "4.1", "3": 8}}, Fraction(3, 8)),
        (FILLED, {"blanks": {"2": "3.5"}}, Fraction(3, 2)),
    ],
)
def test_points_are_exact_and_each_part_counts(key: Key, answer: dict[str, Any], points: Fraction) -> None:
    assert points_for(key, answer, partial_credit=True) == points
    in_parts = key.kind is not ItemKind.SHORT_TEXT
    assert points_for(key, answer, partial_credit=False) == (0 if in_parts and points < 3 else points)


def test_what_is_put_in_order_is_never_drawn_in_it() -> None:
    pool = [Drawable(1, ItemKind.ORDERING, (1, 2)), Drawable(2, ItemKind.MATCHING, (3, 4), rights=(4, 3, 5))]
    for seed in range(50):
        drawn = {entry["item"]: entry for entry in draw(pool, 2, seed=seed)}
        assert drawn[1]["options"] == [2, 1]
        assert sorted(drawn[2]["rights"]) == [3, 4, 5]
        assert draw(pool, 2, seed=seed) == draw(pool, 2, seed=seed)


def test_nothing_on_the_page_tells_the_answers(client: Any, sign_in: Any) -> None:
    learner, items = a_learner_of(*KINDS)
    attempt = start_attempt(learner.version, by=learner.person)
    sign_in(learner.person)
    codes = [str(option.public_id) for option in items[ItemKind.SHORT_TEXT].options]
    lefts = {str(option.public_id) for option in items[ItemKind.MATCHING].options if option.text}
    written = [option.public_id for option in items[ItemKind.ORDERING].options]
    assert [option.id for option in paper_of(attempt, items[ItemKind.ORDERING]).options] != written
    page = client.get(f"/exams/{attempt.public_id}").text
    assert client.last_statements <= 12
    for secret in ("Coaf", "UIF", "Conselho", "50000", FEEDBACK):
        assert secret not in page
    assert not any(code in page for code in codes)
    assert page.count("A tax is paid") == 3  # offered to each left side
    values = re.findall(r'value="([0-9a-f-]{36}):(\d)"', page)
    assert {left for left, _number in values} >= lefts


def test_every_kind_is_sat_by_form_and_comes_back_as_it_was_saved(client: Any, sign_in: Any) -> None:
    learner, items = a_learner_of(*KINDS)
    attempt = start_attempt(learner.version, by=learner.person)
    sign_in(learner.person)
    sent: dict[str, Any] = {"sequence": "1"}
    for kind, item in items.items():
        answer = right_answer(attempt, item)
        if kind is ItemKind.FILL_IN:
            sent |= {f"item-{item.public_id}.1": "50.000,00", f"item-{item.public_id}": answer[1], f"item-{item.public_id}.3": "uif"}
        else:
            sent[f"item-{item.public_id}"] = answer
    assert client.post(f"/exams/{attempt.public_id}/answers", data=sent).status_code == 302
    page = client.get(f"/exams/{attempt.public_id}").text
    assert 'value="50.000,00"' in page and 'value="uif"' in page and 'value="COAF."' in page
    assert len(re.findall(r'<option value="[^"]+" selected>', page)) == 3 + 4 + 1
    assert "<span data-answered>4</span>" in page
    assert client.post(f"/exams/{attempt.public_id}/submit", data={**sent, "sequence": "2"}).status_code == 302
    earned = dict(session.execute(select(Response.item_id, Response.earned)).all())
    assert {kind: earned[item.id] for kind, item in items.items()} == {
        ItemKind.SHORT_TEXT: "4",
        ItemKind.MATCHING: "3",
        ItemKind.ORDERING: "3",
        ItemKind.FILL_IN: "7/2",
    }
    result = client.get(f"/exams/{attempt.public_id}/result").text
    assert "Placement → Cash enters a bank" in result and "1. Step one; 2. Step two" in result
    assert "2. one day" in result and "3. Coaf / UIF (50 %)" in result
    assert "R$ _____ or more" in result


def test_a_failed_exam_shows_what_was_given_and_nothing_of_what_is_right(client: Any, sign_in: Any) -> None:
    learner, items = a_learner_of(*KINDS)
    attempt = start_attempt(learner.version, by=learner.person)
    item = items[ItemKind.SHORT_TEXT]
    hand_in(attempt, {str(item.public_id): ["The police"]}, sequence=1, by=learner.person)
    session.commit()
    sign_in(learner.person)
    result = client.get(f"/exams/{attempt.public_id}/result").text
    assert "The police" in result
    for secret in ("Coaf", "UIF", "50000", "Cash enters a bank", FEEDBACK):
        assert secret not in result


def test_what_was_not_offered_is_refused_and_changes_nothing(app: Any) -> None:
    learner, items = a_learner_of(*KINDS)
    attempt = start_attempt(learner.version, by=learner.person)
    pairs, order, blanks = (items[kind] for kind in (ItemKind.MATCHING, ItemKind.ORDERING, ItemKind.FILL_IN))
    left, step = options(pairs)["Placement"], options(order)["Step one"]
    wrong: list[tuple[Item, list[str]]] = [
        (pairs, [f"{left}:5"]),
        (pairs, [f"{left}:0"]),
        (pairs, [f"{left}:x"]),
        (pairs, [f"{left}:1", f"{left}:2"]),
        (pairs, [f"{step}:1"]),
        (order, [f"{step}:5"]),
        (order, [step]),
        (blanks, ["4:x"]),
        (blanks, ["1:1", "1:2"]),
        (blanks, [f"2:{options(blanks)['Coaf']}"]),
        (blanks, ["2:one day"]),
        (blanks, ["no colon"]),
    ]
    for item, sent in wrong:
        with pytest.raises(Invalid):
            save_answers(attempt, {str(item.public_id): sent}, sequence=1, by=learner.person)
    assert not session.scalars(select(Response)).all()


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(SHORT, options=[]), "options"),
        (replace(SHORT, options=[OptionDraft("a", weight=50)]), "options"),
        (replace(SHORT, options=[OptionDraft("a"), OptionDraft("A!")]), "options"),
        (replace(SHORT, options=[OptionDraft("a", weight=101), OptionDraft("b")]), "options"),
        (replace(PAIRS, options=PAIRS.options[:1]), "options"),
        (replace(PAIRS, options=[*PAIRS.options, OptionDraft("Alone")]), "options"),
        (replace(ORDER, options=ORDER.options[:1]), "options"),
        (replace(ORDER, options=[OptionDraft("a"), OptionDraft("A")]), "options"),
        (replace(BLANKS, text="No blank"), "text"),
        (replace(BLANKS, text="[[1]] [[1]] [[2]] [[3]]"), "text"),
        (replace(BLANKS, text="[[1]] [[2]]"), "gaps"),
        (replace(BLANKS, options=BLANKS.options[1:]), "gaps"),
        (replace(BLANKS, options=[replace(BLANKS.options[0], text="many"), *BLANKS.options[1:]]), "gaps"),
        (replace(BLANKS, options=[option for option in BLANKS.options if option.text != "one month"]), "gaps"),
        (replace(BLANKS, options=[*BLANKS.options, OptionDraft("COAF", blank=3)]), "gaps"),
    ],
)
def test_a_question_that_could_not_be_graded_is_refused_at_its_field(app: Any, draft: ItemDraft, field: str) -> None:
    with app.test_request_context(), pytest.raises(Invalid) as refused:
        check(draft)
    assert refused.value.field == field


def test_lines_of_answers_are_read_and_written_alike() -> None:
    text = "Coaf # The unit\n50% UIF\n100% 20% of it\nC \\# sharp # no"
    assert write_answers(read_answers(text)) == text
    listed = read_answers("one day\none month\n30% one week", form=BlankForm.LISTED)
    assert [option.weight for option in listed] == [100, 0, 30]
    assert write_answers(listed) == "one day\none month\n30% one week"
    (number,) = read_answers("50.000,5:0,1", form=BlankForm.NUMBER)
    assert (number.text, number.tolerance) == ("50000.5", "0.1")


SENT = {"text": "Asked?", "points": "2", "difficulty": "easy", "state": "approved"}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            {"kind": "short_text", "options-0-text": "Coaf", "options-1-text": "UIF", "options-1-share": "40", "case_matters": "y"},
            [("Coaf", 100, "", 0), ("UIF", 40, "", 0)],
        ),
        (
            {
                "kind": "matching",
                "options-0-text": "a",
                "options-0-partner": "b",
                "options-1-text": "c",
                "options-1-partner": "d",
                "options-2-partner": "e",
            },
            [("a", 100, "b", 0), ("c", 100, "d", 0), ("", 100, "e", 0)],
        ),
        (
            {"kind": "ordering", "options-0-text": "a", "options-1-text": "", "options-2-text": "b"},
            [("a", 100, "", 0), ("b", 100, "", 0)],
        ),
        (
            {
                "kind": "fill_in",
                "text": "[[1]] [[2]]",
                "gaps-0-form": "typed",
                "gaps-0-answers": "x",
                "gaps-1-form": "listed",
                "gaps-1-answers": "y\nz",
            },
            [("x", 100, "", 1), ("y", 100, "", 2), ("z", 0, "", 2)],
        ),
    ],
)
def test_every_kind_is_written_on_the_page_shown_again_and_on_the_version(client: Any, sign_in: Any, sent: dict[str, str], told: list[Any]) -> None:
    trainer = a_trainer()
    version = a_draft_course(by=trainer, questions=0)
    sign_in(trainer)
    base = f"/course-versions/{version.public_id}/items"
    answer = client.post(f"{base}/new", data={**SENT, **sent})
    assert answer.status_code == 302, re.findall("error.*", answer.text)
    item = get_version(version.public_id, viewer=again(trainer)).items[0]
    assert [(o.text, o.weight, o.partner, o.blank) for o in item.options] == told
    page = client.get(f"{base}/{item.public_id}/edit").text
    for text, _weight, partner, _blank in told:
        assert text in page and partner in page
    assert client.get(f"/course-versions/{version.public_id}").status_code == 200
    assert client.post(f"{base}/{item.public_id}/edit", data={**SENT, **sent, "options-0-text": "", "gaps-0-answers": ""}).status_code == 422
    grown = client.post(f"{base}/new", data={**SENT, **sent, "more": "More lines"}).text
    assert 'name="options-9-text"' in grown and 'name="gaps-4-answers"' in grown


def again(person: Person) -> Person:
    return get_person_by_key(person.id)


def corrected(learner: Learner, item: Item, officer: Person, lines: list[str], run_jobs: Any) -> None:
    wanted = wanted_key(get_item(item.public_id, viewer=officer), kind=CorrectionKind.KEY, right=[], number="", tolerance="", lines=lines)
    assert foresee(get_item(item.public_id, viewer=officer), wanted, keeps_passed=True).changed
    correct_key(get_item(item.public_id, viewer=officer), wanted, keeps_passed=True, reason="The key was wrong.", by=officer)
    session.commit()
    run_jobs()


def wrong_answer(attempt: Attempt, item: Item) -> list[str]:
    """What the keys below make right."""
    told = options(item)
    if item.kind is ItemKind.SHORT_TEXT:
        return ["police"]
    if item.kind is ItemKind.MATCHING:
        rights = paper_of(attempt, item).rights
        pairs = (("Placement", "Many transfers"), ("Layering", "Cash enters a bank"), ("Integration", "A house is bought"))
        return [f"{told[left]}:{1 + rights.index(right)}" for left, right in pairs]
    if item.kind is ItemKind.ORDERING:
        return [f"{told[f'Step {step}']}:{place}" for place, step in enumerate(("two", "one", "three", "four"), start=1)]
    return ["1:50000", f"2:{told['one month']}", "3:Police"]


@pytest.mark.parametrize(
    ("draft", "lines", "before", "after"),
    [
        (SHORT, ["Coaf\nPolice"], "0", "4"),
        (PAIRS, ["Many transfers", "Cash enters a bank", "A house is bought"], "1", "3"),
        (ORDER, ["Step two\nStep one\nStep three\nStep four"], "1", "3"),
        (BLANKS, ["50000", "one month\n0% one day", "police"], "2", "4"),
    ],
)
def test_a_corrected_key_grades_again_and_is_carried_into_the_next_version(
    app: Any, run_jobs: Any, draft: ItemDraft, lines: list[str], before: str, after: str
) -> None:
    learner, items = a_learner_of(draft)
    item = items[draft.kind]
    attempt = start_attempt(learner.version, by=learner.person)
    given = wrong_answer(attempt, item)
    hand_in(attempt, {str(item.public_id): given}, sequence=1, by=learner.person)
    session.commit()
    assert session.scalars(select(Response.earned)).one() == before
    officer = an_officer("Otto Reis")
    corrected(learner, item, officer, lines, run_jobs)
    session.expire_all()
    assert session.scalars(select(Response.earned)).one() == after
    version = begin_next_version(learner.course, what_changed="The key", by=again(officer))
    session.expire_all()
    (copied,) = get_version(version.public_id, viewer=again(officer)).items
    assert copied.state is ItemState.APPROVED and copied.lineage == item.lineage
    if draft.kind is ItemKind.ORDERING:
        assert [option.text for option in copied.options][:2] == ["Step two", "Step one"]
    elif draft.kind is ItemKind.MATCHING:
        assert copied.options[0].partner == "Many transfers"
    elif draft.kind is ItemKind.SHORT_TEXT:
        assert [(o.text, o.feedback) for o in copied.options] == [("Coaf", FEEDBACK), ("Police", "")]
    else:
        assert [(o.text, o.weight, o.blank) for o in copied.options][1:3] == [("one month", 100, 2), ("one day", 0, 2)]


def test_a_key_the_question_cannot_have_is_refused_on_the_page(client: Any, sign_in: Any) -> None:
    _learner, items = a_learner_of(*KINDS)
    sign_in(an_officer("Otto Reis"))
    wrong = {
        ItemKind.SHORT_TEXT: {"lines-0": "50% x"},
        ItemKind.MATCHING: {"lines-0": "Something else", "lines-1": "Many transfers", "lines-2": "A house is bought"},
        ItemKind.ORDERING: {"lines-0": "Step one\nStep two"},
        ItemKind.FILL_IN: {"lines-0": "50000", "lines-1": "one year\none day", "lines-2": "x"},
    }
    for kind, item in items.items():
        address = f"/exam-corrections/items/{item.public_id}/correct"
        assert client.get(address).status_code == 200
        answer = client.post(address, data={"kind": "key", "reason": "So.", **wrong[kind]})
        assert answer.status_code == 422 and "field-error" in answer.text, kind


def test_questions_of_every_kind_are_copied_whole(app: Any) -> None:
    learner, _items = a_learner_of(*KINDS)
    officer = an_officer("Otto Reis")
    version = get_version(begin_next_version(learner.course, what_changed="Nothing", by=officer).public_id, viewer=officer)
    assert [item.kind for item in version.items] == [draft.kind for draft in KINDS]
    for item, draft in zip(version.items, KINDS, strict=True):
        for option, told in zip(item.options, draft.options, strict=True):
            assert vars(told).items() <= {name: getattr(option, name) for name in vars(told)}.items()


def test_a_question_of_an_approved_version_is_not_changed(app: Any) -> None:
    learner, items = a_learner_of(SHORT)
    trainer = a_trainer("Tito Braga")
    with pytest.raises(WrongState):
        write_item(learner.version, items[ItemKind.SHORT_TEXT], SHORT, by=trainer)
    with pytest.raises(WrongState):
        drop_item(learner.version, items[ItemKind.SHORT_TEXT], by=trainer)
