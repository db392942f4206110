"""The frame as text: error pages, language, navigation, and the macros that other pages rely on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, g, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import text

from core.db import db
from core.people.models import Person
from core.people.rights import Role
from core.web.error_pages import error_page
from core.web.gallery import SampleForm
from tests.conftest import make_application
from tests.factories import make_company, make_person
from tests.pages import check_html
from wsgi import ROOT

STATUSES = (400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)


@pytest.mark.parametrize("status", STATUSES)
def test_each_refusal_has_a_friendly_page(app: Flask, status: int) -> None:
    make_company("Banco Aurora")
    with app.test_request_context("/somewhere"):
        g.nonce = "n"
        answer = error_page(status, "The posting is closed.")
    assert isinstance(answer, tuple)
    body = str(answer[0])
    check_html(body)
    assert "The posting is closed." in body and "data-sentence" in body
    assert "Banco Aurora" in body


def test_a_signed_in_person_keeps_the_navigation_on_an_error_page(client: FlaskClient, sign_in: Callable[[Person], Person]) -> None:
    sign_in(make_person("Omar", roles=(Role.HR,)))
    answer = client.get("/people/00000000-0000-4000-8000-000000000000")
    assert answer.status_code == 404
    assert 'class="sidebar-nav"' in answer.text and "Omar" in answer.text


def test_an_error_page_comes_out_without_a_database(tmp_path: Path) -> None:
    app = make_application(f"sqlite:///{tmp_path / 'gone.db'}", tmp_path)
    answer = app.test_client().get("/nothing-here")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    with app.app_context():
        db.engine.dispose()


def test_an_error_page_comes_out_when_the_database_goes_away_under_a_signed_in_person(
    client: FlaskClient, sign_in: Callable[[Person], Person], app: Flask
) -> None:
    sign_in(make_person("Omar", roles=(Role.HR,)))
    db.session.commit()
    db.session.execute(text("DROP TABLE core_role_grant"))
    answer = client.get("/home")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text


def test_a_language_is_chosen_and_kept(client: FlaskClient) -> None:
    answer = client.post("/language", data={"locale": "pt_BR", "next": "/login?next=%2Fhome"})
    assert answer.status_code == 302 and answer.location == "/login?next=%2Fhome"
    assert '<html lang="pt-BR"' in client.get("/login").text


@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test/", "javascript:alert(1)", "/\\evil.test", ""])
def test_choosing_a_language_never_leads_elsewhere(client: FlaskClient, target: str) -> None:
    assert client.post("/language", data={"locale": "en", "next": target}).location == "/"


def test_an_unknown_language_is_refused(client: FlaskClient) -> None:
    assert client.post("/language", data={"locale": "tlh"}).status_code == 422


def test_the_navigation_shows_what_a_person_may_open_with_home_first(client: FlaskClient, sign_in: Callable[[Person], Person]) -> None:
    sign_in(make_person("Ines", roles=(Role.INTERVIEWER,)))
    body = client.get("/home").text
    navigation = body[body.index("sidebar-nav") : body.index("</nav>", body.index("sidebar-nav"))]
    assert navigation.index("Home") < navigation.index("My calendar")
    assert "Audit trail" not in navigation
    assert navigation.count('aria-current="page"') == 1


def test_the_gallery_is_not_there_in_production(tmp_path: Path) -> None:
    app = make_application(f"sqlite:///{tmp_path / 'p.db'}", tmp_path, TRILHA_ENV="production", TRILHA_SECRET_KEY="x" * 40)
    with app.app_context():
        db.create_all()
        assert app.test_client().get("/gallery").status_code == 404
        db.session.remove()
        db.engine.dispose()


def test_a_field_names_its_hint_and_its_error(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"name": ""}):
        form = SampleForm()
        form.validate()
        body = render_template_string(
            '{% from "components/form_field.html" import form_field %}{{ form_field(form.name, hint="As in the passport.") }}', form=form
        )
    assert 'aria-describedby="name-hint name-error"' in body
    assert 'id="name-hint"' in body and 'id="name-error"' in body
    assert 'aria-invalid="true"' in body


def test_what_people_typed_is_escaped_in_every_component(app: Flask) -> None:
    nasty = '"><script>alert(1)</script>'
    with app.test_request_context("/"):
        body = render_template_string(
            """
            {% from "components/page_header.html" import page_header %}{% from "components/person.html" import person %}
            {% from "components/timeline.html" import timeline %}{% from "components/board.html" import board_cards %}
            {% from "components/button_form.html" import button_form %}{% from "components/description_list.html" import description_list %}
            {{ page_header(nasty, nasty, [(nasty, "/")]) }}{{ person(nasty, nasty) }}{{ timeline([{"when": nasty, "who": nasty, "text": nasty}]) }}
            {{ board_cards([card], nasty, [(nasty, nasty, 0), ("2", nasty, 2)]) }}
            {{ button_form("/", nasty, confirm=nasty, fields={nasty: nasty}) }}{{ description_list([(nasty, nasty)]) }}
            """,
            nasty=nasty,
            card={"key": nasty, "title": nasty, "url": nasty, "move_url": nasty, "version": nasty, "tags": [(nasty, nasty)], "reach": 1},
        )
    assert "<script" not in body


def test_every_static_file_that_pages_name_is_there() -> None:
    for name in (
        "bootstrap.min.css",
        "bootstrap.bundle.min.js",
        "htmx.min.js",
        "sortable.min.js",
        "bootstrap-icons.min.css",
        "fonts/bootstrap-icons.woff2",
    ):
        assert (ROOT / "static" / "vendor" / name).is_file(), f"{name} is missing: npm ci --ignore-scripts && python bin/vendor.py"
