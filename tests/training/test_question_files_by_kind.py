"""Files of questions that are typed, matched, put in order and filled in: what they mean, and that what is written is read again the same."""

from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.models import Person
from core.people.queries import get_person_by_key
from tests.training.situations import a_draft_course, a_trainer
from tests.training.test_kinds import BLANKS, ORDER, PAIRS, SHORT
from training.catalogue.models import CourseVersion
from training.catalogue.queries import get_version
from training.interchange.drafts import preview
from training.interchange.gift import read_gift
from training.interchange.gift_writing import can_write, write_gift
from training.interchange.moodle_writing import write_moodle_xml
from training.interchange.moodle_xml import read_moodle_xml
from training.interchange.questions import Answer, Question, QuestionKind, Reading
from training.items.actions import write_item
from training.items.content import ItemDraft, OptionDraft
from training.items.models import BlankForm, Difficulty, ItemKind, ItemState

Q, F = QuestionKind, BlankForm
GAP = ItemDraft(
    ItemKind.FILL_IN,
    "Reports go to the [[1]] within a day.",
    points=2,
    tag="aml / reports",
    difficulty=Difficulty.HARD,
    state=ItemState.DRAFT,
    case_matters=True,
    accents_matter=True,
    options=[OptionDraft("Coaf", True, "Yes", blank=1), OptionDraft("UIF", blank=1, weight=50)],
)
LISTED = ItemDraft(
    ItemKind.FILL_IN,
    "The [[1]] decides.",
    options=[
        OptionDraft("officer", True, "Yes: a = b", blank=1, form=F.LISTED),
        OptionDraft("#1", blank=1, form=F.LISTED, weight=0),
        OptionDraft("100%", blank=1, form=F.LISTED, weight=25),
    ],
)
NUMBER = ItemDraft(
    ItemKind.FILL_IN,
    "From R$ [[1]] on.",
    options=[
        OptionDraft("50000.5", True, blank=1, form=F.NUMBER, tolerance="0.5"),
        OptionDraft("50000", blank=1, form=F.NUMBER, weight=50, tolerance="0"),
    ],
)
ZERO = replace(SHORT, text="Who, {in} one word?", options=[*SHORT.options, OptionDraft("*", weight=0, feedback="Read again: [html]")])
MANY = replace(BLANKS, text="A {b} and \\c: R$ [[1]] in [[2]] to [[3]]")


def of_gift(text: str) -> Question:
    reading = read_gift(text)
    assert not reading.problems
    (question,) = reading.questions
    return question


def of_xml(inside: str) -> Reading:
    return read_moodle_xml(f'<?xml version="1.0"?>\n<quiz>{inside}</quiz>'.encode())


@pytest.mark.parametrize(
    ("text", "shown", "answers"),
    [
        ("Cash {=in notes =%50%money#Say more} first.", "Cash [[1]] first.", [("in notes", 100, F.TYPED, "0"), ("money", 50, F.TYPED, "0")]),
        ("{=He ~She} pays.", "[[1]] pays.", [("He", 100, F.LISTED, "0"), ("She", 0, F.LISTED, "0")]),
        ("From R\\$ {#50000:1} on.", "From R\\$ [[1]] on.", [("50000", 100, F.NUMBER, "1")]),
        ("A\\{1\\} {=x}, b", "A{1} [[1]], b", [("x", 100, F.TYPED, "0")]),
    ],
)
def test_the_missing_word_is_a_blank(app: Any, text: str, shown: str, answers: list[Any]) -> None:
    with app.test_request_context():
        question = of_gift(text)
    assert (question.kind, question.text) == (Q.FILL_IN, shown)
    assert [(answer.text, answer.weight, answer.form, answer.tolerance) for answer in question.answers] == answers
    assert all(answer.blank == 1 for answer in question.answers)


def test_tags_of_comments_belong_to_the_question_below(app: Any) -> None:
    text = "// [id:7] [tag:aml] [tag:a \\] b]\n::One::Two {T}\n\n// a note\nThree {F}\n"
    with app.test_request_context():
        first, second = read_gift(text).questions
    assert (first.tags, second.tags) == (("aml", "a ] b"), ())


SIGNS = st.text(alphabet="abç =~#:{}\\\n%*[]-'\"/", min_size=1, max_size=20).map(str.strip).filter(lambda text: "[[" not in text and "\n" not in text)
WORDS = SIGNS.filter(bool)


@given(WORDS, WORDS, st.lists(WORDS, min_size=2, max_size=4, unique=True), st.sampled_from(list(F)), WORDS)
def test_signs_with_a_meaning_survive_in_a_text_with_a_blank(before: str, after: str, words: list[str], form: BlankForm, feedback: str) -> None:
    texts = [str(number) for number in range(len(words))] if form is F.NUMBER else words
    weights = [100, 0, 50, 25] if form is F.LISTED else [100, 50, 100, 25]
    answers = tuple(
        Answer(word, Fraction(weight), feedback, "0.5" if form is F.NUMBER else "0", blank=1, form=form)
        for word, weight in zip(texts, weights, strict=False)
    )
    question = Question(Q.FILL_IN, f"{before} [[1]] {after}", name="one", answers=answers)
    for reading in ([read_gift(write_gift([question]))] if can_write(question) else []) + [read_moodle_xml(write_moodle_xml([question]))]:
        assert not reading.problems
        (again,) = reading.questions
        assert (again.kind, again.text, again.answers) == (Q.FILL_IN, question.text, answers)


CLOZE = """<question type="cloze"><name><text>Cloze</text></name><questiontext format="html"><text><![CDATA[<p>The {2:SAC:=Coaf#Yes~%50%U\\}IF}
hears of R$ {:NM:=50000:0.5~%50%50001:0} in {1:MCVS:=one day~one \\~ month}.</p>]]></text></questiontext></question>"""
GAPS = """<question type="gapselect"><name><text>Gaps</text></name>
<questiontext format="html"><text><![CDATA[<p>[[2]] reports, [[1]] decides, [[2]] waits.
</p>]]></text></questiontext><selectoption><text>The officer</text><group>1</group></selectoption>
<selectoption><text>The manager</text><group>1</group></selectoption><selectoption><text>Other</text><group>2</group></selectoption></question>"""
DRAG = GAPS.replace("gapselect", "ddwtos").replace("selectoption", "dragbox")


def test_cloze_is_read_with_its_forms_worths_and_escapes(app: Any) -> None:
    with app.test_request_context():
        (question,) = of_xml(CLOZE).questions
    assert (question.kind, question.text, question.case_sensitive) == (Q.FILL_IN, "The [[1]]\nhears of R$ [[2]] in [[3]].", True)
    assert [(a.blank, a.form, a.worth, a.text, a.weight, a.tolerance, a.feedback) for a in question.answers] == [
        (1, F.TYPED, 2, "Coaf", 100, "0", "Yes"),
        (1, F.TYPED, 2, "U}IF", 50, "0", ""),
        (2, F.NUMBER, 1, "50000", 100, "0.5", ""),
        (2, F.NUMBER, 1, "50001", 50, "0", ""),
        (3, F.LISTED, 1, "one day", 100, "0", ""),
        (3, F.LISTED, 1, "one ~ month", 0, "0", ""),
    ]


@pytest.mark.parametrize("markup", [GAPS, DRAG])
def test_lists_and_words_to_drag_are_blanks_chosen_from_their_group(app: Any, markup: str) -> None:
    with app.test_request_context():
        (question,) = of_xml(markup).questions
    assert (question.kind, question.text) == (Q.FILL_IN, "[[1]] reports, [[2]] decides, [[3]] waits.")
    right = {answer.blank: answer.text for answer in question.answers if answer.weight == 100}
    assert right == {1: "The manager", 2: "The officer", 3: "The manager"}
    assert {answer.text for answer in question.answers} == {"The officer", "The manager"}


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        (CLOZE.replace("{2:SAC:", "{2:WHAT:"), "no kind of blank"),
        (CLOZE.replace("=50000:0.5", "=many"), "no number with a tolerance"),
        (CLOZE.replace("=one day", "one day"), "no answer is worth everything"),
        (CLOZE.replace("month}", "month"), "does not end with }"),
        (CLOZE.replace("{", "("), "no blank"),
        (GAPS.replace("[[1]]", "[[9]]"), "no words for [[9]]"),
    ],
)
def test_a_broken_blank_is_a_problem_of_its_question(app: Any, markup: str, sentence: str) -> None:
    with app.test_request_context():
        reading = of_xml(markup + "<question type='truefalse'><name><text>x</text></name><questiontext><text>T?</text></questiontext>"
                         "<answer fraction='100'><text>true</text></answer><answer fraction='0'><text>false</text></answer></question>")  # fmt: skip
    assert len(reading.questions) == 1
    (problem,) = reading.problems
    assert sentence in problem.sentence and problem.line == 2


def test_what_is_not_kept_is_told(app: Any) -> None:
    markup = """<question type="ordering"><name><text>Steps</text></name><questiontext><text>Order?</text></questiontext>
<selecttype>RANDOM</selecttype>
<gradingtype>ABSOLUTE_POSITION</gradingtype><hint><text>Think</text></hint><answer fraction="1"><text>a</text></answer>
<answer fraction="2"><text>b</text></answer><tags><tag><text>one</text></tag><tag><text>two</text></tag></tags></question>
<question type="shortanswer"><name><text>Short</text></name><questiontext><text>What?</text></questiontext>
<answer fraction="100"><text>Lisbon</text></answer>
<answer fraction="33.33333"><text>lisbon</text></answer><answer fraction="33.33333"><text>Porto</text></answer></question>"""
    with app.test_request_context():
        found = preview(of_xml(markup), language="en")
    steps, short = (draft for _question, draft in found.drafts)
    assert [option.text for option in steps.options] == ["a", "b"] and steps.tag == "one"
    assert [(option.text, option.weight) for option in short.options] == [("Lisbon", 100), ("Porto", 33)]
    told = " ".join(problem.sentence for problem in found.changed)
    for words in ("not a selection", "directly follow", "hints", "only the first", "whole percents", "become one"):
        assert words in told


ALL_KINDS = (SHORT, ZERO, PAIRS, ORDER, BLANKS, MANY, GAP, LISTED, NUMBER)


def a_bank(trainer: Person, drafts: tuple[ItemDraft, ...]) -> CourseVersion:
    version = a_draft_course(by=trainer, questions=0)
    for draft in drafts:
        write_item(version, None, draft, by=trainer)
    return get_version(version.public_id, viewer=trainer)


def drafts_in(version: CourseVersion, viewer: Person) -> list[ItemDraft]:
    """The questions of a version as drafts."""
    found = get_version(version.public_id, viewer=viewer)
    names = ItemDraft.__dataclass_fields__.keys() - {"options", "by_hand"}
    return [
        ItemDraft(
            **{name: getattr(item, name) for name in names},
            options=[OptionDraft(**{name: getattr(option, name) for name in OptionDraft.__dataclass_fields__}) for option in item.options],
        )
        for item in found.items
    ]


def without_feedback(draft: ItemDraft) -> ItemDraft:
    return replace(draft, options=[replace(option, feedback="") for option in draft.options])


@pytest.mark.parametrize(("form", "is_written"), [("moodle-xml", lambda draft: True), ("gift", lambda draft: draft not in (ORDER, BLANKS, MANY))])
def test_what_is_exported_comes_back_the_same(client: Any, sign_in: Any, form: str, is_written: Any) -> None:
    trainer = a_trainer()
    drafts = tuple(replace(draft, text=f"{number}: {draft.text}") for number, draft in enumerate(ALL_KINDS))
    version, other = a_bank(trainer, drafts), a_draft_course(by=trainer, questions=0, title="Another")
    sign_in(trainer)
    exported = client.get(f"/course-versions/{version.public_id}/items/{form}").data
    given = client.post(f"/course-versions/{other.public_id}/items/import", data={"file": (BytesIO(exported), "questions")})
    page = client.get(given.location).text
    assert "Broken" not in page
    assert client.post(given.location, data={"leaves_out": "y"}).status_code == 302
    wanted = [draft for draft, plain in zip(drafts, ALL_KINDS, strict=True) if is_written(plain)]
    got = drafts_in(other, get_person_by_key(trainer.id))
    if form == "gift":  # it has no place for the feedback to pairs, and says so
        assert b"feedback to its pairs is not in this file" in exported
        assert exported.count(b"Not in this file, for GIFT has no form for it") == 3
        wanted = [
            replace(draft, options=[replace(o, feedback="") for o in draft.options]) if draft.kind is ItemKind.MATCHING else draft for draft in wanted
        ]
    for mine, theirs in zip(wanted, got, strict=True):
        assert replace(theirs, options=list(theirs.options)) == replace(mine, options=list(mine.options))
