"""Structured logs: one JSON line an event, with the request's id, and no token, address or text of a person in it."""

import logging
import sys
import time
import uuid

import structlog
from flask import Flask, g, request
from flask.wrappers import Response
from sqlalchemy import inspect
from structlog.contextvars import bind_contextvars, clear_contextvars


def configure_logging(*, plain: bool) -> None:
    """Send every log line to standard error, as JSON or, for people, in columns."""
    renderer = structlog.dev.ConsoleRenderer(colors=False) if plain else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


def log_requests(app: Flask) -> None:
    """Give each request an id, and write one line when it is answered. The route's pattern is logged, never its values."""
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        clear_contextvars()
        g.request_id = uuid.uuid4().hex
        g.began = time.perf_counter()
        bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if request.endpoint not in ("static", "health.alive"):
            rule = request.url_rule.rule if request.url_rule else "(no route)"
            took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
            known = None if g.get("person") is None else inspect(g.person).identity  # not its id: the transaction is over, reading it would ask again
            log.info("request", method=request.method, route=rule, status=response.status_code, milliseconds=took, person=known and known[0])
        return response
