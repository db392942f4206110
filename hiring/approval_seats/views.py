"""The page on which somebody else is named for a seat whose person can no longer decide."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.errors import Invalid
from core.people.rights import Right
from core.web.access import access
from core.web.forms import pairs
from core.web.i18n import _
from core.web.pages import page
from hiring.approval_seats.actions import name_approver
from hiring.approval_seats.forms import NameApproverForm
from hiring.approval_seats.queries import VacantSeat, get_vacant_seat, successors
from hiring.approvals.labels import HINDRANCES
from hiring.requisitions.policy import runs

bp = Blueprint("approval_seats", __name__)


@bp.route("/approvals/<uuid:chain_id>/seats/<uuid:seat_id>", methods=["GET", "POST"])
@access(Right.WORK)
def name_another(chain_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Name somebody else for the seat; recruiters may for what they see, whoever describes chains for everything."""
    vacant = get_vacant_seat(chain_id, seat_id, viewer=g.person)
    people = {str(person.public_id): person for person in successors(vacant, by=g.person)}
    form = NameApproverForm()
    form.person.choices = [SelectChoice("", _("Choose")), *pairs(list(people.values()))]
    if form.validate_on_submit():
        try:
            name_approver(vacant, to=people[form.person.data], reason=form.reason.data or "", by=g.person)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s decides now. What others have approved still counts.", name=people[form.person.data].name), "success")
            return redirect(_where(vacant))
    return page("hiring/approval_seats/name.html", form=form, vacant=vacant, hindrances=HINDRANCES, people=people, back=_where(vacant))


def _where(vacant: VacantSeat) -> str:
    """Back to what is approved, for those who see it."""
    if vacant.offer is not None and g.person.may(Right.WRITE_OFFERS):
        return url_for("offers.show", offer_id=vacant.offer.public_id)
    if vacant.requisition is not None and runs(g.person, vacant.requisition):
        return url_for("requisitions.show", requisition_id=vacant.requisition.public_id)
    return url_for("approvals.templates")
