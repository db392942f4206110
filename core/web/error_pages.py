"""Pages for what went wrong: a sentence, what to do, and the request's id; never a stack trace."""

import structlog
from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from core.db import UnreachableError
from core.errors import Refusal
from core.web.i18n import _
from core.web.uploads import drain_body

log = structlog.get_logger()


def _sentences() -> dict[int, tuple[str, str]]:
    return {
        400: (_("That request could not be read"), _("Go back, reload the page and try again. What you typed is still in your browser.")),
        401: (_("Please sign in"), _("This needs an account. Sign in and try again.")),
        403: (_("You may not do that"), _("Your account does not have the right for this. Ask an administrator if you think it should.")),
        404: (_("There is nothing here"), _("The address may be wrong, or the thing is not yours to see.")),
        405: (_("That cannot be done here"), _("Go back and use the buttons on the page.")),
        409: (_("Somebody else was quicker"), _("It changed in the meantime. Reload the page to see where it stands.")),
        410: (_("No longer available"), _("This was here once and has been closed.")),
        413: (_("Too large"), _("More was sent than is accepted. A file may have up to 10 MB.")),
        422: (_("Something needs correcting"), _("Go back and check what you entered.")),
        429: (_("Too many tries"), _("Wait a minute, then try again.")),
        500: (_("Something went wrong on our side"), _("It has been recorded, and nothing was half done. Try again in a moment.")),
        503: (_("Not ready"), _("The service is starting or a part of it is down. Try again in a moment.")),
    }


def error_page(status: int, sentence: str = "") -> ResponseReturnValue:
    """The page for a status; `sentence` replaces the general advice."""
    sentences = _sentences()
    title, advice = sentences.get(status, sentences[500 if status >= 500 else 400])
    if request.path.startswith("/api/"):
        return {"error": {"status": status, "title": title, "detail": sentence or advice, "request_id": g.get("request_id", "")}}, status
    return render_template("errors/error.html", status=status, title=title, sentence=sentence or advice), status


def start_error_pages(app: Flask) -> None:
    """Answer every refusal and failure with a page of ours."""

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> ResponseReturnValue:
        log.warning("refused", status=error.status, endpoint=request.endpoint, person=g.person.id if g.get("person") else None)
        return error_page(error.status, str(error.sentence))

    @app.errorhandler(StaleDataError)
    def stale(error: StaleDataError) -> ResponseReturnValue:
        return error_page(409)

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> ResponseReturnValue:
        return error_page(400, _("This page was open for too long, or was sent from elsewhere. Reload it and send it again."))

    @app.errorhandler(SecurityError)
    def foreign(error: SecurityError) -> ResponseReturnValue:
        # a Host that is not ours: no address of ours can be built, so this page has no links
        return _("This server does not answer under that name.") + "\n", 400, {"Content-Type": "text/plain; charset=utf-8"}

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        answer = make_response(error_page(error.code or 500))
        if error.code == 405:
            answer.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
        if error.code == 413:
            drain_body()
        if error.code == 429:
            answer.headers["Retry-After"] = "60"
        return answer

    @app.errorhandler(UnreachableError)
    def unreachable(error: UnreachableError) -> ResponseReturnValue:
        log.error("database does not answer", endpoint=request.endpoint, detail=error.message)
        return error_page(503)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        log.error("failed", endpoint=request.endpoint, exc_info=error)
        return error_page(500)
