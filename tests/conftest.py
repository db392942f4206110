"""How tests run: each on SQLite and on PostgreSQL, inside a transaction that is rolled back, and every page fetched is checked."""

import contextvars
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.wrappers import Response
from sqlalchemy import event, select

from core.accounts.models import Account
from core.accounts.passwords import hash_password
from core.db import db, session
from core.people.models import Person
from core.settings import load_settings
from tests.databases import Database, begin_database, postgresql_server
from tests.pages import check_page
from wsgi import ROOT, create_app

PASSWORD = "trail-of-tests"
_HASH = hash_password(PASSWORD)
SEED = int(os.environ.setdefault("TRILHA_TEST_SEED", str(time.time_ns() % 100_000)))  # set here, so that every worker inherits it
_not_run: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql", "both"), default="both", help="which databases the tests run on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--database")
        kinds = ["sqlite", "postgresql"] if wanted == "both" else [wanted]
        if metafunc.definition.get_closest_marker("sqlite_only"):
            kinds = ["sqlite"]
        if "postgresql" in kinds and postgresql_server() is None:
            _not_run.append("PostgreSQL")
            kinds = ["sqlite"]
        metafunc.parametrize("database", kinds, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A random order, the same on every worker of a run, in which what is costly to set up stays together.

    Tests that share a served installation form a group for one worker and come first; then one database after the other, journeys first,
    so that no long test starts last.
    """
    Random(SEED).shuffle(items)
    items.sort(key=lambda item: (_group(item.nodeid) or "~", _database(item), _place(item)))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out tests one by one, but a group to one worker."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return _group(nodeid) or nodeid

    return ByGroup(config, log)


def _group(nodeid: str) -> str:
    """What tests share that takes long to set up: a demonstration, a served installation. Nothing for most."""
    path = nodeid.split("::")[0]
    if path.startswith("tests/journeys/") and not path.endswith(("test_walk.py", "test_required_training.py")):
        return "tests/journeys"
    return path if path in ("tests/home/test_demo.py", "tests/web/test_looks.py", "tests/mails/test_mails.py") else ""


def _database(item: pytest.Item) -> str:
    return str(getattr(getattr(item, "callspec", None), "params", {}).get("database", ""))


def _place(item: pytest.Item) -> int:
    return 0 if item.get_closest_marker("journey") or item.get_closest_marker("fault") else 1


def pytest_report_header() -> str:
    return f"random order: TRILHA_TEST_SEED={SEED}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _not_run:
        terminalreporter.write_sep(
            "!", "THE POSTGRESQL HALF OF THE TESTS WAS NOT RUN: no server found. Install the Debian package postgresql.", red=True
        )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if _not_run and os.environ.get("CI"):
        session.exitstatus = 1


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with all tables and no rows, for the whole run of one worker."""
    with begin_database(request.param, tmp_path_factory.mktemp(request.param)) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium. It ends with the file of tests, for what else runs in this process may need the event loop."""
    from tests.browser import chromium

    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def application(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on that database, one a session and database."""
    application = make_application(database.url, tmp_path_factory.mktemp("instance"))
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


def make_application(url: str, instance: Path, **environ: str) -> Flask:
    """An application for tests: CSRF and rate limits off, everything else as it is."""
    given = {"TRILHA_INSTANCE": str(instance), "TRILHA_ENV": "test", "TRILHA_DATABASE_URL": url, "TRILHA_BASE_URL": "http://localhost", **environ}
    application = create_app(load_settings(given, root=ROOT))
    application.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    application.testing = False  # errors are answered by our pages, as they are for people
    from core.web.limits import limiter

    limiter.enabled = False
    return application


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application, with its context pushed, inside a transaction that ends with the test."""
    with application.app_context():
        engines = db._app_engines[application]
        engine = engines[None]
        connection = engine.connect()
        outer = connection.begin()
        engines[None] = connection  # type: ignore[assignment]
        db.session.session_factory.configure(join_transaction_mode="create_savepoint")  # type: ignore[attr-defined]
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA reverse_unordered_selects=ON")
        yield application
        db.session.remove()
        engines[None] = engine
        outer.rollback()
        connection.close()


class CheckedClient(FlaskClient):
    """A client whose every page is checked, and whose requests see only what has been committed before them.

    `last_statements` is how many SQL statements the last request took.
    """

    last_statements = 0

    def open(self, *args: Any, **kwargs: Any) -> Any:
        session.commit()
        seen: list[Any] = []
        response = contextvars.Context().run(self._open, seen, *args, **kwargs)
        session.expire_all()
        if seen and self.last_method(args, kwargs) in ("GET", "HEAD"):
            raise AssertionError(f"a GET wrote: {seen}")
        check_page(response)
        return response

    def _open(self, seen: list[Any], *args: Any, **kwargs: Any) -> Response:
        self.last_statements = 0

        def count(connection: Any, cursor: Any, statement: str, *ignored: Any) -> None:
            self.last_statements += not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN"))

        def watch(current: Any, *ignored: Any) -> None:
            seen.extend([*current.new, *current.dirty, *current.deleted])

        bind = db._app_engines[self.application][None]
        event.listen(session, "before_flush", watch)
        event.listen(bind, "before_cursor_execute", count)
        try:
            return super().open(*args, **kwargs)  # type: ignore[return-value]
        finally:
            event.remove(session, "before_flush", watch)
            event.remove(bind, "before_cursor_execute", count)

    @staticmethod
    def last_method(args: Any, kwargs: Any) -> str:
        return str(kwargs.get("method") or getattr(args[0] if args else None, "method", "GET"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    app.test_client_class = CheckedClient
    return app.test_client()


@pytest.fixture
def client_with_csrf(app: Flask) -> Iterator[FlaskClient]:
    """A stranger's browser on an application that asks for CSRF tokens."""
    app.test_client_class = CheckedClient
    app.config["WTF_CSRF_ENABLED"] = True
    yield app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def sign_in(client: FlaskClient) -> Callable[[Person], Person]:
    """Sign a person in at the client, opening an account where there is none."""

    def act(person: Person) -> Person:
        account = session.scalars(select(Account).where(Account.person_id == person.id)).one_or_none()
        if account is None:
            account = Account(person_id=person.id, email=person.email.casefold(), password_hash=_HASH)
            session.add(account)
            session.flush()
        elif account.password_hash is None:
            account.password_hash = _HASH
            session.flush()
        key = account.get_id()
        with client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = key
            cookie["_fresh"] = True
        return person

    return act


@pytest.fixture
def sign_out(client: FlaskClient) -> Callable[[], None]:
    """Make the client a stranger again."""

    def act() -> None:
        with client.session_transaction() as cookie:
            cookie.clear()

    return act


@pytest.fixture
def run_jobs(app: Flask) -> Callable[[], int]:
    """Carry out every job that is due, in this process."""
    from core.jobs.running import run_due

    def act() -> int:
        session.commit()
        count = run_due()
        session.expire_all()
        return count

    return act


class Mailbox:
    """The outgoing mails, oldest first."""

    @property
    def mails(self) -> list[Any]:
        from core.mail.models import OutgoingMail

        return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))

    def to(self, person: Person) -> list[Any]:
        """Those to one person."""
        return [mail for mail in self.mails if mail.person_id == person.id]

    def __len__(self) -> int:
        return len(self.mails)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.mails)

    def __getitem__(self, index: int) -> Any:
        return self.mails[index]


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    """What has been written to the outbox."""
    return Mailbox()


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
