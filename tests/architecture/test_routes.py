"""Who gets in where: a reviewed table of every route and role. A route without a row fails, and so does a row without a route."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.people.models import Person
from core.people.rights import Role
from core.web.access import declared_access
from tests.factories import make_company, make_person

TABLE = Path(__file__).with_name("routes.txt")
MISSING = UUID(int=7)
SLOW = {"audit_trail.check"}


def _address(rule: str) -> str:
    address = re.sub(r"<uuid:[^>]+>", str(MISSING), rule)
    address = re.sub(r"<any\(([^,)]+)[^)]*\):[^>]+>", r"\1", address)
    address = re.sub(r"<int:[^>]+>", "7", address)
    return re.sub(r"<[^>]+>", "missing", address)


def _rows(app: Flask) -> list[tuple[str, str, str]]:
    rows = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and not rule.endpoint.endswith(".static"):
            for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "DELETE", "PATCH"}):
                rows.append((method, rule.rule, rule.endpoint))
    return sorted(rows, key=lambda row: (row[1], row[0]))


@pytest.mark.sqlite_only
def test_every_route_declares_who_may_come_in(app: Flask) -> None:
    silent = [endpoint for _method, _rule, endpoint in _rows(app) if declared_access(app, endpoint) is None]
    assert not silent


@pytest.mark.sqlite_only
def test_addresses_are_kebab_case(app: Flask) -> None:
    for _method, rule, _endpoint in _rows(app):
        plain = re.sub(r"<[^>]+>", "x", rule)
        assert re.fullmatch(r"/[a-z0-9./-]*", plain), rule


@pytest.mark.sqlite_only
def test_each_role_gets_what_the_table_says(
    app: Flask, client: FlaskClient, sign_in: Callable[[Person], Person], sign_out: Callable[[], None]
) -> None:
    """Ids in the addresses belong to nothing: 404 then says that the door was open and the thing is not there."""
    make_company()
    rows = _rows(app)
    found = {row: [_ask(client, row)] for row in rows}
    for role in Role:
        person = make_person(f"Person in the role {role}", roles=(role,))
        for row in rows:
            sign_in(person)
            found[row].append(_ask(client, row))
    sign_out()
    lines = ["# method rule | stranger " + " ".join(role.value for role in Role)]
    lines += [f"{method} {rule} | {' '.join(map(str, statuses))}" for (method, rule, _endpoint), statuses in found.items()]
    text = "\n".join(lines) + "\n"
    if os.environ.get("TRILHA_WRITE_ROUTES"):
        TABLE.write_text(text)
    assert TABLE.exists(), text
    assert text.splitlines() == TABLE.read_text().splitlines()


def _ask(client: FlaskClient, row: tuple[str, str, str]) -> int:
    method, rule, _endpoint = row
    return client.open(_address(rule), method=method).status_code
