"""What stands before the pages: proxies, limits, static files, figures for machines."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.db import db
from core.settings import SettingError, load_settings
from core.web.limits import limiter
from tests.conftest import make_application
from wsgi import ROOT

Make = Callable[..., Flask]
TOKEN = "a-token-for-those-who-watch"


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Applications with settings of their own, on an empty database."""
    made: list[Flask] = []

    def act(**environ: str) -> Flask:
        app = make_application(f"sqlite:///{tmp_path / 'own.db'}", tmp_path, TRILHA_SECRET_KEY="x" * 40, **environ)
        with app.app_context():
            db.create_all()
        made.append(app)
        return app

    yield act
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def counting() -> Iterator[Callable[[Flask], None]]:
    """Rate limits as people meet them, forgotten at the end."""

    def act(app: Flask) -> None:
        app.config["RATELIMIT_ENABLED"] = limiter.enabled = True
        limiter.init_app(app)
        limiter.reset()

    yield act
    limiter.reset()
    limiter.enabled = False


def tries(app: Flask, count: int, **headers: str) -> list[int]:
    """Statuses of so many requests to choose a password with a wrong link, each saying it came for somebody else."""
    named = [{name.replace("_", "-"): value.replace("*", str(number)) for name, value in headers.items()} for number in range(count)]
    return [app.test_client().get("/password/new/no-such-link", headers=each).status_code for each in named]


@pytest.mark.sqlite_only
def test_no_header_makes_somebody_of_another_address(make: Make, counting: Callable[[Flask], None]) -> None:
    app = make()
    counting(app)
    assert 429 not in tries(app, 20, X_Forwarded_For="203.0.113.*", X_Real_IP="203.0.113.*", Forwarded="for=203.0.113.*")
    assert tries(app, 1, X_Forwarded_For="203.0.113.99") == [429]


@pytest.mark.sqlite_only
def test_behind_one_proxy_the_address_it_saw_counts_and_no_other(make: Make, counting: Callable[[Flask], None]) -> None:
    app = make(TRILHA_TRUSTED_PROXIES="1")
    counting(app)
    assert 429 not in tries(app, 20, X_Forwarded_For="198.51.100.*, 203.0.113.7")  # the first entry is the client's own invention
    assert tries(app, 1, X_Forwarded_For="198.51.100.99, 203.0.113.7") == [429]
    assert tries(app, 1, X_Forwarded_For="203.0.113.8") != [429]


@pytest.mark.sqlite_only
def test_a_household_does_not_get_more_tries_by_having_many_ipv6_addresses(make: Make, counting: Callable[[Flask], None]) -> None:
    app = make(TRILHA_TRUSTED_PROXIES="1")
    counting(app)
    assert 429 not in tries(app, 20, X_Forwarded_For="2001:db8:1:2::*")
    assert tries(app, 2, X_Forwarded_For="2001:db8:1:*::1")[0] != 429
    assert tries(app, 1, X_Forwarded_For="2001:db8:1:2::abcd") == [429]


@pytest.mark.sqlite_only
def test_the_proxys_word_on_https_is_taken_and_its_word_on_the_host_is_not(make: Make) -> None:
    for count, scheme in (("0", "http"), ("1", "https")):
        app = make(TRILHA_TRUSTED_PROXIES=count)
        seen: list[str] = []
        app.before_request(lambda seen=seen: seen.append(_where()))
        app.test_client().get("/healthz", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.test", "X-Forwarded-For": "203.0.113.7"})
        assert seen == [f"{scheme} localhost {'203.0.113.7' if count == '1' else '127.0.0.1'}"]


def _where() -> str:
    from flask import request

    return f"{request.scheme} {request.host} {request.remote_addr}"


@pytest.mark.sqlite_only
def test_a_form_that_sends_no_referer_is_taken_over_https(make: Make) -> None:
    app = make(TRILHA_TRUSTED_PROXIES="1", TRILHA_BASE_URL="https://localhost")
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    page = client.get("/login", base_url="https://localhost", headers=headers).text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    fields = {"csrf_token": token, "email": "nobody@example.test", "password": "wrong"}
    answer = client.post("/login", base_url="https://localhost", headers=headers, data=fields)
    assert answer.status_code == 422
    assert "do not fit together" in answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRILHA_TRUSTED_PROXIES", "-1"),
        ("TRILHA_TRUSTED_PROXIES", "all"),
        ("TRILHA_METRICS_TOKEN", "short"),
        ("TRILHA_METRICS_TOKEN", "a b" * 9),
    ],
)
def test_settings_that_cannot_be_are_named_and_a_token_is_not_repeated(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError) as refusal:
        load_settings({"TRILHA_INSTANCE": str(tmp_path), name: value}, root=ROOT)
    assert name in str(refusal.value)
    assert name == "TRILHA_TRUSTED_PROXIES" or value not in str(refusal.value)


@pytest.mark.sqlite_only
def test_figures_are_for_the_machine_itself_or_for_those_with_the_token(make: Make) -> None:
    def ask(app: Flask, address: str = "127.0.0.1", token: str = "") -> int:
        headers = {"Authorization": token} if token else {}
        return app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address}, headers=headers).status_code

    demo = make()
    assert [ask(demo), ask(demo, "::1"), ask(demo, "203.0.113.7"), ask(demo, "203.0.113.7", "Bearer ")] == [200, 200, 404, 404]
    assert ask(make(TRILHA_ENV="production")) == 404  # behind a proxy on the same machine everybody comes from there
    with_token = make(TRILHA_ENV="production", TRILHA_METRICS_TOKEN=TOKEN)
    assert ask(with_token, "203.0.113.7", f"Bearer {TOKEN}") == 200
    wrong = ["", "Bearer", "Bearer ", TOKEN, f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", "Bearer ümläut"]
    assert {ask(with_token, "127.0.0.1", token) for token in wrong} == {404}


def static_addresses(answer: TestResponse) -> list[str]:
    """The addresses of static files on a page."""
    return [part.split('"')[0] for part in answer.text.split('"/static/')[1:]]


@pytest.mark.sqlite_only
def test_every_file_a_page_names_may_be_kept_for_good(client: FlaskClient) -> None:
    found = static_addresses(client.get("/careers"))
    assert len(found) > 10
    for address in found:
        answer = client.get(f"/static/{address}")
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", address
        assert "Vary" not in answer.headers and "Set-Cookie" not in answer.headers


@pytest.mark.sqlite_only
@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000", "?v=../../wsgi"])
def test_under_another_address_a_file_is_kept_for_minutes_only(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/static/js/frame.js{query}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=600"


@pytest.mark.sqlite_only
def test_a_static_file_asks_the_database_nothing_and_leads_nowhere_else(client: FlaskClient, sign_in: Callable[..., object], app: Flask) -> None:
    from core.people.rights import Role
    from tests.factories import make_person

    sign_in(make_person("Renata Lopes", roles=(Role.RECRUITER,)))
    client.get("/static/js/frame.js")
    assert client.last_statements == 0  # type: ignore[attr-defined]
    for path in ("../wsgi.py", "..%2fwsgi.py", "%2e%2e/wsgi.py", "js/../../wsgi.py", "nothing.js"):
        answer = client.get(f"/static/{path}")
        assert answer.status_code == 404, path
        assert "max-age" not in answer.headers.get("Cache-Control", "")
