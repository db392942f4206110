"""Certificates from elsewhere: handed in, accepted by a second person, counted in the place of a course, and what was known when."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from core.clock import now, today
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.files.store import store_bytes
from core.mail.models import OutgoingMail
from core.people.models import Person
from core.people.moving import end_employment
from core.people.queries import find_employment, get_person
from core.people.rights import Role
from tests.core.files import samples
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_course, a_learner, an_officer
from training.catalogue.models import Course, CourseVersion, VersionState
from training.completions.queries import held, times_held
from training.compliance.standing import Standing
from training.compliance.terms import Combination, RuleTerms
from training.equivalences.actions import Certificate, accept, hand_in, refuse, revoke, withdraw
from training.equivalences.cataloguing import add_course, change_kind, confirm_course, end_course, write_kind
from training.equivalences.models import Equivalence, EquivalenceKind, EquivalenceState, EquivalentCourse, Validity
from training.equivalences.queries import courses_to_ask_again, get_kind
from training.equivalences.validity import Counts, Terms, counts_until
from training.learning.overview import requirements_of
from training.public import holds, waiting_for
from training.requirements.actions import rederive, write_draft
from training.requirements.writing import RuleDraft

ZONE = "America/Sao_Paulo"
CPA = Terms(Validity.MONTHS, 60, needs_employment=True, months_without=36)


def at(month: int, day: int, year: int = 2026) -> time_machine.travel:
    return time_machine.travel(datetime(year, month, day, 15, tzinfo=UTC), tick=False)


def keeper() -> Person:
    return an_officer("Vera Keeper")


def second() -> Person:
    return an_officer("Saul Second")


def a_kind(course: Course, *, terms: Terms = CPA, name: str = "CPA-20", since: date = date(2020, 1, 1)) -> EquivalenceKind:
    kind = write_kind(name, "ANBIMA", terms, by=keeper())
    add_course(kind, course, valid_from=since, by=keeper())
    return get_kind(kind.public_id)


def handed_in(learner: Learner, kind: EquivalenceKind, *, number: str = "123 456", issued_on: date = date(2025, 6, 1), **more: Any) -> Equivalence:
    by = more.pop("by", learner.person)
    file = store_bytes(b"%PDF-1.7 canary", name="cpa.pdf", content_type="application/pdf", by=by, person=learner.person)
    corrects = more.pop("corrects", None)
    return hand_in(learner.person, kind, Certificate(number, issued_on, **more), file=file, by=by, corrects=corrects)


def since_january() -> Learner:
    with at(1, 5):
        return a_learner(starts_on=date(2026, 1, 5))


def state(learner: Learner, on: date, known_at: datetime | None = None) -> Standing:
    return requirements_of(learner.person, on=on, known_at=known_at)[0].judged.state


@pytest.mark.parametrize(
    ("terms", "stated", "expected"),
    [
        (Terms(Validity.STATED), date(2027, 5, 31), Counts(date(2027, 5, 31))),
        (Terms(Validity.STATED), None, Counts(None)),
        (Terms(Validity.FOREVER), None, Counts(None)),
        (Terms(Validity.FOREVER), date(2027, 5, 31), Counts(date(2027, 5, 31))),  # never longer than it says
        (Terms(Validity.MONTHS, 24), None, Counts(date(2026, 2, 28))),
        (Terms(Validity.MONTHS, 24), date(2025, 1, 1), Counts(date(2025, 1, 1))),
        (Terms(Validity.MONTHS, 24), date(2030, 1, 1), Counts(date(2026, 2, 28))),
        (CPA, None, Counts(date(2029, 2, 28), date(2027, 2, 28))),
        (CPA, date(2026, 6, 30), Counts(date(2026, 6, 30), date(2026, 6, 30))),
        (Terms(Validity.MONTHS, 24, needs_employment=True), None, Counts(date(2026, 2, 28))),
    ],
)
def test_how_long_a_certificate_counts(terms: Terms, stated: date | None, expected: Counts) -> None:
    assert counts_until(terms, issued_on=date(2024, 2, 29), stated_until=stated) == expected


def test_it_counts_once_a_second_person_accepts_it_and_is_told_as_known(app: Any) -> None:
    learner = since_january()
    with at(3, 10):
        one = handed_in(learner, a_kind(learner.course))
        assert state(learner, date(2026, 3, 10)) is Standing.OVERDUE
    with at(3, 20):
        with pytest.raises(WrongState, match="second person"):
            accept(one, by=hold_right(learner.person))
        accept(one, by=second())
        with pytest.raises(WrongState, match="already"):
            accept(one, by=second())
    judged = requirements_of(learner.person, on=date(2026, 3, 25))[0].judged
    assert (judged.state, judged.valid_until) == (Standing.EQUIVALENT, date(2030, 5, 31))
    assert state(learner, date(2026, 3, 15), datetime(2026, 3, 15, tzinfo=UTC)) is Standing.OVERDUE
    assert state(learner, date(2026, 3, 15)) is Standing.EQUIVALENT
    with app.test_request_context():
        assert waiting_for(learner.person, on=date(2026, 3, 25)) == []


def test_who_handed_it_in_is_told_what_was_decided_in_their_language(app: Any) -> None:
    learner, hr = since_january(), make_person("Helga Lima", roles=(Role.HR,))
    hr.locale = "pt_BR"
    with at(3, 10):
        kind = a_kind(learner.course)
        accept(handed_in(learner, kind, by=hr), by=second())
        refuse(handed_in(learner, kind, number="9"), reason="The picture cannot be read.", by=second())
    accepted, refused = session.scalars(select(OutgoingMail).where(OutgoingMail.name == "equivalence_decided").order_by(OutgoingMail.id)).all()
    assert (accepted.person_id, accepted.locale, refused.person_id, refused.locale) == (hr.id, "pt_BR", learner.person.id, "en")
    assert "Nina Rocha" in accepted.text and "31 de maio de 2030" in accepted.text
    assert "is refused" in refused.text and "The picture cannot be read." in refused.text and "cannot be read" in refused.html


def hold_right(person: Person) -> Person:
    """The person, who now works in compliance as well."""
    from core.people.actions import grant_role

    found = get_person(person.public_id)
    grant_role(found, Role.COMPLIANCE, by=None)
    return get_person(person.public_id)


def test_who_handed_it_in_does_not_accept_it(app: Any) -> None:
    learner, officer = since_january(), keeper()
    one = handed_in(learner, a_kind(learner.course), by=officer)
    for act in (lambda: accept(one, by=officer), lambda: refuse(one, reason="No", by=officer)):
        with pytest.raises(WrongState):
            act()
    with pytest.raises(NotAllowed):
        accept(one, by=make_person("Tom Trainer", roles=(Role.TRAINER,)))
    with pytest.raises(NotAllowed):
        handed_in(learner, one.kind, by=make_person("Otto Other", roles=(Role.TRAINER,)), number="9")


@pytest.mark.parametrize(
    ("number", "issued_on", "until", "field"),
    [
        (" ", date(2025, 6, 1), None, "number"),
        ("1", date(2125, 6, 1), None, "issued_on"),
        ("1", date(2025, 6, 1), date(2025, 5, 1), "stated_until"),
        ("123456", date(2025, 6, 1), None, "number"),  # on record as "123 456"
    ],
)
def test_what_cannot_be_is_refused_at_its_field(app: Any, number: str, issued_on: date, until: date | None, field: str) -> None:
    learner = since_january()
    kind = a_kind(learner.course)
    handed_in(learner, kind)
    with pytest.raises(Invalid) as refused:
        handed_in(learner, kind, number=number, issued_on=issued_on, stated_until=until)
    assert refused.value.field == field


def test_one_certificate_is_never_accepted_for_two_people(app: Any) -> None:
    learner = since_january()
    kind = a_kind(learner.course)
    accept(handed_in(learner, kind), by=second())
    other = Learner(make_person("Olga Nova"), learner.course, learner.version, learner.rule, learner.job_role)
    with pytest.raises(Invalid, match="somebody else"):
        handed_in(other, kind, number="123456 ")


def test_a_correction_supersedes_and_a_revocation_tells_of_every_day(app: Any) -> None:
    learner = since_january()
    with at(2, 10):
        kind = a_kind(learner.course)
        one = handed_in(learner, kind, stated_until=date(2029, 1, 1))
        accept(one, by=second())
    with at(4, 10):
        corrected = handed_in(learner, kind, stated_until=date(2026, 5, 1), corrects=one)
        assert state(learner, date(2026, 5, 10)) is Standing.EQUIVALENT
        accept(corrected, by=second())
    assert (one.state, corrected.state) == (EquivalenceState.CORRECTED, EquivalenceState.ACCEPTED)
    assert state(learner, date(2026, 5, 10)) is Standing.EXPIRED
    assert state(learner, date(2026, 5, 10), datetime(2026, 3, 1, tzinfo=UTC)) is Standing.EQUIVALENT
    with at(6, 1):
        with pytest.raises(Invalid):
            revoke(corrected, reason=" ", by=second())
        revoke(corrected, reason="Forged.", by=second())
        with pytest.raises(WrongState):
            revoke(corrected, reason="Again.", by=second())
    assert state(learner, date(2026, 4, 20)) is Standing.OVERDUE
    assert state(learner, date(2026, 4, 20), datetime(2026, 5, 1, tzinfo=UTC)) is Standing.EQUIVALENT


def test_what_depends_on_the_employment_counts_shorter_after_a_return(app: Any) -> None:
    learner = since_january()
    with at(2, 1):
        accept(handed_in(learner, a_kind(learner.course), issued_on=date(2024, 6, 1)), by=second())
        employment = find_employment(learner.person, on=date(2026, 2, 1))
        employment.person = learner.person
        end_employment(employment, last_day=date(2026, 2, 28), reason="Another employer.", by=make_person("Helena", roles=(Role.HR,)))
        make_employment(get_person(learner.person.public_id), job_role=learner.job_role, starts_on=date(2026, 9, 1))
    judged = requirements_of(learner.person, on=date(2026, 9, 2))[0].judged
    assert (judged.state, judged.valid_until) == (Standing.EQUIVALENT, date(2027, 5, 31))  # 36 months, no longer 60
    assert state(learner, date(2027, 6, 1)) is Standing.EXPIRED


def test_a_new_version_asks_whether_it_still_stands_for_the_course(app: Any) -> None:
    learner = since_january()
    kind = a_kind(learner.course)
    accept(handed_in(learner, kind), by=second())
    waiting = handed_in(learner, kind, number="777", issued_on=date(2026, 1, 1))
    old = session.scalars(select(CourseVersion)).one()
    old.state = VersionState.SUPERSEDED
    copied = {"pass_mark": old.pass_mark, "minutes": old.minutes, "item_count": old.item_count, "approved_at": now(), "in_force_from": today(ZONE)}
    session.add(CourseVersion(course_id=old.course_id, number=2, state=VersionState.IN_FORCE, approved_by_id=old.approved_by_id, **copied))
    session.flush()
    (link,) = courses_to_ask_again()
    assert state(learner, date(2026, 3, 1)) is Standing.EQUIVALENT  # what was accepted goes on
    with pytest.raises(WrongState, match="new version"):
        accept(waiting, by=second())
    with app.test_request_context():
        titles = [one.title for one in waiting_for(get_person(second().public_id), on=today(ZONE), among=["equivalences"])]
    assert "Say whether a certificate stands for a new version" in titles
    confirm_course(link, by=keeper())
    with pytest.raises(WrongState):
        confirm_course(link, by=keeper())
    assert not courses_to_ask_again()
    accept(waiting, by=second())


def test_a_course_it_no_longer_stands_for_is_required_from_the_next_day(app: Any) -> None:
    learner = since_january()
    with at(2, 1):
        accept(handed_in(learner, a_kind(learner.course)), by=second())
    link = session.scalars(select(EquivalentCourse)).one()
    with at(4, 1):
        with pytest.raises(Invalid):
            end_course(link, last_day=date(2019, 1, 1), by=keeper())
        end_course(link, last_day=date(2026, 4, 30), by=keeper())
        with pytest.raises(WrongState):
            end_course(link, last_day=date(2026, 4, 30), by=keeper())
    assert [state(learner, date(2026, *day)) for day in ((4, 30), (5, 1))] == [Standing.EQUIVALENT, Standing.EXPIRED]
    assert state(learner, date(2026, 5, 1), datetime(2026, 3, 1, tzinfo=UTC)) is Standing.EQUIVALENT


def test_it_counts_from_the_day_the_kind_stands_for_the_course(app: Any) -> None:
    learner = since_january()
    accept(handed_in(learner, a_kind(learner.course, since=date(2026, 6, 1))), by=second())
    assert [state(learner, date(2026, *day)) for day in ((5, 31), (6, 1))] == [Standing.OVERDUE, Standing.EQUIVALENT]


def test_terms_changed_later_leave_what_was_accepted(app: Any) -> None:
    learner = since_january()
    kind = a_kind(learner.course)
    accept(handed_in(learner, kind), by=second())
    change_kind(kind, "CPA-20", "ANBIMA", Terms(Validity.MONTHS, 6), by=keeper())
    assert state(learner, date(2026, 6, 1)) is Standing.EQUIVALENT
    for terms in (Terms(Validity.MONTHS), Terms(Validity.STATED, 12), Terms(Validity.STATED, months_without=12)):
        with pytest.raises(Invalid):
            change_kind(kind, "CPA-20", "ANBIMA", terms, by=keeper())
    with pytest.raises(Invalid):
        write_kind("cpa-20", "Somebody", Terms(Validity.STATED), by=keeper())


def test_what_was_taken_back_or_refused_never_counts(app: Any) -> None:
    learner = since_january()
    kind = a_kind(learner.course)
    one = handed_in(learner, kind)
    with pytest.raises(NotAllowed):
        withdraw(one, by=second())
    withdraw(one, by=learner.person)
    with pytest.raises(WrongState):
        accept(one, by=second())
    two = handed_in(learner, kind)  # the number is free again
    refuse(two, reason="Not readable.", by=second())
    assert state(learner, date(2026, 6, 1)) is Standing.OVERDUE


def test_pages_keep_the_catalogue_hand_in_accept_and_correct(client: Any, sign_in: Any) -> None:
    learner, officer, other = a_learner(starts_on=date(2026, 1, 5)), keeper(), second()
    course = str(learner.course.public_id)
    sign_in(officer)
    terms = {"name": "CFP", "issuer": "Planejar", "validity": "months", "months": "24"}
    assert client.post("/outside-certificates/kinds/new", data={**terms, "months": ""}).status_code == 422
    kind = client.post("/outside-certificates/kinds/new", data=terms).location
    assert client.post(f"{kind}/courses", data={"add-course": course, "add-valid_from": ""}).status_code == 422
    added = {"add-course": course, "add-valid_from": "2020-01-01"}
    assert client.post(f"{kind}/courses", data=added).status_code == 302
    assert client.post(f"{kind}/courses", data=added).status_code == 422
    assert client.post(f"{kind}/change", data={**terms, "needs_employment": "y", "months_without": "12"}).status_code == 302
    assert [client.get(page).status_code for page in (kind, f"{kind}/change", "/outside-certificates/kinds", "/outside-certificates")] == [200] * 4
    sign_in(learner.person)
    address = f"/outside-certificates/people/{learner.person.public_id}/hand-in"
    kind_id = str(session.scalars(select(EquivalenceKind)).one().public_id)
    typed = {"kind": kind_id, "number": "ab 12", "issued_on": "2026-01-10"}
    without = client.post(address, data=typed)
    assert without.status_code == 422 and "ab 12" in without.text
    one = client.post(address, data={**typed, "file": (BytesIO(samples.picture("PNG")), "cfp.png")}).location
    page = client.get(one).text
    assert "AB12" in page and "Waits for a second person" in page
    assert client.get(f"{one}/file").mimetype == "image/png"
    assert client.post(f"{one}/accept").status_code == 403
    assert client.get(kind).status_code == 403
    sign_in(other)
    assert client.post(f"{one}/refuse", data={"refuse-reason": ""}).status_code == 422
    assert client.post(f"{one}/accept").status_code == 302
    assert client.post(f"{one}/accept").status_code == 409
    evidence = client.get(f"/compliance/people/{learner.person.public_id}").text
    assert "Equivalent" in evidence and "CFP" in evidence
    assert "Equivalent" in client.get("/compliance").text
    assert client.get(f"{one}/correct").status_code == 200
    link = session.scalars(select(EquivalentCourse)).one().public_id
    assert client.post(f"/outside-certificates/kinds/courses/{link}/confirm").status_code == 409
    assert client.post(f"/outside-certificates/kinds/courses/{link}/end", data={"last_day": "x"}).status_code == 422
    assert client.post(f"/outside-certificates/kinds/courses/{link}/end", data={"last_day": today(ZONE).isoformat()}).status_code == 302
    assert client.post(f"{one}/revoke", data={"revoke-reason": "Forged."}).status_code == 302
    assert client.post(f"{one}/withdraw").status_code == 403


@pytest.mark.parametrize("role", [Role.TRAINER, Role.MANAGER, Role.INTERVIEWER])
def test_others_do_not_find_it_nor_its_file(client: Any, sign_in: Any, role: Role) -> None:
    learner = a_learner()
    one = handed_in(learner, a_kind(learner.course))
    sign_in(make_person("Caio Other", roles=(role,)))
    address = f"/outside-certificates/{one.public_id}"
    assert [client.get(f"{address}{page}").status_code for page in ("", "/file", "/correct")] == [404] * 3
    assert client.get(f"/outside-certificates/people/{learner.person.public_id}/hand-in").status_code == 404
    assert "123456" not in client.get("/outside-certificates").text


def test_lists_cost_the_same_for_two_and_for_twelve(client: Any, sign_in: Any) -> None:
    learner = a_learner()
    kind = a_kind(learner.course)
    sign_in(second())
    costs = []
    for number in (2, 12):
        for place in range(len(costs) * 2, number):
            handed_in(
                Learner(get_person(learner.person.public_id), learner.course, learner.version, learner.rule, learner.job_role),
                get_kind(kind.public_id),
                number=f"N{place}",
                issued_on=today(ZONE) - timedelta(days=1),
            )
        assert client.get("/outside-certificates").status_code == 200
        costs.append(client.last_statements)
    assert costs[0] == costs[1] <= 12


def test_it_is_held_as_a_completion_is_for_as_long_as_it_counts(app: Any) -> None:
    learner = since_january()
    pair, id_of_course = (learner.person.id, learner.course.id), learner.course.public_id
    with at(3, 10):
        one = handed_in(learner, a_kind(learner.course))
        assert held([pair], on=date(2026, 3, 10)) == set()
    with at(3, 20):
        accept(one, by=second())
    issued, last, without = date(2025, 6, 1), date(2030, 5, 31), date(2028, 5, 31)
    assert times_held([pair, (learner.person.id, 0)]) == {pair: [(issued, without), (issued, last)]}
    assert held([pair], on=last) == {pair} and held([pair], on=last + timedelta(days=1)) == set() == held([pair], on=date(2025, 5, 31))
    assert holds(learner.person, id_of_course, on=last) and not holds(learner.person, id_of_course, on=last + timedelta(days=1))
    with at(4, 1):  # an employment's certificate counts for who left only as long as its terms say then
        employment = find_employment(learner.person, on=date(2026, 4, 1))
        assert employment is not None
        end_employment(employment, last_day=date(2026, 4, 30), reason="Leaves.", by=None)
    assert times_held([pair])[pair] == [(issued, without), (issued, date(2026, 4, 30))]
    with at(5, 1):
        revoke(one, reason="Forged.", by=second())
    assert held([pair], on=date(2026, 5, 1)) == set()


@pytest.mark.parametrize("which", [0, 1])
def test_of_several_courses_it_counts_for_whichever_it_stands_for(app: Any, which: int) -> None:
    pairs = [a_course(title=title) for title in ("First steps", "Second steps")]
    person = make_person("Nina Rocha", roles=(Role.NEW_HIRE,))
    make_employment(person, starts_on=today(ZONE))
    draft = RuleDraft(
        pairs[0][0], None, 30, 12, date(2020, 1, 1), also=[pairs[1][0]], title="Either", terms=RuleTerms(combines=Combination.ANY_OF)
    )  # fmt: skip
    write_draft(draft, by=an_officer("Ana Officer"))
    rederive(person)
    with app.test_request_context():
        assert [one.title for one in waiting_for(person, on=today(ZONE))] == ["Either"]
    kind = a_kind(pairs[which][0], terms=Terms(Validity.FOREVER))
    file = store_bytes(b"%PDF-1.7", name="cpa.pdf", content_type="application/pdf", by=person, person=person)
    accept(hand_in(person, kind, Certificate("1", today(ZONE)), file=file, by=person), by=second())
    assert requirements_of(person, on=today(ZONE))[0].judged.state is Standing.EQUIVALENT
    with app.test_request_context():
        assert waiting_for(person, on=today(ZONE)) == []
