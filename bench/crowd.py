"""Many candidates at once: a thousand applications from twenty clients, over HTTP, to the web server as `make run` starts it."""

import http.cookiejar
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from flask import Flask, url_for
from sqlalchemy import func, select

from bench.pages import biggest_posting, filled
from core.db import db, session
from core.files.models import PDF, StoredFile
from core.files.store import read_content
from core.settings import Settings
from hiring.applications.models import Application
from tests.live import free_port, wait_until_ready
from wsgi import ROOT

CLIENTS, EACH = 20, 50
TWICE = 10  # every tenth form is sent twice, as by somebody who presses again
ADDRESSES = "crowd%@candidates.demo.trilha.test"


@dataclass(frozen=True)
class Crowd:
    """What came of it on one database: how many were sent and stored, how many stand there twice, and how long it took."""

    database: str
    applications: int
    sent: int
    stored: int
    twice: int
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Whether each was stored, and none twice."""
        return self.stored == self.sent and not self.twice


def said(measured: Sequence[Crowd]) -> list[str]:
    """A sentence for each."""
    return [
        f"{one.sent:,} applications with a résumé each from {CLIENTS} clients at once, every tenth sent twice, on {one.database} with "
        f"{one.applications:,} there: {one.stored:,} stored, {one.twice} of them twice, in {one.seconds:.0f} s."
        for one in measured
    ]


def lost(measured: Sequence[Crowd]) -> list[str]:
    """A sentence for each of which something was lost or doubled."""
    return [f"A crowd on {one.database}: {one.stored} of {one.sent} stored, {one.twice} twice." for one in measured if not one.is_whole]


def measure_crowd(app: Flask, *, database: str, applications: int) -> Crowd:
    """Send them all and count what is there afterwards."""
    settings: Settings = app.extensions["settings"]
    with app.test_request_context():
        form = url_for("applying.apply", slug=biggest_posting().slug)
        resume = read_content(session.scalars(select(StoredFile).where(StoredFile.content_type == PDF).order_by(StoredFile.id).limit(1)).one())
    with _serving(settings) as url, ThreadPoolExecutor(CLIENTS) as clients:
        began = time.perf_counter()
        for each in [clients.submit(_one_client, f"{url}{form}", number, resume) for number in range(CLIENTS)]:
            each.result()
        took = time.perf_counter() - began
    with app.app_context():
        counted = select(func.count()).where(Application.email.like(ADDRESSES)).group_by(Application.email)
        counts = session.scalars(counted).all()
        db.session.remove()
    return Crowd(database, applications, CLIENTS * EACH, len(counts), sum(count > 1 for count in counts), took)


@contextmanager
def _serving(settings: Settings) -> Iterator[str]:
    """The web server on the same database and files, behind one proxy, for each candidate comes from an address of their own."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environ = {key: value for key, value in os.environ.items() if not key.startswith("TRILHA_")}
    environ |= {
        "TRILHA_INSTANCE": str(settings.instance),
        "TRILHA_DATABASE_URL": settings.database_url,
        "TRILHA_ENV": "demo",
        "TRILHA_BASE_URL": url,
        "TRILHA_TRUSTED_PROXIES": "1",
    }
    serve = [Path(sys.executable).parent / "gunicorn", "wsgi:serve()", "--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    serve += ["--no-control-socket", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    with (settings.instance / "crowd.log").open("wb") as log:
        process = subprocess.Popen(serve, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_until_ready(url, process, settings.instance / "crowd.log")
            yield url
        finally:
            process.terminate()
            process.wait(60)


def _one_client(form: str, number: int, resume: bytes) -> None:
    """Apply as one candidate after another, each with a visit of their own. Raises RuntimeError when something else than thanks is answered."""
    for turn in range(EACH):
        who = number * EACH + turn
        visit = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        visit.addheaders = [("X-Forwarded-For", f"10.{who >> 8}.{who & 255}.1")]
        fields = filled(visit.open(form, timeout=60).read().decode(), who) | {"email": ADDRESSES.replace("%", f"{who}-{uuid4().hex[:6]}", 1)}
        body, kind = _multipart(fields, resume + b"\n%" + str(who).encode())
        for _time in range(2 if who % TWICE == 0 else 1):
            with visit.open(urllib.request.Request(form, body, {"Content-Type": kind}), timeout=60) as answer:
                if not answer.url.endswith("/thanks"):
                    raise RuntimeError(f"applying was answered with {answer.status} by {answer.url}")


def _multipart(fields: dict[str, str], resume: bytes) -> tuple[bytes, str]:
    border = uuid4().hex
    parts = [f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    head = f'--{border}\r\nContent-Disposition: form-data; name="resume"; filename="resume.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    return b"".join([*parts, head.encode(), resume, f"\r\n--{border}--\r\n".encode()]), f"multipart/form-data; boundary={border}"
