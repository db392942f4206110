"""The page of an application's timeline."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from core.people.rights import Right
from core.web.access import access
from core.web.pages import page
from hiring.applications.queries import get_application, history_of
from hiring.blind.reading import readable
from hiring.debrief.queries import decisions_on
from hiring.interviews.policy import owes_card, visible_cards
from hiring.interviews.queries import interviews_of
from hiring.notes.queries import notes_on
from hiring.offers.queries import offers_of
from hiring.references.queries import references_of
from hiring.screening.queries import criteria_and_marks_of
from hiring.screening.sheet import visible_marks
from hiring.timeline import lines
from hiring.timeline.queries import mails_about

bp = Blueprint("timeline", __name__)


@bp.route("/applications/<uuid:application_id>/timeline")
@access(Right.SEE_APPLICATIONS)
def show(application_id: UUID) -> ResponseReturnValue:
    """Moves, marks, interviews, cards, offers, mails, notes and references in one list."""
    application = get_application(application_id, viewer=g.person)
    interviews = interviews_of(application)
    owing = owes_card(g.person, interviews)
    found = lines.newest_first(
        lines.of_moves(history_of(application), application),
        lines.of_marks(visible_marks(application, *criteria_and_marks_of(application), viewer_key=g.person.id)),
        lines.of_interviews(interviews),
        lines.of_cards(visible_cards(g.person, interviews)),
        lines.of_offers(offers_of(application) if g.person.may(Right.SEE_OFFERS) else []),
        lines.of_mails(mails_about(application)),
        lines.of_notes([] if owing else notes_on(application)),
        lines.of_decisions([] if owing else decisions_on(application)),
        lines.of_references(references_of(application) if g.person.may(Right.DECIDE_APPLICATIONS) else []),
    )
    told = [replace(line, text=readable(application, line.text), detail=readable(application, line.detail)) for line in found]
    return page("hiring/timeline/show.html", application=application, lines=told)
