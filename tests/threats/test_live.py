"""The web server as the Procfile starts it: two processes, one count of tries, large uploads, a wrong database."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from core.settings import load_settings
from tests.databases import build_schema
from tests.live import free_port
from tests.situations import an_open_posting
from wsgi import ROOT, create_app

pytestmark = [pytest.mark.fault, pytest.mark.sqlite_only]


def web_line() -> str:
    """The Procfile's line for the web server, with the programs of this environment."""
    line = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web: "))
    return line.removeprefix("web: ").replace(".venv/bin", shlex.quote(str(Path(sys.executable).parent)))


def environment(instance: Path, **given: str) -> dict[str, str]:
    """The process's environment without settings of ours, and these."""
    return {**{key: value for key, value in os.environ.items() if not key.startswith("TRILHA_")}, "TRILHA_INSTANCE": str(instance), **given}


@contextmanager
def started(command: list[str] | str, port: int, environ: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a session of its own, ended with the block."""
    with log.open("wb") as output:
        arguments = command if isinstance(command, list) else ["bash", "-c", command]
        process = subprocess.Popen(arguments, cwd=ROOT, env=environ, stdout=output, stderr=output, start_new_session=True)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def slug(tmp_path: Path) -> str:
    """A database with one open posting."""
    app = create_app(load_settings({"TRILHA_INSTANCE": str(tmp_path)}, root=ROOT))
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    build_schema(engine)
    engine.dispose()
    from core.db import db, session

    with app.app_context():
        found = an_open_posting().slug
        session.commit()
        db.session.remove()
        db.engine.dispose()
    return str(found)


def status_of(url: str) -> int:
    """What an address answers."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def send_resume(port: int, slug: str, megabytes: int) -> str:
    """Send a form with a résumé of so many megabytes as a browser does, all of it before reading; returns the whole answer."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/careers/{slug}/apply", timeout=20) as page:
        html, cookie = page.read().decode(), page.headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
    assert token
    fields = {"csrf_token": token[1], "name": "Ana Souza Viva", "email": "ana@example.test", "consent": "y"}
    body = b"".join(f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items())
    body += (
        b'--X\r\nContent-Disposition: form-data; name="resume"; filename="cv.pdf"\r\n\r\n%PDF-1.4' + b"0" * megabytes * 1_000_000 + b"\r\n--X--\r\n"
    )
    head = f"POST /careers/{slug}/apply HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nConnection: close\r\n"
    head += f"Content-Type: multipart/form-data; boundary=X\r\nContent-Length: {len(body)}\r\n\r\n"
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(head.encode() + body)
        while part := connection.recv(65536):
            answer += part
    return answer.decode()


def test_two_processes_count_tries_together_in_redis_and_each_for_itself_when_it_is_gone(tmp_path: Path, slug: str) -> None:
    port, redis_port = free_port(), free_port()
    redis = ["redis-server", "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    environ = environment(
        tmp_path,
        TRILHA_PORT=str(port),
        TRILHA_BASE_URL=f"http://127.0.0.1:{port}",
        TRILHA_REDIS_URL=f"redis://127.0.0.1:{redis_port}/0",
        WEB_CONCURRENCY="2",
    )
    address = f"http://127.0.0.1:{port}/password/new/no-such-link"
    with started(redis, redis_port, environ, tmp_path / "redis.log") as server, started(web_line(), port, environ, tmp_path / "web.log"):
        statuses = [status_of(address) for _again in range(25)]
        assert statuses.count(429) == 5, statuses
        server.send_signal(signal.SIGTERM)
        server.wait(10)
        statuses = [status_of(address) for _again in range(60)]
        assert 500 not in statuses and 429 in statuses, (tmp_path / "web.log").read_text()[-3000:]


def test_one_process_counts_exactly_and_takes_large_bodies_for_an_answer(tmp_path: Path, slug: str) -> None:
    port = free_port()
    environ = environment(tmp_path, TRILHA_PORT=str(port), TRILHA_BASE_URL=f"http://127.0.0.1:{port}", WEB_CONCURRENCY="1")
    with started(web_line(), port, environ, tmp_path / "web.log"):
        refused = send_resume(port, slug, 30)
        assert refused.startswith("HTTP/1.1 422 ")
        assert "up to 10 MB are accepted" in refused and 'value="Ana Souza Viva"' in refused
        too_much = send_resume(port, slug, 90)
        assert too_much.startswith("HTTP/1.1 413 ")
        assert "A file may have up to 10 MB." in too_much
        statuses = [status_of(f"http://127.0.0.1:{port}/password/new/no-such-link") for _again in range(25)]
        assert statuses.count(429) == 5, statuses
    log = (tmp_path / "web.log").read_text()
    assert "Traceback" not in log and "no-such-link" not in log and "Ana Souza" not in log


@pytest.mark.parametrize("url", ["mysql://user:hunter2@host/name", "postgresql://nobody:hunter2@127.0.0.1:1/none", "sqlite:////no/such/folder/x.db"])
@pytest.mark.parametrize("command", ["", "doctor", "audit verify", "db upgrade", "worker", "demo load"])
def test_a_wrong_database_is_one_sentence_wherever_one_starts(tmp_path: Path, url: str, command: str) -> None:
    line = f"{shlex.quote(str(Path(sys.executable).parent))}/flask --app wsgi {command}" if command else web_line()
    environ = environment(tmp_path, TRILHA_PORT=str(free_port()), TRILHA_DATABASE_URL=url)
    done = subprocess.run(line, shell=True, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "TRILHA_DATABASE_URL" in said
    assert "Traceback" not in said and "hunter2" not in said
    assert command == "doctor" or len([line for line in said.splitlines() if line.strip()]) == 1, said
