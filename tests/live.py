"""A whole installation in processes of its own: web server, worker, instance folder, database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine

from core.settings import load_settings
from tests.databases import build_schema
from wsgi import ROOT, create_app

READY_SECONDS = 30


@dataclass(frozen=True)
class LiveServer:
    """Where it answers, and an application on the same database for what a test wants to prepare or look up."""

    url: str
    app: Flask
    instance: Path


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_installation(instance: Path, *, demo: bool = False, worker: bool = True) -> Iterator[LiveServer]:
    """Build the tables in `instance`, load the demonstration if wanted, serve until the block ends."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    given = {"TRILHA_INSTANCE": str(instance), "TRILHA_BASE_URL": url, "TRILHA_ENV": "demo"}
    app = create_app(load_settings(given, root=ROOT))
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    build_schema(engine)
    engine.dispose()
    environ = {**{key: value for key, value in os.environ.items() if not key.startswith("TRILHA_")}, **given}
    programs = Path(sys.executable).parent
    if demo:
        subprocess.run([programs / "flask", "--app", "wsgi", "demo", "load"], cwd=ROOT, env=environ, check=True, capture_output=True)
    serve = [programs / "gunicorn", "wsgi:create_app()", "--worker-class", "gthread", "--threads", "4"]
    serve += ["--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    commands = [serve, [programs / "flask", "--app", "wsgi", "worker", "--workers", "1"]][: 2 if worker else 1]
    with (instance / "log").open("wb") as log:
        processes = [subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True) for command in commands]
        try:
            wait_until_ready(url, processes[0], instance / "log")
            yield LiveServer(url, app, instance)
        finally:
            for process in processes:
                _end(process)
            with app.app_context():
                app.extensions["sqlalchemy"].engine.dispose()


def wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait for the web server to answer. Raises AssertionError with the end of its log when it does not."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
