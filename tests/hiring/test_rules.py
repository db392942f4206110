"""The register of automatic rules is whole."""

from collections.abc import Callable

from flask.testing import FlaskClient

from core.jobs.queue import timetabled
from core.people.models import Person
from core.people.rights import Role
from hiring.rules.register import EFFECTS, RULES, Effect
from tests.situations import a_colleague


def test_no_task_of_the_timetable_is_missing_from_the_register(app: object) -> None:
    """What the clock does in hiring stands in the register, and what stands there is done."""
    named = [task for rule in RULES for task in rule.tasks]
    assert sorted(named) == sorted(name for name in timetabled() if name.startswith("hiring."))
    assert set(EFFECTS) == set(Effect)


def test_everybody_who_works_here_can_read_it(client: FlaskClient, sign_in: Callable[[Person], Person]) -> None:
    sign_in(a_colleague("Ivo Leitor", Role.INTERVIEWER))
    said = client.get("/automatic-rules").text
    assert all(str(rule.name) in said for rule in RULES)
    assert "none ranks them by fitness" in said
