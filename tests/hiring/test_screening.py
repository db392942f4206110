"""The inbox, marks, the board, and who sees them."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, decline_application, hold_application
from hiring.applications.models import Answer, Application, ApplicationState, DeclineReason
from hiring.applications.queries import get_application
from hiring.postings.models import Posting, Stage, StageKind, Turn
from hiring.postings.queries import get_posting
from hiring.screening import naming
from hiring.screening.actions import give_mark
from hiring.screening.evidence import passages
from hiring.screening.lists import Show, inbox
from hiring.screening.queries import criteria_of, waiting_count
from hiring.screening.scoring import Score, Weighed, score
from tests.situations import a_colleague, a_draft_posting, an_application, an_open_posting


@pytest.fixture
def recruiter(app: object) -> Person:
    return a_colleague("Davi Monteverde", Role.RECRUITER)


@pytest.fixture
def applied(recruiter: Person) -> Application:
    found = an_application(an_open_posting(by=recruiter))
    return get_application(found.public_id, viewer=recruiter)


def fresh(person: Person) -> Person:
    """The person with their grants, after a request or a flush has let them go."""
    return get_person(person.public_id)


def whole(posting: Posting, viewer: Person) -> Posting:
    """The posting with all that belongs to it."""
    return get_posting(posting.public_id, viewer=fresh(viewer))


def stage_of(application: Application, kind: StageKind) -> Stage:
    return next(stage for stage in application.posting.stages if stage.kind is kind)


def test_the_inbox_shows_new_applications_across_postings_oldest_first(recruiter: Person) -> None:
    first, second = an_open_posting(by=recruiter), an_open_posting(by=recruiter)
    rows = [an_application(first), an_application(second), an_application(first)]
    assert [row.id for row in inbox(fresh(recruiter)).rows] == [row.id for row in rows]
    assert waiting_count(fresh(recruiter)) == (3, rows[0].applied_at)
    assert waiting_count(fresh(recruiter), most=1) == (2, rows[0].applied_at)  # no further, however many there are


def test_a_manager_sees_only_applications_to_their_own_postings(recruiter: Person) -> None:
    manager, other = a_colleague("Cláudia Reis", Role.MANAGER), a_colleague("Otávio Melo", Role.MANAGER)
    mine = an_application(an_open_posting(by=recruiter, hiring_manager=manager))
    an_application(an_open_posting(by=recruiter, hiring_manager=other))
    assert [row.id for row in inbox(fresh(manager)).rows] == [mine.id]


def test_what_waits_for_me_stands_there_though_it_is_not_new(recruiter: Person) -> None:
    manager = a_colleague("Marcos Prado", Role.MANAGER)
    posting = an_open_posting(by=recruiter, hiring_manager=manager)
    _new, later, held = (an_application(posting, name=name) for name in ("Ana Reis", "Bia Lima", "Caio Sá"))
    stage = next(stage for stage in posting.stages if stage.kind is StageKind.INTERVIEW)
    stage.turn = Turn.HIRING_MANAGER
    for application in (later, held):
        advance_application(application, to_stage=stage, by=None)
    hold_application(held, reason="Travels", until=None, by=recruiter)
    keys = recruiter.public_id, manager.public_id
    session.commit()
    seen = {(show, key): [row.name for row in inbox(get_person(key), show=show).rows] for show in Show for key in keys}
    assert seen[Show.WAITING, keys[0]] == ["Ana Reis"] == seen[Show.FIRST, keys[1]]
    assert seen[Show.WAITING, keys[1]] == ["Ana Reis", "Bia Lima"] and seen[Show.MINE, keys[1]] == ["Bia Lima"]
    assert seen[Show.ALL, keys[0]] == ["Ana Reis", "Bia Lima", "Caio Sá"]


def test_someone_elses_application_does_not_exist(client: FlaskClient, sign_in: Callable[[Person], Person], applied: Application) -> None:
    sign_in(a_colleague("Omar Dias", Role.MANAGER))
    for path in ("", "/screen", "/resume", "/decline", "/reopen"):
        assert client.get(f"/applications/{applied.public_id}{path}").status_code == 404
    assert client.post(f"/applications/{applied.public_id}/move", data={"stage": "x"}).status_code == 404


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.NEW_HIRE, Role.HR, Role.COMPLIANCE, Role.AUDITOR, Role.TRAINER])
def test_other_roles_stay_outside(client: FlaskClient, sign_in: Callable[[Person], Person], applied: Application, role: Role) -> None:
    sign_in(a_colleague("Omar Dias", role))
    assert client.get("/applications").status_code == 403
    assert client.get(f"/applications/{applied.public_id}").status_code == 403


def test_marks_are_given_on_the_page_and_shown_again(
    client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person, applied: Application
) -> None:
    sign_in(recruiter)
    criterion = criteria_of(applied.posting_id)[0]
    page = f"/applications/{applied.public_id}"
    assert client.post(f"{page}/marks", data={"criterion": str(criterion.public_id), "mark": "3"}).status_code == 302
    text = client.get(f"{page}/screen").text
    assert 'value="3" aria-pressed="true"' in text
    assert "67 %" in client.get(page).text


@pytest.mark.parametrize("mark", ["0", "5", "-1", "x", ""])
def test_marks_outside_one_to_four_are_refused(
    client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person, applied: Application, mark: str
) -> None:
    sign_in(recruiter)
    criterion = criteria_of(applied.posting_id)[0]
    answer = client.post(f"/applications/{applied.public_id}/marks", data={"criterion": str(criterion.public_id), "mark": mark})
    assert answer.status_code in (302, 422)
    assert 'aria-pressed="true" aria-label="Mark' not in client.get(f"/applications/{applied.public_id}/screen").text


def test_a_mark_needs_a_criterion_of_the_same_posting(recruiter: Person, applied: Application) -> None:
    foreign = criteria_of(a_draft_posting(by=recruiter).id)[0]
    with pytest.raises(Invalid):
        give_mark(applied, foreign, mark=3, by=recruiter)


def test_a_closed_application_keeps_its_marks(recruiter: Person, applied: Application) -> None:
    applied = decline_application(applied, by=recruiter, reason=DeclineReason.OTHER)
    with pytest.raises(WrongState):
        give_mark(applied, criteria_of(applied.posting_id)[0], mark=3, by=recruiter)


def test_an_interviewer_does_not_mark(applied: Application) -> None:
    with pytest.raises(NotAllowed):
        give_mark(applied, criteria_of(applied.posting_id)[0], mark=3, by=a_colleague("Lívia Prates", Role.INTERVIEWER))


def test_a_card_moved_on_the_board_stays_there(
    client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person, applied: Application
) -> None:
    sign_in(recruiter)
    stage = stage_of(applied, StageKind.SCREENING)
    headers = {"X-Requested-With": "board"}
    data = {"stage": str(stage.public_id), "version": str(applied.version)}
    answer = client.post(f"/applications/{applied.public_id}/move", data=data, headers=headers)
    assert answer.status_code == 200
    assert get_application(applied.public_id, viewer=fresh(recruiter)).stage_id == stage.id
    again = client.post(f"/applications/{applied.public_id}/move", data={**data, "stage": str(stage_of(applied, StageKind.NEW).public_id)})
    assert again.status_code == 409, "the second mover saw an older version"


@pytest.mark.parametrize("stage", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_stage_is_refused(
    client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person, applied: Application, stage: str
) -> None:
    sign_in(recruiter)
    answer = client.post(f"/applications/{applied.public_id}/move", data={"stage": stage, "version": "1"})
    assert answer.status_code == 422
    assert "Choose a stage" in answer.text


def test_nobody_is_hired_by_moving_a_card(client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person, applied: Application) -> None:
    sign_in(recruiter)
    hired = stage_of(applied, StageKind.HIRED)
    assert client.post(f"/applications/{applied.public_id}/move", data={"stage": str(hired.public_id), "version": "1"}).status_code == 422


def test_declining_needs_a_reason_and_keeps_the_note(
    client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person, applied: Application
) -> None:
    sign_in(recruiter)
    address = f"/applications/{applied.public_id}/decline"
    answer = client.post(address, data={"reason": "", "note": "typed already"})
    assert answer.status_code == 422
    assert "typed already" in answer.text
    assert client.post(address, data={"reason": "other", "note": "", "version": str(applied.version)}).status_code == 302
    assert get_application(applied.public_id, viewer=fresh(recruiter)).state is ApplicationState.DECLINED


def statements(client: FlaskClient, address: str) -> int:
    assert client.get(address).status_code == 200
    return client.last_statements  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("page", ["/applications", "/postings/{posting}/board", "/home", "/offers", "/interviews"])
def test_lists_cost_as_many_statements_at_twelve_rows_as_at_two(
    client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person, page: str
) -> None:
    posting = an_open_posting(by=recruiter)
    address = page.format(posting=posting.public_id)
    sign_in(recruiter)
    for _ in range(2):
        an_application(whole(posting, recruiter))
    few = statements(client, address)
    for _ in range(10):
        an_application(whole(posting, recruiter))
    assert statements(client, address) == few
    assert few <= 12


@pytest.mark.parametrize(("few", "common"), [(500, 1000), (1, 1000), (500, 1)])
def test_the_inbox_finds_by_how_the_words_of_a_name_begin(recruiter: Person, monkeypatch: pytest.MonkeyPatch, few: int, common: int) -> None:
    monkeypatch.setattr(naming, "FEW", few)  # above it, whoever goes through the list meets the name
    monkeypatch.setattr(naming, "COMMON", common)  # above it, the index is read for every word
    posting = an_open_posting(by=recruiter)
    for name in ("Helena Zagalo", "Heloísa D'Ávila-Souza", "Ana Helena Reis", "Иван Петров", "Hidden Helena"):
        an_application(posting, name=name).names_hidden = name.startswith("Hidden")
    renamed = an_application(posting, name="Nobody Yet").candidate.person
    session.flush()
    renamed.name = "100% Zé_Souza"
    session.flush()
    expected = {
        "hel": {"Helena Zagalo", "Heloísa D'Ávila-Souza", "Ana Helena Reis"},
        "HELENA reis": {"Ana Helena Reis"},
        "zag hele": {"Helena Zagalo"},
        "avila": {"Heloísa D'Ávila-Souza"},
        "d'avila souza": {"Heloísa D'Ávila-Souza"},
        "souza": {"Heloísa D'Ávila-Souza", "100% Zé_Souza"},
        "иван": {"Иван Петров"},
        "elena": set(),  # inside a word
        "nobody": set(),
        "%": set(),
        "_": set(),
        "hidden": set(),
    }
    for words, names in expected.items():
        assert {row.name for row in inbox(recruiter, words=words, show=Show.ALL).rows} == names, words


def test_names_are_shown_as_typed_and_never_run(client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person) -> None:
    posting = an_open_posting(by=recruiter, title="<script>alert(1)</script> O'Brien <3")
    an_application(posting, name="<script>alert(2)</script>")
    sign_in(recruiter)
    for address in ("/applications", f"/postings/{posting.public_id}/board", "/home"):
        text = client.get(address).text
        assert "<script>alert" not in text


def test_passages_meet_a_criterion_through_inflection_and_accents() -> None:
    text = "Objetivo\nGerencio carteiras de clientes pessoa jurídica há cinco anos.\nCertificação CPA-20"
    found = passages(text, "Experiência com carteira de cliente PESSOA JURIDICA", language="pt_BR")
    assert "carteiras" in found[0].parts
    assert found[0].hits == 4
    assert passages(text, "Leadership", language="en") == []
    assert passages("", "anything", language="en") == []


CRITERIA = [Weighed(1, True, 5), Weighed(2, False, 2), Weighed(3, False, 3)]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({}, Score(None, 0, 3)),
        ({1: [4], 2: [4], 3: [4]}, Score(100, 0, 0)),
        ({1: [1], 2: [1], 3: [1]}, Score(0, 1, 0)),
        ({1: [4], 2: [1]}, Score(round(100 * Fraction(5, 7)), 0, 1)),
        ({1: [2, 3]}, Score(50, 1, 2)),
    ],
)
def test_a_score_weighs_marks_exactly_and_keeps_must_haves_apart(marks: dict[int, list[int]], expected: Score) -> None:
    assert score(CRITERIA, marks) == expected


def test_an_answer_left_open_is_not_a_no(client: FlaskClient, sign_in: Callable[[Person], Person], recruiter: Person) -> None:
    posting = an_open_posting(by=recruiter)
    application = an_application(posting)
    session.execute(update(Answer).values(text=""))
    session.flush()
    sign_in(recruiter)
    for page in ("", "/screen"):
        said = client.get(f"/applications/{application.public_id}{page}").text
        assert said.count("(not answered)") == 2
