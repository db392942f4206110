"""For machines that watch: alive, ready, and figures."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from core.clock import now
from core.health.checks import findings
from core.jobs.queries import queue_standing
from core.web.access import public_page

bp = Blueprint("health", __name__)


@bp.route("/healthz")
@public_page
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"alive": True}


@bp.route("/readyz")
@public_page
def ready() -> ResponseReturnValue:
    """The database, its schema, the queue and the storage answer; 503 names what does not."""
    found = list(findings())
    works = all(each.works for each in found)
    return {"ready": works, "parts": {each.part: each.works for each in found}}, 200 if works else 503


@bp.route("/metrics")
@public_page
def metrics() -> ResponseReturnValue:
    """Figures for Prometheus: numbers only, about nobody."""
    registry = CollectorRegistry()
    standing = queue_standing()
    jobs = Gauge("trilha_jobs", "Background jobs that are not done, by state", ["state"], registry=registry)
    for state in ("waiting", "running", "parked"):
        jobs.labels(state=state).set(getattr(standing, state))
    late = 0.0 if standing.oldest_due_at is None else max(0.0, (now() - standing.oldest_due_at).total_seconds())
    Gauge("trilha_jobs_oldest_due_seconds", "How long the job that waits longest has been due", registry=registry).set(late)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
