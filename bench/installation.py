"""A fresh installation with the demonstration in it, and as many people and applications as wanted."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from bench import floor
from bench.history import add_history
from core.clock import today
from core.db import db, transaction
from core.jobs.running import run_due
from core.operations.statistics import refresh_statistics
from core.settings import load_settings
from hiring.search.actions import index_all
from home.demo.bulk import add_applications, add_onboardings, add_people
from home.demo.loading import load
from tests.databases import begin_database
from wsgi import ROOT, create_app

SEED = 2026
SESSIONS_EACH = 10
RULES = 25
_silence = io.TextIOWrapper(io.FileIO(os.devnull, "w"))


@contextmanager
def installation(kind: str, *, people: int, applications: int = 0, onboardings: int = 0, trained: int = 0) -> Iterator[Flask]:
    """An application as `make run` serves it, on a database of its own, filled by the functions of `demo load`."""
    with TemporaryDirectory(prefix="trilha-bench-") as folder, begin_database(kind, Path(folder)) as database:
        given = {"TRILHA_INSTANCE": folder, "TRILHA_ENV": "demo", "TRILHA_DATABASE_URL": database.url, "TRILHA_BASE_URL": "http://localhost"}
        with redirect_stderr(_silence):  # a line is logged for each request, and costs what it costs, but is not shown
            app = create_app(load_settings(given, root=ROOT))
        app.register_blueprint(floor.bp)
        with app.app_context():
            fill(people=people, applications=applications, onboardings=onboardings, trained=trained)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def fill(*, people: int, applications: int, onboardings: int, trained: int = 0) -> None:
    """What `flask demo load` does, and then the worker; for `trained` people with five years of required training."""
    with transaction():
        world = load(day=today("America/Sao_Paulo"), seed=SEED)
    if trained:
        run_due()  # or the jobs of the demonstration's rules would each go through everybody
    with transaction():
        if trained:
            add_history(world, people=trained, rules=RULES)
        add_people(world, until=people)
        add_applications(world, until=applications)
        if onboardings:
            add_onboardings(world, until=onboardings, sessions=SESSIONS_EACH * onboardings)
    run_due()
    index_all()
    with transaction():
        refresh_statistics()  # as the worker does every day
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")  # as autovacuum does within a minute
