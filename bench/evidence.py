"""`python -m bench.evidence`: how long an evidence pack about everybody takes a worker of its own, and how much memory."""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from bench.installation import installation
from core.accounts.models import Account
from core.clock import today
from core.db import session, transaction
from core.documents.models import IssuedDocument
from core.files.models import StoredFile
from core.jobs.running import run_due
from core.people.queries import get_person_by_key
from core.settings import load_settings
from tests.databases import postgresql_server
from training.evidence.actions import ask_for_pack
from training.evidence.models import EvidencePack
from training.evidence.wanted import EvidenceFilter
from wsgi import ROOT, create_app

MOST_SECONDS, MOST_MEGABYTES = 90, 600


def main() -> int:
    """Measure on each database, print a sentence for each. Returns 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.evidence", description=__doc__)
    parser.add_argument("--trained", type=int, default=10_000, help="how many people with five years of training")
    parser.add_argument("--database", type=lambda text: text.split(","), default=["sqlite", "postgresql"])
    parser.add_argument("--work", action="store_true", help="be the worker of the installation that TRILHA_… names, and say what it took")
    wanted = parser.parse_args()
    if wanted.work:
        print(json.dumps(_work()))
        return 0
    late = False
    for kind in wanted.database:
        if kind == "postgresql" and postgresql_server() is None:
            print("PostgreSQL IS NOT INSTALLED: its half of the figures was not measured.", file=sys.stderr)
            continue
        with installation(kind, people=0, trained=wanted.trained) as app:
            took = _measured(app)
        late = late or took["seconds"] > MOST_SECONDS or took["megabytes"] > MOST_MEGABYTES
        print(_sentence(kind, took), flush=True)
    return 1 if late else 0


def _measured(app: Flask) -> dict[str, Any]:
    with app.test_request_context(), transaction():
        key = session.scalars(select(Account.person_id).where(Account.email == "compliance@demo.trilha.test")).one()
        day = today("UTC")
        days = {"since": day - timedelta(days=365), "until": day, "known_on": None, "today": day}
        pack = ask_for_pack(EvidenceFilter(), **days, named={}, language="en", by=get_person_by_key(key))
        asked = pack.id
    settings = app.extensions["settings"]
    environ = {**os.environ, "TRILHA_INSTANCE": str(settings.instance), "TRILHA_ENV": "demo", "TRILHA_DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "bench.evidence", "--work"]
    done = subprocess.run(command, env=environ, cwd=ROOT, check=True, capture_output=True, text=True)
    took: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    with app.test_request_context():
        found = session.get_one(EvidencePack, asked)
        document = session.get_one(IssuedDocument, found.document_id)
        size = session.get_one(StoredFile, document.file_id).size
        return {**took, "people": found.done, "requirements": found.requirements, "size": size / 1e6}


def _work() -> dict[str, float]:
    app = create_app(load_settings({**os.environ}, root=ROOT))
    with app.app_context():
        began, used = time.perf_counter(), time.process_time()
        run_due()
        seconds, own = time.perf_counter() - began, time.process_time() - used
    return {"seconds": seconds, "own": own, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _sentence(kind: str, took: dict[str, Any]) -> str:
    about = f"{took['people']:,} people, {took['requirements']:,} requirements"
    memory = f"{took['megabytes']:.0f} MB of memory (at most {MOST_MEGABYTES} wanted)"
    spent = f"{took['seconds']:.0f} s, {took['own']:.0f} of them processor time (at most {MOST_SECONDS} s wanted)"
    return f"An evidence pack of {about} on {kind}: {spent}, {memory}, a file of {took['size']:.1f} MB."


if __name__ == "__main__":
    sys.exit(main())
