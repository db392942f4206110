"""What waits for somebody is asked for in few statements."""

from collections.abc import Callable

from flask.testing import FlaskClient

from core.people.models import Person
from tests.situations import a_running_checklist

SignIn = Callable[[Person], Person]


def test_the_home_page_of_a_manager_costs_few_statements(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist(starts_in=-3)
    sign_in(found.manager)
    client.get("/home")
    assert client.get("/home").status_code == 200
    assert client.last_statements <= 16
