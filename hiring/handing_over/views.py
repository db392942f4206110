"""The pages on which postings are handed over: by recruiters from the posting, by administrators from a list."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.errors import Refusal
from core.people.models import Person
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.handing_over.actions import hand_over
from hiring.handing_over.forms import HandOverForm
from hiring.handing_over.queries import hiring_managers, posting_to_hand_over, postings_to_hand_over, recruiters
from hiring.postings.labels import STATE_TONES, STATES

bp = Blueprint("handing_over", __name__)


@bp.get("/hand-over")
@access(Right.ADMINISTER)
def listing() -> ResponseReturnValue:
    """Who runs which posting, for administrators, who see no more of postings than that."""
    return page("hiring/handing_over/list.html", postings=postings_to_hand_over(number=wanted_page()), state_labels=STATES, state_tones=STATE_TONES)


@bp.route("/postings/<uuid:posting_id>/hand-over", methods=["GET", "POST"])
@access(Right.WORK)
def name_others(posting_id: UUID) -> ResponseReturnValue:
    """Name another recruiter or hiring manager, with the reason."""
    posting = posting_to_hand_over(posting_id, viewer=g.person)
    people = {
        "recruiter": {str(person.public_id): person for person in (posting.recruiter, *recruiters())},
        "hiring_manager": {str(person.public_id): person for person in (posting.hiring_manager, *hiring_managers())},
    }
    now = {"recruiter": str(posting.recruiter.public_id), "hiring_manager": str(posting.hiring_manager.public_id), "version": posting.version}
    form, status = HandOverForm(data=now), None
    for name, found in people.items():
        form[name].choices = [SelectChoice(key, person.name) for key, person in found.items()]
    if form.validate_on_submit():
        chosen: dict[str, Person] = {name: found[form[name].data] for name, found in people.items()}
        try:
            hand_over(posting, **chosen, reason=form.reason.data or "", by=g.person, version=form.version.data)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Handed over. Everybody concerned has been told."), "success")
            return redirect(_back(posting_id))
    return page("hiring/handing_over/name.html", form=form, posting=posting, back=_back(posting_id), status=status)


def _back(posting_id: UUID) -> str:
    return url_for("postings.show", posting_id=posting_id) if g.person.may(Right.SEE_POSTINGS) else url_for(".listing")
