"""Pages of feedback."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import Invalid, NotFound, Refusal
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from onboarding.choices import named
from onboarding.circle import get_circle
from onboarding.feedback import actions, queries
from onboarding.feedback.forms import AnswerForm, AskForm, GiveForm
from onboarding.feedback.models import Sight

bp = Blueprint("feedback", __name__)


@bp.route("/feedback")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """What I have given and received, and what I am asked for."""
    return page("onboarding/feedback/index.html", found=queries.feedback_with(g.person, number=wanted_page()), asked=queries.asked_of(g.person))


@bp.route("/first-ninety-days/<uuid:person_id>/feedback")
@access(Right.WORK)
def about(person_id: UUID) -> ResponseReturnValue:
    """A new hire's feedback, as far as the viewer reads it."""
    circle = get_circle(person_id, viewer=g.person)
    if not circle.reads_texts:
        raise NotFound
    found = queries.feedback_about(circle.person, viewer=g.person, number=wanted_page())
    return page("onboarding/feedback/about.html", circle=circle, found=found)


@bp.route("/feedback/give", methods=["GET", "POST"])
@access(Right.WORK)
def give() -> ResponseReturnValue:
    """Give feedback."""
    people = _partners()
    form = GiveForm(to=request.args.get("to", ""))
    form.to.choices = named(people.values())
    if form.validate_on_submit():
        try:
            feedback = actions.give_feedback(people[form.to.data], text=form.text.data, sight=Sight(form.sight.data), by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Given. %(name)s has been told.", name=feedback.receiver.name), "success")
            return redirect(url_for(".show", feedback_id=feedback.public_id))
    return page("onboarding/feedback/give.html", form=form, people=people)


@bp.route("/feedback/ask", methods=["GET", "POST"])
@access(Right.WORK)
def ask() -> ResponseReturnValue:
    """Ask for feedback."""
    people = _partners()
    form = AskForm()
    form.of.choices = named(people.values())
    if form.validate_on_submit():
        actions.ask_for_feedback(people[form.of.data], question=form.question.data, by=g.person)
        flash(_("Asked."), "success")
        return redirect(url_for(".index"))
    return page("onboarding/feedback/ask.html", form=form, people=people)


@bp.route("/feedback/<uuid:feedback_id>", methods=["GET", "POST"])
@access(Right.WORK)
def show(feedback_id: UUID) -> ResponseReturnValue:
    """One feedback; who was asked for it writes it here."""
    feedback = queries.get_feedback(feedback_id, viewer=g.person)
    form = AnswerForm()
    status = None
    if form.validate_on_submit():
        try:
            actions.answer_feedback(feedback, text=form.text.data, sight=Sight(form.sight.data), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Given. %(name)s has been told.", name=feedback.receiver.name), "success")
            return redirect(url_for(".show", feedback_id=feedback_id))
    can_answer = feedback.author_id == g.person.id and feedback.given_at is None and feedback.declined_at is None
    return page("onboarding/feedback/show.html", form=form, feedback=feedback, can_answer=can_answer, status=status)


@bp.route("/feedback/<uuid:feedback_id>/decline", methods=["POST"])
@access(Right.WORK)
def decline(feedback_id: UUID) -> ResponseReturnValue:
    """Leave it unanswered."""
    actions.decline_feedback(queries.get_feedback(feedback_id, viewer=g.person), by=g.person)
    return redirect(url_for(".index"))


def _partners() -> dict[str, Person]:
    return {str(person.public_id): person for person in queries.partners(g.person)}
