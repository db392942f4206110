"""The survey's page, opened by a link from the mail that confirms an application."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from core.accounts.links import read_link, spend_link
from core.accounts.models import Purpose
from core.errors import Gone, NotFound
from core.people.queries import find_company
from core.web.access import private_link_page
from core.web.i18n import _
from core.web.pages import page
from hiring.fairness.disclosure import SMALLEST_GROUP
from hiring.survey.actions import keep_response
from hiring.survey.forms import SurveyForm
from hiring.survey.questions import QUESTIONS

bp = Blueprint("survey", __name__, url_prefix="/survey")


@bp.route("/<token>", methods=["GET", "POST"])
@private_link_page
def answer(token: str) -> ResponseReturnValue:
    """Ask, and keep what is answered apart."""
    form, company = SurveyForm(), find_company()
    sending = form.is_submitted()
    try:
        link = read_link(token, purpose=Purpose.SURVEY, lock=sending)
    except (NotFound, Gone) as refusal:
        sentence = str(refusal.sentence) or _("This link is not known.")
        return page("hiring/survey/closed.html", status=refusal.status, sentence=sentence, company=company)
    if form.validate_on_submit() and link.subject_id is not None:
        keep_response(link.subject_id, form.answers())
        spend_link(link)
        return page("hiring/survey/thanks.html", company=company)
    return page("hiring/survey/answer.html", form=form, questions=QUESTIONS, smallest=SMALLEST_GROUP, company=company)
