"""The debrief of one application: all rounds and criteria side by side, and the panel's decision."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal

from core.clock import now
from core.errors import Refusal
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.models import Application, ApplicationState
from hiring.debrief.actions import decide_as_panel
from hiring.debrief.forms import DecisionForm
from hiring.debrief.labels import VERDICT_LABELS, VERDICT_TONES
from hiring.debrief.matrix import Given, agreement_of, rows_of
from hiring.debrief.models import PanelVerdict
from hiring.debrief.queries import application_of_panel, decisions_on
from hiring.debrief.record import cards_of, fingerprint
from hiring.interviews.gates import missing_cards
from hiring.interviews.labels import INTERVIEW_KIND_LABELS, RECOMMENDATION_LABELS, RECOMMENDATION_TONES
from hiring.interviews.models import Interview, InterviewState
from hiring.interviews.policy import owes_card, writes_card
from hiring.interviews.queries import amendments_of, interviews_of
from hiring.plans.queries import plan_of
from hiring.screening.queries import criteria_of

bp = Blueprint("debrief", __name__)


@bp.route("/applications/<uuid:application_id>/debrief", methods=["GET", "POST"])
@access(Right.INTERVIEW)
def show(application_id: UUID) -> ResponseReturnValue:
    """What everybody found, and what the panel decides."""
    application = application_of_panel(application_id, viewer=g.person)
    interviews = [each for each in interviews_of(application) if each.state is not InterviewState.CANCELLED]
    if owes_card(g.person, interviews):
        return page("hiring/debrief/owed.html", application=application, mine=_mine(interviews, g.person), kind_labels=INTERVIEW_KIND_LABELS)
    cards = cards_of(interviews)
    form, status = DecisionForm(seen=fingerprint(cards)), None
    if form.validate_on_submit():
        try:
            said = {"verdict": PanelVerdict(form.verdict.data), "reason": form.reason.data, "seen": form.seen.data}
            decide_as_panel(application, interviews, **said, by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            form.seen.data = fingerprint(cards)  # the page that comes back shows the cards as they are now
            status = refusal.status
        else:
            flash(_("The panel's decision is written down."), "success")
            return redirect(url_for(".show", application_id=application_id))
    return _debrief(application, interviews, form, status=status)


def _debrief(application: Application, interviews: Sequence[Interview], form: DecisionForm, *, status: int | None) -> ResponseReturnValue:
    criteria, cards = criteria_of(application.posting_id), cards_of(interviews)
    given = [Given(card.person_id, card.interview_id, key, mark, heard) for card in cards for key, mark, heard in card.rows]
    rows = rows_of([criterion.id for criterion in criteria], given)
    held = {each.round_id for each in interviews if each.round_id is not None}
    return page(
        "hiring/debrief/show.html",
        application=application,
        form=form,
        interviews=interviews,
        criteria={criterion.id: criterion for criterion in criteria},
        rows=rows,
        agreement=agreement_of(rows),
        cards=cards,
        people={card.person_id: card.person.name for card in cards},
        amendments=amendments_of(cards),
        missing=[(each, missing_cards(each)) for each in interviews if each.booking.ends_at <= now() and missing_cards(each)],
        not_held=[planned for planned in plan_of(application.posting) if planned.id not in held],
        decisions=decisions_on(application),
        fingerprint=fingerprint(cards),
        may_decide=g.person.may(Right.DECIDE_APPLICATIONS) and application.state is ApplicationState.ACTIVE and bool(cards),
        sees_application=g.person.may(Right.SEE_APPLICATIONS),
        figure=lambda mean: format_decimal(mean, format="0.0"),
        words={"labels": RECOMMENDATION_LABELS, "tones": RECOMMENDATION_TONES},
        kind_labels=INTERVIEW_KIND_LABELS,
        verdict_labels=VERDICT_LABELS,
        verdict_tones=VERDICT_TONES,
        status=status,
    )


def _mine(interviews: Sequence[Interview], person: Person) -> list[Interview]:
    return [each for each in interviews if each.state is InterviewState.PLANNED and writes_card(person, each)]
