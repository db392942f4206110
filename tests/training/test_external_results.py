"""Results from elsewhere: every line is checked and named, all of a file is taken in or nothing, and nobody takes in their own."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, an_officer
from training.external_results.actions import confirm_import, discard_import, send_file, take_in
from training.external_results.checking import check_file
from training.external_results.models import ExternalImport, ExternalResult, ImportState
from training.external_results.reading import decoded, read_lines
from training.public import holds
from training.requirements.models import Completion, CompletionSource

HEAD = "email,course,completed on,score,result,provider,reference"


def count(model: Any) -> int:
    return session.scalars(select(func.count()).select_from(model)).one()


def a_file(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines]).encode()


def sent(content: bytes, *, by: Person) -> ExternalImport:
    return send_file(content, name="results.csv", origin="Learning system until 2025", by=by)


def a_case() -> tuple[Learner, Person, str]:
    """A learner, an officer, and the course's code."""
    learner = a_learner()
    return learner, an_officer("Olavo Dias"), learner.course.code


def test_a_sound_file_is_checked_then_taken_in_whole(app: Any, run_jobs: Any) -> None:
    learner, officer, code = a_case()
    other = make_person("Rui Prado")
    make_employment(other)
    found = sent(
        a_file(f"{learner.person.email.upper()},{code.lower()},2024-05-31,87.5,,ANBIMA,1234", f"{other.email},{code},30/04/2024,10,,,"), by=officer
    )
    checked = check_file(found.text, by=officer)
    assert [(one.passed, one.problem) for one in checked.lines] == [(True, ""), (False, "")]
    assert count(ExternalResult) == count(Completion) == 0
    confirm_import(found, by=officer)
    run_jobs()
    rows = session.scalars(select(ExternalResult).order_by(ExternalResult.line)).all()
    assert [(row.line, row.taken_on, row.score, row.passed, row.reference) for row in rows] == [
        (2, date(2024, 5, 31), "87.5", True, "1234"),
        (3, date(2024, 4, 30), "10", False, ""),
    ]
    completion = session.scalars(select(Completion)).one()
    assert (completion.source, completion.completed_on, completion.id) == (CompletionSource.EXTERNAL, date(2024, 5, 31), rows[0].completion_id)
    assert session.get_one(ExternalImport, found.id).state is ImportState.DONE


def test_each_line_that_cannot_be_taken_in_is_named_with_its_reason(app: Any) -> None:
    learner, officer, code = a_case()
    mail, later = learner.person.email, today(officer.time_zone) + timedelta(days=1)
    make_person("Candida Luz", email="candidate@example.test")
    lines = [
        (f"nobody@example.test,{code},2024-05-31,80,,,", "Nobody who works or worked here"),
        (f"candidate@example.test,{code},2024-05-31,80,,,", "Nobody who works or worked here"),
        (f"{mail},XX-1,2024-05-31,80,,,", "No course has the code"),
        (f"{mail},{code},2024-02-30,80,,,", "is not a day"),
        (f"{mail},{code},{later.isoformat()},80,,,", "still to come"),
        (f"{mail},{code},2024-05-31,101,,,", "is not a score"),
        (f"{mail},{code},2024-05-31,,maybe,,", "is not a result"),
        (f"{mail},{code},2024-05-31,,,,", "Give a score or a result"),
        (f"{mail},{code},2024-05-31,80,,,,more", "more cells than columns"),
        (f"{mail},{code},2024-05-31,80,,{'x' * 300},", "longer than"),
        (f"{mail},{code},2024-06-01,80,,,", ""),
        (f"{mail},{code},01/06/2024,90,,,", "Line 12 says the same"),
        (f"{officer.email},{code},2024-05-31,80,,,", "Nobody who works"),
    ]
    found = check_file(decoded(a_file(*(line for line, _reason in lines))), by=officer)
    for one, (_line, reason) in zip(found.lines, lines, strict=True):
        assert reason in one.problem if reason else not one.problem, (one.line.number, one.problem)
    assert [one.line.number for one in found.lines] == list(range(2, 15))


def test_one_broken_line_keeps_all_of_a_file_out(app: Any, run_jobs: Any) -> None:
    learner, officer, code = a_case()
    found = sent(a_file(f"{learner.person.email},{code},2024-05-31,80,,,", f"nobody@example.test,{code},2024-05-31,80,,,"), by=officer)
    with pytest.raises(Invalid, match="Nothing is taken in"):
        confirm_import(found, by=officer)
    run_jobs()
    assert count(ExternalResult) == count(Completion) == 0


def test_a_file_that_no_longer_fits_when_its_turn_comes_is_not_taken_in_and_says_so(app: Any, run_jobs: Any) -> None:
    learner, officer, code = a_case()
    line = f"{learner.person.email},{code},2024-05-31,80,,,"
    found = sent(a_file(line), by=officer)
    confirm_import(found, by=officer)
    learner.person.email = "other@example.test"  # a name and address may change meanwhile
    run_jobs()
    now_ = session.get_one(ExternalImport, found.id)
    assert (now_.state, count(ExternalResult)) == (ImportState.CHECKED, 0)
    assert "Nothing is taken in" in now_.problem


def test_what_is_on_record_is_passed_over_and_taking_in_twice_is_taking_in_once(app: Any, run_jobs: Any) -> None:
    learner, officer, code = a_case()
    content = a_file(f"{learner.person.email},{code},2024-05-31,80,,,")
    first = sent(content, by=officer)
    confirm_import(first, by=officer)
    run_jobs()
    take_in(first.id)
    assert count(ExternalResult) == count(Completion) == 1
    again = sent(content, by=an_officer("Otto Reis"))
    assert [one.is_known for one in check_file(again.text, by=an_officer("Olga Reis")).lines] == [True]
    with pytest.raises(Invalid, match="on record already"):
        confirm_import(again, by=an_officer("Olga Lima"))


def test_nobody_takes_in_their_own_and_only_compliance_takes_in_at_all(app: Any) -> None:
    _learner, officer, code = a_case()
    make_employment(officer)
    found = check_file(decoded(a_file(f"{officer.email},{code},2024-05-31,80,,,")), by=officer)
    assert "of their own" in found.lines[0].problem
    with pytest.raises(NotAllowed):
        send_file(a_file("x"), name="x.csv", origin="x", by=make_person("Rui Prado"))


def test_a_file_from_before_the_first_version_is_credited_to_the_first(app: Any, run_jobs: Any) -> None:
    learner, officer, code = a_case()
    found = sent(a_file(f"{learner.person.email},{code},1999-12-31,,passed,,"), by=officer)
    confirm_import(found, by=officer)
    run_jobs()
    assert session.scalars(select(Completion)).one().version_id == learner.version.id


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no line|must name"),
        (b"email,course\na,b", "“completed on” is missing"),
        (b"email,course,completed on,colour\na,b,c,d", "“colour” is not known"),
        (b"email,course,completed on,email\na,b,c,d", "stands twice"),
        (b"email,course,completed on", "no line under the head"),
        (b'email,course,completed on\n"a,b,c', "quotation mark"),
        (b"\x00\x01\x02", "not a CSV file"),
    ],
)
def test_a_file_that_cannot_be_read_at_all_says_why(app: Any, content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_lines(decoded(content))


def test_portuguese_heads_semicolons_commas_and_old_encodings_are_understood(app: Any) -> None:
    learner, officer, code = a_case()
    head = "E-mail;Curso;Concluído em;Nota;Instituição"
    found = check_file(decoded(a_file(f"{learner.person.email};{code};31/05/2024;87,5;Fundação", head=head).decode().encode("cp1252")), by=officer)
    result = found.lines[0].result
    assert result is not None
    assert (result.day, str(result.score), result.provider) == (date(2024, 5, 31), "87.5", "Fundação")


def test_quoted_lines_keep_their_number_and_too_many_lines_are_refused(app: Any) -> None:
    text = 'email,course,completed on,provider\na,b,c,"two\nlines"\nd,e,f,g\n'
    assert [line.number for line in read_lines(text)] == [2, 4]
    with pytest.raises(Invalid, match="At most"):
        read_lines("email,course,completed on\n" + "a,b,c\n" * 5001)


def test_a_file_put_away_counts_for_nothing(app: Any) -> None:
    learner, officer, code = a_case()
    found = sent(a_file(f"{learner.person.email},{code},2024-05-31,80,,,"), by=officer)
    discard_import(found, by=officer)
    with pytest.raises(WrongState):
        confirm_import(found, by=officer)


def test_the_officer_sends_looks_confirms_and_reads_what_it_brought(client: Any, sign_in: Any, run_jobs: Any) -> None:
    learner, officer, code = a_case()
    email, person = learner.person.email, learner.person
    session.commit()
    sign_in(officer)
    assert client.get("/external-results").status_code == 200
    assert b"completed on" in client.get("/external-results/example.csv").data
    broken = {"origin": "Before", "file": (BytesIO(b"nothing"), "x.csv")}
    assert client.post("/external-results", data=broken).status_code == 422
    line = f"{email},{code},{today(officer.time_zone).isoformat()},80,,,"
    made = client.post("/external-results", data={"origin": "Before", "file": (BytesIO(a_file(line)), "x.csv")})
    assert made.status_code == 302
    assert person.name in client.get(made.location).get_data(as_text=True)
    assert client.post(f"{made.location}/confirm").status_code == 302
    run_jobs()
    assert person.name in client.get(made.location).get_data(as_text=True)
    assert holds(person, learner.course.public_id, on=today() + timedelta(days=1))
    assert client.post(f"{made.location}/discard").status_code == 409


def test_the_page_of_a_file_costs_the_same_for_two_lines_and_for_twelve(client: Any, sign_in: Any) -> None:
    learner, officer, code = a_case()
    lines = [f"{learner.person.email},{code},2024-05-{day:02d},80,,," for day in range(1, 13)]
    few, many = (sent(a_file(*lines[:number]), by=officer).public_id for number in (2, 12))
    sign_in(officer)
    costs = []
    for address in (few, many):
        assert client.get(f"/external-results/{address}").status_code == 200
        costs.append(client.last_statements)
    assert costs[0] == costs[1] <= 12
