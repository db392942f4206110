"""The directory, and one person's page with their trail through every area."""

from uuid import UUID

from flask import Blueprint, current_app, g, request
from flask.typing import ResponseReturnValue

import onboarding.public
import training.public
from core.audit.queries import trail
from core.clock import today
from core.errors import NotFound
from core.groups.policy import can_tag
from core.people import queries
from core.people.choosing import suggestions, text_of
from core.people.rights import Right
from core.photos.queries import find_photo
from core.web.access import access
from core.web.pages import page
from core.web.paging import wanted_page
from home.people import policy

bp = Blueprint("people", __name__, url_prefix="/people")


@bp.route("")
@access(Right.SEE_PEOPLE)
def directory() -> ResponseReturnValue:
    """Colleagues, by name."""
    words = request.args.get("words", "").strip()[:80]
    colleagues = queries.directory(on=today(g.person.time_zone), words=words, number=wanted_page(), among=training.public.people_within(g.person))
    others = queries.people_named(words) if words and policy.can_see_trail(g.person) else []
    return page("home/people/directory.html", colleagues=colleagues, others=others, words=words)


@bp.route("/names")
@access(Right.SEE_PEOPLE)
def names() -> ResponseReturnValue:
    """Suggestions while somebody types into the field that is named."""
    words = request.args.get(request.args.get("field", ""), "")
    return page(
        "home/people/names.html",
        found=suggestions(words, on=today(g.person.time_zone), among=training.public.people_within(g.person)),
        text_of=text_of,
    )


@bp.route("/<uuid:person_id>")
@access(Right.WORK)
def show(person_id: UUID) -> ResponseReturnValue:
    """One person: where they belong, their onboarding, training and, for auditors, everything recorded about them."""
    person = queries.get_person(person_id)
    employments = queries.employments_of(person)
    if not policy.can_see_person(g.person, person, employed=bool(employments)) or not training.public.sees_person(g.person, person):
        raise NotFound
    day = today(g.person.time_zone)
    progress = onboarding.public.progress_of(person)
    lines = trail(person=person, number=wanted_page()) if policy.can_see_trail(g.person) else None
    return page(
        "home/people/show.html",
        person=person,
        employments=employments,
        now_employed=next((row for row in employments if row.valid_from <= day), employments[-1] if employments else None),
        progress_facts=progress,
        can_change=policy.can_change_employment(g.person, person, employments, on=day),
        can_tag=bool(employments) and can_tag(g.person, person),
        coming=queries.coming_change(person, on=day),
        can_move_start=progress is not None and progress.state == "running",
        standing=training.public.standing_of(person, on=day, viewer=g.person) if _sees_training(person.id) else [],
        photo=find_photo(person),
        lines=lines,
        sentences=current_app.extensions["audit_sentences"],
    )


def _sees_training(person_key: int) -> bool:
    return bool(g.person.id == person_key or g.person.may(Right.SEE_COMPLIANCE))
