"""The page on which recruiters change who sits in an interview, with who declined and who is free."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from core.calendars.queries import busy
from core.errors import Refusal
from core.people.models import Person
from core.people.queries import people_with_right
from core.people.rights import Right
from core.web.access import access
from core.web.i18n import _
from core.web.pages import page
from hiring.interviews.models import Interview, SeatPart
from hiring.interviews.queries import get_interview
from hiring.scheduling.forms import SeatsForm
from hiring.scheduling.queries import who_cannot_come
from hiring.scheduling.seats import change_interviewers

bp = Blueprint("seats", __name__)


@bp.route("/interviews/<uuid:interview_id>/interviewers", methods=["GET", "POST"])
@access(Right.SCHEDULE_INTERVIEWS)
def change(interview_id: UUID) -> ResponseReturnValue:
    """Change who interviews."""
    interview = get_interview(interview_id, viewer=g.person)
    people = {str(person.public_id): person for person in [*people_with_right(Right.INTERVIEW), *(seat.person for seat in interview.seats)]}
    gone = who_cannot_come(interview)
    form = SeatsForm(
        interviewers=[str(seat.person.public_id) for seat in interview.members if not seat.declined and seat.person_id not in gone],
        shadows=[str(seat.person.public_id) for seat in interview.seats if seat.part is SeatPart.SHADOW],
        reverse_shadows=[str(seat.person.public_id) for seat in interview.seats if seat.part is SeatPart.REVERSE_SHADOW],
    )
    form.interviewers.choices = form.shadows.choices = form.reverse_shadows.choices = _choices(interview, list(people.values()), gone)
    if form.validate_on_submit():
        try:
            members = [people[key] for key in form.interviewers.data or ()]
            change_interviewers(interview, members, trainees=form.trainees(people), by=g.person)
        except Refusal as refusal:
            form.refuse(refusal)
            return page("hiring/scheduling/seats.html", form=form, interview=interview, status=refusal.status)
        flash(_("The interviewers are changed and everybody concerned is told."), "success")
        return redirect(url_for("interviews.show", interview_id=interview_id))
    return page("hiring/scheduling/seats.html", form=form, interview=interview)


def _choices(interview: Interview, people: list[Person], gone: frozenset[int]) -> list[SelectChoice]:
    booking = interview.booking
    taken = busy(people, starts_at=booking.starts_at, ends_at=booking.ends_at, besides=booking)
    declined = {seat.person_id for seat in interview.seats if seat.declined}
    found = []
    for person in sorted(people, key=lambda each: (each.id in gone, each.id in declined, bool(taken[each.id]), each.name)):
        label = person.name
        if person.id in gone:
            label = _("%(name)s (may no longer interview)", name=person.name)
        elif person.id in declined:
            label = _("%(name)s (declined)", name=person.name)
        elif taken[person.id]:
            label = _("%(name)s (busy then)", name=person.name)
        found.append(SelectChoice(str(person.public_id), label))
    return found
