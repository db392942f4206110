"""Files that answer questions, and the list of those a rule has declined."""

from datetime import date
from uuid import UUID

from babel.numbers import format_decimal
from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from core.files.sending import send_stored_file
from core.people.rights import Right
from core.web.access import access
from core.web.dates import day_text
from core.web.i18n import locale_name
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.applications.consents import text_agreed_to
from hiring.applications.queries import get_answer_file, get_application, knocked_out_applications
from hiring.blind.reading import insist_on_known_name, readable

bp = Blueprint("applications", __name__)


@bp.get("/applications/<uuid:application_id>/answers/<uuid:answer_id>/file")
@access(Right.SEE_APPLICATIONS)
def answer_file(application_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """A file a candidate answered a question with."""
    application = get_application(application_id, viewer=g.person)
    insist_on_known_name(application)
    return send_stored_file(get_answer_file(application, answer_id), inline=request.args.get("inline") == "1")


@bp.get("/applications/<uuid:application_id>/consent")
@access(Right.SEE_APPLICATIONS)
def consent(application_id: UUID) -> ResponseReturnValue:
    """What the candidate agreed to, word by word."""
    application = get_application(application_id, viewer=g.person)
    agreed = text_agreed_to(application.consent_sha256, version=application.consent_version)
    return page("hiring/applications/consent.html", application=application, agreed=agreed)


@bp.app_template_filter("written_day")
def written_day(text: str) -> str:
    """A day that was kept as text, in the reader's words; anything else as it is."""
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text


@bp.app_template_filter("written_number")
def written_number(text: str) -> str:
    """A number that was kept as text, with the reader's marks; anything else as it is."""
    try:
        return format_decimal(text, locale=locale_name())
    except ArithmeticError:
        return text


@bp.get("/applications/knocked-out")
@access(Right.DECIDE_APPLICATIONS)
def knocked_out() -> ResponseReturnValue:
    """Who was declined by the rule on knock-out answers and has not been told yet."""
    return page("hiring/applications/knocked_out.html", applications=knocked_out_applications(g.person, number=wanted_page()), readable=readable)
