"""The letter as it would be, while its terms are being typed."""

from base64 import b64encode
from uuid import UUID

from flask import Blueprint, g, make_response, request
from flask.typing import ResponseReturnValue

from core.errors import Refusal
from core.files.pictures import page_picture
from core.people.rights import Right
from core.web.access import access
from core.web.limits import limiter
from core.web.pages import page
from hiring.applications.models import Application
from hiring.applications.queries import get_application
from hiring.blind.reading import insist_on_known_name
from hiring.offers.actions import insist_on_sound
from hiring.offers.forms import OfferForm
from hiring.offers.sending import letter_of
from hiring.offers.views import prepared, typed_terms

bp = Blueprint("offer_preview", __name__)
WIDTH, MOST_PAGES = 900, 3


@bp.post("/applications/<uuid:application_id>/offers/preview")
@access(Right.WRITE_OFFERS)
@limiter.limit("60 per minute")
def show(application_id: UUID) -> ResponseReturnValue:
    """The pages of the letter with the terms that are typed, as pictures beside the form or as the PDF itself; nothing is kept."""
    application = get_application(application_id, viewer=g.person)
    insist_on_known_name(application)
    form = prepared(OfferForm(), application)
    content, sentences = _letter(form, application)
    if content is not None and "HX-Request" not in request.headers:
        answer = make_response(content)
        answer.headers.update(
            {"Content-Type": "application/pdf", "Content-Disposition": "inline; filename=preview.pdf", "Content-Security-Policy": "sandbox"}
        )
        return answer
    pictures = [] if content is None else _pictures(content)
    template = "hiring/offers/preview.html" if "HX-Request" in request.headers else "hiring/offers/preview_page.html"
    return page(template, pictures=pictures, sentences=sentences, application=application)


def _letter(form: OfferForm, application: Application) -> tuple[bytes | None, list[str]]:
    """The letter's PDF, or what stands against it."""
    if not form.validate():
        return None, [f"{form[name].label.text}: {errors[0]}" for name, errors in form.errors.items() if name and errors]
    try:
        terms = typed_terms(form, application)
        insist_on_sound(terms, by=g.person)
        return letter_of(terms, application), []
    except Refusal as refusal:
        return None, [str(refusal.sentence)]


def _pictures(content: bytes) -> list[str]:
    found = []
    for number in range(1, MOST_PAGES + 1):
        picture = page_picture(content, number, WIDTH)
        if picture is None:
            break
        found.append("data:image/png;base64," + b64encode(picture).decode())
    return found
