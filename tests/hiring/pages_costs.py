"""Counting the statements a page costs."""

from flask.testing import FlaskClient

from core.db import session
from tests.counting import statements_of


def statements(client: FlaskClient, address: str) -> int:
    """How many statements the page asks the database; it must answer 200."""
    session.commit()
    answers = []
    found = statements_of(lambda: answers.append(client.get(address).status_code))
    assert answers == [200]
    return found
