"""For machines that watch: alive, ready, and figures."""

from hmac import compare_digest
from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from core.clock import now
from core.health.checks import findings
from core.jobs.queries import queue_standing
from core.settings import Settings
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
    """Figures for Prometheus: numbers only, about nobody. For those without the token it is not there."""
    if not _may_read_figures():
        abort(404)
    registry = CollectorRegistry()
    standing = queue_standing()
    jobs = Gauge("trilha_jobs", "Background jobs that are not done, by state", ["state"], registry=registry)
    for state in ("waiting", "running", "parked"):
        jobs.labels(state=state).set(getattr(standing, state))
    late = 0.0 if standing.oldest_due_at is None else max(0.0, (now() - standing.oldest_due_at).total_seconds())
    Gauge("trilha_jobs_oldest_due_seconds", "How long the job that waits longest has been due", registry=registry).set(late)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read_figures() -> bool:
    """With a token set, whoever sends it; without one, whoever sits at the machine of an installation that is not in production.

    In production an address proves nothing: behind a proxy on the same machine everybody comes from there.
    """
    settings: Settings = current_app.extensions["settings"]
    if settings.metrics_token is not None:
        sent = request.headers.get("Authorization", "").encode()
        return compare_digest(sent, f"Bearer {settings.metrics_token}".encode())
    return settings.environment != "production" and ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - no address, no figures
