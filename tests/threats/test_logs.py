"""What never stands in a log, nor reaches a row: secrets, what people wrote, fields nobody asked for."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from sqlalchemy import text

from core.db import session
from tests.hiring.forms_of_pages import ApplyForm
from tests.situations import a_colleague, a_pdf, an_open_posting
from wsgi import ROOT

PACKAGES = ("core", "home", "hiring", "onboarding", "training")


@pytest.fixture
def log(app: Flask) -> Iterator[StringIO]:
    """Every line that is logged."""
    before, lines = structlog.get_config(), StringIO()
    structlog.configure(**{**before, "logger_factory": structlog.PrintLoggerFactory(lines)})
    yield lines
    structlog.configure(**before)


def test_no_log_repeats_passwords_tokens_names_or_what_a_resume_says(client: Any, log: StringIO, run_jobs: Callable[[], int], mailbox: Any) -> None:
    posting = an_open_posting()
    person = a_colleague("Renata Segredo")
    ApplyForm(client, posting.slug).send(name="Ana Canaria", cover_letter="canaryletter", resume=(BytesIO(a_pdf("canaryresume")), "canaryfile.pdf"))
    client.post("/login", data={"email": person.email, "password": "canarypassword"})
    client.post("/password/forgotten", data={"email": person.email})
    run_jobs()
    tokens = re.findall(r"/(?:my-application|password/new|invitation)/([\w-]{20,})", "\n".join(mail.text for mail in mailbox))
    assert tokens
    for token in tokens:
        for way in ("my-application", "password/new", "invitation", "my-offer"):
            client.get(f"/{way}/{token}")
            client.post(f"/{way}/{token}/withdraw")
    said = log.getvalue()
    assert '"event": "request"' in said
    found = [word for word in ("Ana Canaria", "canaryletter", "canaryresume", "canaryfile", "canarypassword", person.email, *tokens) if word in said]
    assert not found


@pytest.mark.sqlite_only
def test_in_production_a_failure_is_logged_by_kind_and_place_without_its_message(tmp_path: Path) -> None:
    program = """
import sys
from core.settings import load_settings
from pathlib import Path
from wsgi import ROOT, create_app
app = create_app(load_settings({"TRILHA_INSTANCE": sys.argv[1], "TRILHA_ENV": "production"}, root=ROOT))
@app.before_request
def fail():
    try:
        {}["canaryname"]
    except KeyError as error:
        raise ValueError("canarymessage") from error
answer = app.test_client().get("/healthz")
print(answer.status_code, "canary" in answer.text)
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["500", "False"]
    line = next(json.loads(line) for line in done.stderr.splitlines() if '"failed"' in line)
    assert line["exception"][-1] == "builtins.ValueError"
    assert "builtins.KeyError" in line["exception"]
    assert "canary" not in done.stderr


def test_a_database_error_does_not_repeat_the_values(app: Flask) -> None:
    with pytest.raises(Exception) as failure:
        session.execute(text("SELECT :value FROM no_such_table"), {"value": "canaryvalue"})
    session.rollback()
    assert "canaryvalue" not in str(failure.value)


@pytest.mark.sqlite_only
def test_a_failure_answers_with_a_page_of_ours_and_the_security_headers(app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("canarymessage")

    monkeypatch.setitem(app.view_functions, "health.alive", _declared(app.view_functions["health.alive"], fail))
    answer = client.get("/healthz")  # the client checks the headers of every answer
    assert answer.status_code == 500
    assert "canarymessage" not in answer.text and "Traceback" not in answer.text
    assert "It has been recorded" in answer.text


def _declared(view: Any, other: Callable[[], None]) -> Any:
    other.access = view.access  # type: ignore[attr-defined]
    return other


@pytest.mark.sqlite_only
def test_no_field_reaches_a_row_but_through_a_form_that_names_it() -> None:
    """What a request holds is read by forms, which list their fields; where it is read by itself, one field is named at a time."""
    wide = re.compile(
        r"populate_obj|\*\*request\.|request\.(form|args|values|json)\.(items|to_dict|lists)|setattr\([^)]*request|form\.data\.items|\*\*form\.data"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if wide.search(line)
    ]
    assert not found
