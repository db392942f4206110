"""The figures of required training on the home page: who reads them, of whom, and where they lead."""

import re
from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient

from core.clock import today
from core.db import session
from core.people.models import Person
from core.people.queries import get_person
from core.people.rights import Role
from tests.factories import make_employment, make_person
from tests.training.situations import Learner, a_learner, an_officer
from training.requirements.actions import rederive
from training.standings.actions import begin_deriving, distrust_standings

SignIn = Callable[[Person], Person]
ZONE = "America/Sao_Paulo"
FIGURE = re.compile(r'href="(/compliance\?state=\w+)">\s*<span class="stat-label">(.+?)</span>\s*<span class="stat-value">(\d+)</span>')


def figures(client: FlaskClient) -> dict[str, tuple[str, int]]:
    """Label to where it leads and how many."""
    return {label: (address, int(count)) for address, label, count in FIGURE.findall(client.get("/home").text)}


def a_team(run_jobs: Callable[[], int]) -> tuple[Learner, Person]:
    """Somebody late and somebody who soon will be, led by a manager; somebody else who is late too, led by nobody."""
    learner, manager = a_learner(starts_on=today(ZONE) - timedelta(days=200)), make_person("Marcos Prado", roles=(Role.MANAGER,))
    make_employment(manager, starts_on=today(ZONE) - timedelta(days=900))
    for name, days, leader in (("Lia Late", 100, manager), ("Sara Soon", 20, manager), ("Otto Other", 100, None)):
        person = make_person(name, roles=(Role.NEW_HIRE,))
        make_employment(person, job_role=learner.job_role, starts_on=today(ZONE) - timedelta(days=days), manager=leader)
        rederive(person)
    begin_deriving(anew=True)
    session.commit()
    run_jobs()
    return learner, get_person(manager.public_id)


def test_compliance_counts_everybody_and_a_manager_their_own_people(client: FlaskClient, sign_in: SignIn, run_jobs: Callable[[], int]) -> None:
    _learner, manager = a_team(run_jobs)
    sign_in(an_officer("Vera Officer"))
    found = figures(client)
    assert {label: count for label, (_address, count) in found.items()} == {"Overdue": 3, "Expired": 0, "Due soon": 1}
    for address, count in found.values():
        assert client.get(address).text.count('<th scope="row"') == count
    sign_in(manager)
    found = figures(client)
    assert {label: count for label, (_address, count) in found.items()} == {"Overdue": 1, "Expired": 0, "Due soon": 1}
    listed = client.get(found["Overdue"][0]).text
    assert "Lia Late" in listed and "Otto Other" not in listed


def test_nobody_else_reads_figures(client: FlaskClient, sign_in: SignIn, run_jobs: Callable[[], int]) -> None:
    a_team(run_jobs)
    for role in (Role.HR, Role.TRAINER, Role.AUDITOR, Role.MANAGER):  # a manager of nobody
        sign_in(make_person(f"Some {role.value}", roles=(role,)))
        assert figures(client) == {}, role


def test_no_figure_is_told_that_the_index_does_not_know(client: FlaskClient, sign_in: SignIn, run_jobs: Callable[[], int]) -> None:
    a_team(run_jobs)
    distrust_standings()
    session.commit()
    sign_in(an_officer("Vera Officer"))
    assert figures(client) == {}
    run_jobs()
    assert figures(client)["Overdue"][1] == 3


def test_the_home_page_of_an_officer_costs_few_statements(client: FlaskClient, sign_in: SignIn, run_jobs: Callable[[], int]) -> None:
    a_team(run_jobs)
    sign_in(an_officer("Vera Officer"))
    client.get("/home")
    assert figures(client)
    assert client.last_statements <= 12
