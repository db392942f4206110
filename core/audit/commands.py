"""`flask audit …`: check the trail, or write it out."""

import json
import sys

import click
from flask.cli import AppGroup
from sqlalchemy import select

from core.audit.models import AuditEvent
from core.audit.record import fields_of
from core.audit.verify import verify_trail
from core.db import session

audit = AppGroup("audit", help="The audit trail.")


@audit.command("verify")
def verify() -> None:
    """Confirm that no event was altered, removed or slipped in; exit 1 and name the first bad one otherwise."""
    verdict = verify_trail()
    if not verdict.stands:
        click.echo(f"The audit trail does not stand: {verdict.problem}.")
        sys.exit(1)
    click.echo(f"The audit trail stands: {verdict.events} events, ending in {verdict.head}.")


@audit.command("export")
def export() -> None:
    """Write every event as one line of JSON, with its hash, to standard output."""
    for row in session.scalars(select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=1000)):
        line = {**fields_of(row), "at": row.at.isoformat(timespec="microseconds"), "previous_hash": row.previous_hash, "hash": row.hash}
        click.echo(json.dumps(line, sort_keys=True, ensure_ascii=False))
