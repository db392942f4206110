"""Files of questions: what GIFT and Moodle XML mean, what is said of what is wrong, and that a file is taken over whole or not at all."""

from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.audit.models import AuditEvent
from core.db import session
from core.people.queries import get_person
from tests.training.situations import a_course, a_draft_course, a_trainer
from training.catalogue.queries import get_version
from training.interchange.drafts import preview
from training.interchange.gift import read_gift
from training.interchange.gift_writing import can_write, write_gift
from training.interchange.moodle_writing import write_moodle_xml
from training.interchange.moodle_xml import read_moodle_xml
from training.interchange.questions import Answer, Question, QuestionKind
from training.items.models import Item, ItemKind

Q = QuestionKind


def one(text: str) -> Question:
    """The only question of a GIFT text that has no problem."""
    reading = read_gift(text)
    assert not reading.problems
    (question,) = reading.questions
    return question


def why(text: str) -> str:
    """What is wrong with the only question of a GIFT text."""
    reading = read_gift(text)
    assert not reading.questions
    (problem,) = reading.problems
    return problem.sentence


@pytest.mark.parametrize(
    ("text", "kind", "answers"),
    [
        ("Two {T}", Q.TRUE_FALSE, [("TRUE", 100), ("FALSE", 0)]),
        ("Two {FALSE#no#yes}", Q.TRUE_FALSE, [("TRUE", 0), ("FALSE", 100)]),
        ("Two {=a ~b ~%50%c}", Q.SINGLE, [("a", 100), ("b", 0), ("c", 50)]),
        ("Two {~%50%a ~%50%b ~%-100%c}", Q.MULTIPLE, [("a", 50), ("b", 50), ("c", -100)]),
        ("Two {=one =%50%uno =%100%1}", Q.SHORT_TEXT, [("one", 100), ("uno", 50), ("1", 100)]),
        ("Two {one}", Q.SHORT_TEXT, [("one", 100)]),
        ("Two {#3:2}", Q.NUMERIC, [("3", 100)]),
        ("Two {#1..5}", Q.NUMERIC, [("3", 100)]),
        ("Two {#=1822:0 =%50%1822:2 ~#no}", Q.NUMERIC, [("1822", 100), ("1822", 50), ("*", 0)]),
        ("Two {=a -> b =c -> d}", Q.MATCHING, [("a", 100), ("c", 100)]),
        ("Two {}", Q.ESSAY, []),
        ("Two", Q.DESCRIPTION, []),
    ],
)
def test_gift_decides_the_kind_in_its_order(app, text, kind, answers):
    with app.test_request_context():
        question = one(text)
    assert question.kind is kind
    assert [(answer.text, answer.weight) for answer in question.answers] == answers


def test_gift_reads_names_formats_comments_categories_escapes_and_feedback(app):
    text = (
        "\ufeff// of the bank\r\n$CATEGORY: compliance/aml\r\n\r\n::Q\\:1::[html]<p>Is \\{this\\} 2 \\= 2?</p>{\r\n// which\r\n"
        "=yes#right\\n~no#wrong\r\n####See [1]}\r\n\r\nA client {=calls ~writes} first."
    )
    with app.test_request_context():
        first, second = read_gift(text).questions
    assert (first.name, first.text, first.category, first.line) == ("Q:1", "Is {this} 2 = 2?", "compliance/aml", 4)
    assert [(answer.text, answer.feedback) for answer in first.answers] == [("yes", "right"), ("no", "wrong")]
    assert first.feedback == "See [1]"
    assert (second.kind, second.text) == (Q.FILL_IN, "A client [[1]] first.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Half {=a ~b", "A { or } stands alone."),
        ("Twice {=a ~b} and {=c ~d}", "more than one pair"),
        ("::No end {T}", "does not end with ::"),
        ("{=a ~b}", "There is no text"),
        ("Sum {~%50%a ~%30%b}", "worth 80 % together"),
        ("None {~a ~b}", "worth 0 % together"),
        ("Over {=a ~%150%b}", "between -100 and 100"),
        ("Odd {=a ~%x%b}", "is no weight"),
        ("Lonely {=a -> b}", "At least two pairs"),
        ("Broken {=a -> b =c}", "has no ->"),
        ("Number {#three}", "is no number with a tolerance"),
        ("Range {#5..1}", "is no range"),
        ("Text {a =b ~c}", "other text before them"),
        ("Part {=%50%a}", "worth everything"),
        ("Empty {=a ~}", "An answer is empty"),
    ],
)
def test_what_gift_cannot_mean_is_said_in_a_sentence(app, text, sentence):
    with app.test_request_context():
        assert sentence in why(text)


def test_a_problem_names_its_line_and_the_rest_is_still_read(app):
    text = "\n".join(["One {T}", "", "// a comment", "::Second::Two {=a", "~b", "", "Three {F}"])
    with app.test_request_context():
        reading = read_gift(text)
    assert [(problem.line, problem.name) for problem in reading.problems] == [(4, "Second")]
    assert [question.text for question in reading.questions] == ["One", "Three"]


WORDS = st.text(alphabet="abç =~#:{}\\\n%->[]", min_size=1, max_size=20).map(str.strip).filter(lambda text: text.strip("\n ") == text and text)
ANSWERS = st.lists(WORDS, min_size=2, max_size=4, unique=True)


@given(WORDS, ANSWERS, st.sampled_from([Q.SINGLE, Q.MULTIPLE, Q.SHORT_TEXT, Q.MATCHING]))
def test_what_is_written_is_read_again(text, words, kind):
    lines = "\n".join(line.strip() for line in text.split("\n"))
    weights = {Q.SINGLE: [100, *[0] * 9], Q.MULTIPLE: [Fraction(100, len(words))] * 10, Q.SHORT_TEXT: [100] * 10, Q.MATCHING: [100] * 10}[kind]
    answers = [Answer(word, Fraction(weight), partner="x" if kind is Q.MATCHING else "") for word, weight in zip(words, weights, strict=False)]
    question = Question(kind, lines, name="one", answers=tuple(answers))
    for reading in ([read_gift(write_gift([question]))] if can_write(question) else []) + [read_moodle_xml(write_moodle_xml([question]))]:
        assert not reading.problems
        (again,) = reading.questions
        assert (again.kind, again.text, again.name) == (kind, lines, "one")
        assert [answer.text for answer in again.answers] == words
        assert all(abs(mine.weight - theirs.weight) < Fraction(1, 1000) for mine, theirs in zip(answers, again.answers, strict=True))


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/AML</text></category></question>
<question type="multichoice"><name><text>Cash</text></name><questiontext format="html"><text><![CDATA[<p>Who <b>reports</b>?</p>]]></text>
<file name="desk.png" encoding="base64">aGVsbG8=</file></questiontext><defaultgrade>2.0</defaultgrade><single>false</single>
<answer fraction="50" format="html"><text>The manager</text><feedback><text>Yes</text></feedback></answer>
<answer fraction="50"><text>The officer</text></answer><answer fraction="-100"><text>Nobody</text></answer>
<tags><tag><text>reporting</text></tag></tags></question>
<question type="numerical"><name><text>Limit</text></name><questiontext><text>How much?</text></questiontext>
<answer fraction="100"><text>50000,5</text><tolerance>0.5</tolerance></answer></question>
<question type="cloze"><name><text>Gap</text></name><questiontext><text>{1:MR:=x~=y}</text></questiontext></question>
<question type="multichoice"><name><text>Bad</text></name><questiontext><text>Which?</text></questiontext><single>true</single>
<answer fraction="50"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question>
</quiz>"""


def test_moodle_xml_is_read_with_what_is_left_behind_and_what_is_broken(app):
    with app.test_request_context():
        reading = read_moodle_xml(MOODLE.encode())
        found = preview(reading, language="en")
    cash, limit, gap = reading.questions
    assert (cash.kind, cash.text, cash.points, cash.category, cash.tags, cash.line) == (Q.MULTIPLE, "Who reports?", 2, "AML", ("reporting",), 4)
    assert (limit.answers[0].text, limit.answers[0].tolerance) == ("50000.5", "0.5")
    assert (gap.kind, gap.told_kind) == (Q.OTHER, "cloze with several answers in one blank")
    assert [(problem.name, problem.line) for problem in found.broken] == [("Bad", 12)]
    assert [problem.sentence for problem in found.left_out] == [
        "Questions of the kind “cloze with several answers in one blank” cannot be asked here."
    ]
    assert "desk.png" in found.changed[0].sentence


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay"><name><text>&x;</text></name></question></quiz>',
        b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>',
        b"<quiz><question></quiz>",
        b"<quiz>" + b"<a>" * 100 + b"</a>" * 100 + b"</quiz>",
        b"<html><body>Sign in</body></html>",
    ],
)
def test_a_hostile_or_foreign_xml_is_refused_and_nothing_of_it_is_read(app, content):
    with app.test_request_context():
        reading = read_moodle_xml(content)
    assert not reading.questions and len(reading.fatal) == 1


def take(client, version, text, **more):
    """Hand a text over and follow to what would come of it: the address of that page."""
    answer = client.post(f"/course-versions/{version.public_id}/items/import", data={"text": text, **more})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def test_a_trainer_looks_through_a_file_and_takes_it_over_whole(client, sign_in):
    trainer = a_trainer()
    version = a_draft_course(by=trainer)
    sign_in(trainer)
    text = "::One::[markdown]Is *it* so? {T#no#yes}\n\nWhich? {=a#ja ~b}\n\nBoth? {~%50%a ~%50%b ~c}\n\nHow many? {#3:1}\n\nWhich? {~b =a}\n\nTold"
    address = take(client, version, text)
    page = client.get(address).text
    assert "4 questions to take over" in page and "The same question is there already." in page and "without a question" in page
    assert session.scalar(select(func.count()).select_from(Item)) == 8
    refused = client.post(address, data={})
    assert refused.status_code == 422 and "may be left out" in refused.text
    assert client.post(address, data={"leaves_out": "y"}).status_code == 302
    items = get_version(version.public_id, viewer=get_person(trainer.public_id)).items[8:]
    assert [item.kind for item in items] == [ItemKind.TRUE_FALSE, ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.NUMERIC]
    assert [(option.text, option.correct, option.feedback) for option in items[0].options] == [("True", True, "yes"), ("False", False, "no")]
    assert (items[3].answer, items[3].tolerance) == ("3", "1")
    (told,) = session.scalars(select(AuditEvent).where(AuditEvent.name == "training.item.imported"))
    assert told.changes["count"] == 4 and told.changes["left_out"] == 2


def test_ten_thousand_questions_with_one_broken_change_nothing(client, sign_in):
    trainer = a_trainer()
    version = a_draft_course(by=trainer)
    sign_in(trainer)
    blocks = [f"Question {number}? {{=yes ~no}}" for number in range(10_000)]
    blocks[7_000] = "::The bad one::Question? {=yes ~no"
    file = (BytesIO("\n\n".join(blocks).encode()), "bank.gift.txt")
    address = take(client, version, "", file=file)
    page = client.get(address).text
    assert "Line 14001 · The bad one" in page and "Take over" not in page
    assert client.post(address, data={"leaves_out": "y"}).status_code == 422
    assert session.scalar(select(func.count()).select_from(Item)) == 8


def test_what_is_no_file_of_questions_is_refused_and_what_was_pasted_stays(client, sign_in):
    trainer = a_trainer()
    version = a_draft_course(by=trainer)
    sign_in(trainer)
    base = f"/course-versions/{version.public_id}/items/import"
    for content in (b"\xff\xfe\x00A", b"PK\x03\x04\x00", b"   "):
        answer = client.post(base, data={"file": (BytesIO(content), "bank.zip")})
        assert answer.status_code == 422
    stranger = a_trainer("Tereza Outra")
    address = take(client, version, "One {T}")
    sign_in(stranger)
    assert client.get(address).status_code == 404  # somebody else's file


def test_nothing_is_imported_into_a_version_that_is_approved(client, sign_in):
    _course, version = a_course()
    sign_in(a_trainer("Tereza Outra"))
    assert client.get(f"/course-versions/{version.public_id}/items/import").status_code == 409


def test_what_was_exported_can_be_imported_again(client, sign_in):
    trainer = a_trainer()
    version = a_draft_course(by=trainer)
    other = a_draft_course(by=trainer, questions=0, title="Another")
    sign_in(trainer)
    for form in ("gift", "moodle-xml"):
        exported = client.get(f"/course-versions/{version.public_id}/items/{form}")
        assert exported.status_code == 200 and "attachment" in exported.headers["Content-Disposition"]
        address = take(client, other, "", file=(BytesIO(exported.data), "questions"))
        assert "8 questions to take over" in client.get(address).text
