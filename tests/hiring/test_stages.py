"""The plan of stages, what each asks for, and who goes on against it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.actions import advance_application, decline_application, reopen_application
from hiring.applications.models import Application, DeclineReason
from hiring.applications.queries import get_application
from hiring.postings.models import Posting, Stage, StageKind, Turn
from hiring.postings.queries import get_posting
from hiring.references.actions import note_reference
from hiring.screening.actions import give_mark
from hiring.screening.queries import criteria_of
from hiring.stages.actions import StageText, add_stage, change_stage, remove_stage, shift_stage
from hiring.stages.steps import Shown, missing_in, next_steps, reach, screeners
from tests.hiring.pages_costs import statements
from tests.situations import a_colleague, an_application, an_open_posting


def a_stage(key: int, kind: StageKind = StageKind.INTERVIEW, **needs: int) -> Any:
    wanted = {"cards_needed": 0, "screeners_needed": 0, "references_needed": 0, **needs}
    return SimpleNamespace(id=key, position=key, name=f"S{key}", kind=kind, **wanted)


PLAN = [
    a_stage(0, StageKind.NEW),
    a_stage(1, StageKind.SCREENING, screeners_needed=2),
    a_stage(2, cards_needed=2),
    a_stage(3, references_needed=1),
    a_stage(4, StageKind.OFFER),
    a_stage(5, StageKind.HIRED),
]


@pytest.mark.parametrize(
    ("present", "shown", "open_to", "far"),
    [
        (0, Shown(), [1], 1),
        (0, Shown(screeners=2), [1, 2], 2),
        (1, Shown(screeners=1), [0], 1),
        (1, Shown(screeners=2), [0, 2], 2),
        (2, Shown(cards={2: 1}), [0, 1], 2),
        (2, Shown(cards={2: 2}), [0, 1, 3], 3),
        (2, Shown(cards={2: 3}, references=1), [0, 1, 3, 4], 5),
        (2, Shown(cards={1: 2}), [0, 1], 2),
        (2, Shown(cards={2: 2}, references=1, missing={2: ["Bia"]}), [0, 1], 2),
        (4, Shown(), [0, 1, 2, 3], 5),
    ],
)
def test_going_on_asks_each_stage_on_the_way_and_going_back_asks_none(present: int, shown: Shown, open_to: list[int], far: int) -> None:
    found = next_steps(PLAN, PLAN[present], shown)
    assert [step.stage.id for step in found if step.is_open] == open_to
    assert {step.stage.id for step in found} == {0, 1, 2, 3, 4} - {present}, "nobody is hired by hand"
    assert reach(PLAN, PLAN[present], shown) == far


@pytest.mark.parametrize(
    ("criteria", "marks", "people"),
    [
        ([(1, True), (2, True), (3, False)], [(1, 7), (2, 7), (1, 8)], 1),
        ([(1, True), (2, False)], [(1, 7), (2, 8), (1, 9)], 2),
        ([(1, False), (2, False)], [(1, 7), (2, 8)], 2),
        ([(1, True)], [], 0),
        ([], [], 0),
    ],
)
def test_a_screener_has_marked_every_must_have(criteria: list[tuple[int, bool]], marks: list[tuple[int, int]], people: int) -> None:
    assert screeners(criteria, marks) == people


class Scene:
    """A posting with two applications, and reading it anew after each act."""

    def __init__(self) -> None:
        self.recruiter = a_colleague("Davi Monteverde", Role.RECRUITER)
        self.manager = a_colleague("Cláudia Reis", Role.MANAGER)
        made = an_open_posting(by=self.recruiter, hiring_manager=self.manager)
        self.key = made.public_id
        self.applied = [an_application(made, name=name).public_id for name in ("Ana Souza", "Bia Lima")]

    def who(self, person: Person) -> Person:
        return get_person(person.public_id)

    def forget(self) -> None:
        session.flush()
        for row in list(session.identity_map.values()):
            if isinstance(row, Posting | Stage | Application):
                session.expire(row)

    @property
    def posting(self) -> Posting:
        self.forget()
        return get_posting(self.key, viewer=self.who(self.recruiter))

    def stage(self, posting: Posting, name: str) -> Stage:
        return next(stage for stage in posting.stages if stage.name == name)

    def application(self, number: int = 0) -> Application:
        self.forget()
        return get_application(self.applied[number], viewer=self.who(self.recruiter))

    def text(self, stage: Stage, **changes: Any) -> StageText:
        names = ("name", "kind", "target_days", "turn", "cards_needed", "screeners_needed", "references_needed")
        return StageText(**{**{name: getattr(stage, name) for name in names}, **changes})


@pytest.fixture
def scene(app: object) -> Scene:
    return Scene()


def names(posting: Posting) -> list[str]:
    assert [stage.position for stage in posting.stages] == list(range(len(posting.stages)))
    return [stage.name for stage in posting.stages]


def test_stages_are_added_renamed_reordered_and_removed_without_losing_anybody(scene: Scene, run_jobs: Callable[[], object]) -> None:
    posting, by = scene.posting, scene.recruiter
    usual = names(posting)
    add_stage(posting, StageText(name="Case", kind=StageKind.INTERVIEW, turn=Turn.CANDIDATE), by=by, version=posting.version)
    posting = scene.posting
    assert names(posting) == [*usual[:4], "Case", *usual[4:]], "behind the last interview"
    with pytest.raises(Conflict):
        add_stage(posting, StageText(name="Test"), by=by, version=posting.version - 1)
    with pytest.raises(Invalid):
        add_stage(posting, StageText(name="case"), by=by, version=posting.version)
    with pytest.raises(Invalid):
        add_stage(posting, StageText(name="Second end", kind=StageKind.HIRED), by=by, version=posting.version)
    with pytest.raises(NotAllowed):
        add_stage(posting, StageText(name="Test"), by=scene.manager, version=posting.version)
    shift_stage(scene.stage(posting, "Case"), posting, places=-1, by=by, version=posting.version)
    posting = scene.posting
    assert names(posting).index("Case") == 3
    for stage, places in ((posting.stages[0], 1), (posting.stages[1], -1), (posting.stages[-1], -1), (posting.stages[-2], 1)):
        with pytest.raises(Invalid):
            shift_stage(stage, posting, places=places, by=by, version=posting.version)
    application = advance_application(scene.application(), to_stage=scene.stage(posting, "Case"), by=by)
    other = advance_application(scene.application(1), to_stage=scene.stage(posting, "Case"), by=by)
    decline_application(other, by=by, reason=DeclineReason.OTHER)
    posting = scene.posting
    change_stage(scene.stage(posting, "Case"), posting, scene.text(scene.stage(posting, "Case"), name="Exercise"), by=by, version=posting.version)
    run_jobs()
    posting = scene.posting
    gone = scene.stage(posting, "Exercise")
    for refused in (None, gone, posting.stages[-1]):
        with pytest.raises(Invalid):
            remove_stage(gone, posting, into=refused, by=by, version=posting.version)
    with pytest.raises(Invalid):
        remove_stage(posting.stages[0], posting, into=posting.stages[1], by=by, version=posting.version)
    into = posting.stages[2]
    assert remove_stage(gone, posting, into=into, by=by, version=posting.version) == 1
    posting = scene.posting
    assert names(posting) == usual
    application = scene.application()
    assert application.stage.name == usual[2]
    with pytest.raises(Conflict):
        advance_application(application, to_stage=session.scalars(select(Stage).where(Stage.name == "Exercise")).one(), by=by)
    again = reopen_application(scene.application(1), by=by, reason="The other one withdrew")
    assert again.stage_id == into.id, "whoever is reopened out of a removed stage stands in the one that took its place"


def test_a_stage_holds_until_it_has_what_it_asks_for_or_somebody_says_why_not(scene: Scene) -> None:
    posting, by = scene.posting, scene.recruiter
    screening = posting.stages[1]
    change_stage(screening, posting, scene.text(screening, screeners_needed=2, references_needed=1), by=by, version=posting.version)
    first = scene.posting.stages[2]
    application = advance_application(scene.application(), to_stage=scene.posting.stages[1], by=by)
    with pytest.raises(WrongState, match="marks by 2 more people"):
        advance_application(scene.application(), to_stage=first, by=by)
    with pytest.raises(WrongState):
        advance_application(scene.application(1), to_stage=first, by=by)  # a stage that is skipped asks as well
    for person in (scene.recruiter, scene.manager):
        for criterion in criteria_of(application.posting_id):
            give_mark(scene.application(), criterion, mark=3, by=scene.who(person))
    with pytest.raises(WrongState, match="1 more reference"):
        advance_application(scene.application(), to_stage=first, by=by)
    note_reference(scene.application(), referee="Rui Alves", relation="Manager", text="Kept every promise.", by=scene.who(by))
    moved = advance_application(scene.application(), to_stage=first, by=scene.who(by))
    assert missing_in(scene.posting.stages[1], Shown(screeners=2, references=moved.references_noted)) == []
    with pytest.raises(NotAllowed):
        advance_application(scene.application(1), to_stage=first, by=scene.who(scene.manager), override="We are late")
    assert advance_application(scene.application(1), to_stage=first, by=scene.who(by), override="Known from an earlier search").stage_id == first.id


def test_the_pages_show_what_is_open_and_the_server_says_why_the_rest_is_not(
    client: FlaskClient, sign_in: Callable[[Person], Person], scene: Scene
) -> None:
    sign_in(scene.recruiter)
    posting = scene.posting
    plan, panel = f"/postings/{posting.public_id}/stages", posting.stages[3]
    screening = posting.stages[1]
    wanted = {"name": "Triagem dupla", "kind": "screening", "turn": "hiring_manager", "target_days": "4", "cards_needed": "0"}
    form = {**wanted, "screeners_needed": "1", "references_needed": "0", "version": str(posting.version)}
    assert client.post(f"{plan}/{screening.public_id}/edit", data=form).status_code == 302
    assert client.post(f"{plan}/{screening.public_id}/edit", data=form).status_code == 409, "seen before it was changed"
    text = client.get(plan).text
    assert "Triagem dupla" in text
    assert "marks by 1 person" in text
    added = client.post(plan, data={**form, "name": "Caso", "kind": "interview", "screeners_needed": "0", "version": str(scene.posting.version)})
    assert added.status_code == 302
    page = f"/applications/{scene.applied[0]}"
    version = get_application(scene.applied[0], viewer=get_person(scene.recruiter.public_id)).version
    step = {"stage": str(panel.public_id), "version": str(version)}
    refused = client.post(f"{page}/move", data=step, headers={"X-Requested-With": "board"})
    assert refused.status_code == 409
    assert "needs marks by one more person" in refused.text
    assert "Panel: not yet" in client.get(page).text or "Painel: not yet" in client.get(page).text
    assert "not yet" in client.get(f"{page}/steps").text
    board = f"/postings/{posting.public_id}/board"
    assert " disabled>" in client.get(board).text
    assert statements(client, page) <= 12
    assert statements(client, board) <= 12
    assert client.post(f"{page}/steps", data={**step, "reason": ""}).status_code == 422
    assert client.post(f"{page}/steps", data={**step, "reason": "Known to us"}).status_code == 302
    assert "Known to us" in client.get(page).text
    assert client.post(f"{page}/references", data={"referee": "Rui Alves", "text": "Kept every promise."}).status_code == 302
    assert "Rui Alves" in client.get(f"{page}/references").text
    assert client.get(f"{plan}/{panel.public_id}/remove").status_code == 200
    into = {"into": str(screening.public_id), "version": str(scene.posting.version)}
    assert client.post(f"{plan}/{panel.public_id}/remove", data=into).status_code == 302
    assert "1 application moved" in client.get(plan).text
