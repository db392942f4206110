"""Structured logs: one JSON line an event, with the request's id, and no token, address or text of a person in it."""

import logging
import sys
import time
import traceback
import uuid
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, g, request
from flask.wrappers import Response
from sqlalchemy import inspect
from structlog.contextvars import bind_contextvars, clear_contextvars


def configure_logging(environment: str) -> None:
    """Send every log line to standard error: in columns for the people who try a demonstration, else as JSON.

    In production an exception is logged by its kind and place alone, for its message may hold what people wrote.
    """
    renderer = structlog.dev.ConsoleRenderer(colors=False) if environment == "demo" else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_message if environment == "production" else structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


def _without_message(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        event["exception"] = [line for each in _chain(error) for line in (*_places(each), f"{type(each).__module__}.{type(each).__qualname__}")]
    return event


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what led to it, the first first."""
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return found[::-1]


def _places(error: BaseException) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


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
