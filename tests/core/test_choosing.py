"""Colleagues are chosen by typing: a part of the name is enough where it means one, and everything else is said in a sentence."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from core.clock import today
from core.errors import Invalid
from core.people.choosing import choose_person, suggestions, text_of
from core.people.models import Person
from core.people.rights import Role
from tests.factories import make_employment, make_person

SignIn = Callable[[Person], Person]


@pytest.fixture
def people(app: object) -> dict[str, Person]:
    """Four who work here, two of one name, one who has left and one who was never employed."""
    found = {key: make_person(name) for key, name in (("dora", "Dora Luz"), ("ana", "Ana Lima"), ("other", "Ana Lima"), ("ze", "José Ávila"))}
    for person in found.values():
        make_employment(person)
    found |= {"gone": make_person("Dora Sá"), "outside": make_person("Dora Melo")}
    make_employment(found["gone"]).valid_to = today() - timedelta(days=1)
    return found


def chosen(text: str, **more: object) -> Person | None:
    return choose_person(text, on=today(), field="who", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Dora", "dora luz", "  LUZ ", "Avila", "jose"])
def test_a_part_of_the_name_is_enough_whatever_its_accents(people: dict[str, Person], text: str) -> None:
    assert chosen(text) == people["ze" if text in ("Avila", "jose") else "dora"]


def test_the_suggestion_the_address_and_the_public_id_mean_exactly_one(people: dict[str, Person]) -> None:
    other = people["other"]
    for text in (text_of(other), other.email.upper(), str(other.public_id)):
        assert chosen(text) == other
    assert chosen("") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("Ana Lima", "Several people fit: Ana Lima ("), ("Dora Melo", "Nobody of this name"), ("Dora Sá", "Nobody of this name"), ("%", "Nobody")],
)
def test_what_means_nobody_or_several_is_said(people: dict[str, Person], text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence.replace("(", r"\(")):
        chosen(text)


def test_who_may_not_be_chosen_is_said_and_who_is_there_already_stays(people: dict[str, Person]) -> None:
    with pytest.raises(Invalid, match="Dora Luz cannot be chosen here"):
        chosen("Dora", besides=[people["dora"]])
    assert chosen(text_of(people["gone"]), also=[people["gone"], None]) == people["gone"]


def test_names_are_suggested_to_those_who_see_people(client: FlaskClient, sign_in: SignIn, people: dict[str, Person]) -> None:
    sign_in(make_person("Helena Prado", roles=(Role.HR,)))
    answer = client.get("/people/names?field=added-0&added-0=dora", headers={"HX-Request": "true"})
    assert f'<option value="{text_of(people["dora"])}"></option>' in answer.text
    assert "Dora Melo" not in answer.text
    assert client.last_statements <= 6
    assert client.get("/people/names?field=x&x=", headers={"HX-Request": "true"}).text.strip() == ""
    assert suggestions("a" * 500, on=today()) == []
