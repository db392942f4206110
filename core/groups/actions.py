"""Putting departments below others, and giving people tags."""

from collections.abc import Sequence
from datetime import date

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed
from core.groups import policy, queries
from core.groups.models import DepartmentPlace, PersonTag, Tag
from core.people.actions import one_line
from core.people.models import Department, Person
from core.web.i18n import _

LONGEST = 60


def place_department(department: Department, parent: Department | None, *, valid_from: date, by: Person | None) -> DepartmentPlace:
    """Let a department stand below another (None: below none) from a day on. Raises Invalid for a circle."""
    if by is not None and not policy.can_place_departments(by):
        raise NotAllowed(_("Only human resources arranges departments."))
    standing = queries.places()
    _insist_on_no_circle(standing, department, parent, valid_from)
    for row in standing:
        if row.department_id == department.id and row.valid_from == valid_from:
            row.superseded_at = now()
    session.flush()
    placed = DepartmentPlace(
        department_id=department.id,
        parent_id=None if parent is None else parent.id,
        valid_from=valid_from,
        recorded_by_id=None if by is None else by.id,
    )
    session.add(placed)
    session.flush()
    changes = {"department": department.id, "below": placed.parent_id, "from": valid_from.isoformat()}
    record("core.department.placed", placed, by=by, changes=changes)
    return placed


def _insist_on_no_circle(standing: Sequence[DepartmentPlace], department: Department, parent: Department | None, valid_from: date) -> None:
    """On the day and whenever another row begins to hold, going up from the department must not come back to it."""
    rows = [
        (row.valid_from, row.department_id, row.parent_id) for row in standing if (row.department_id, row.valid_from) != (department.id, valid_from)
    ]
    rows = sorted([*rows, (valid_from, department.id, None if parent is None else parent.id)], key=lambda row: row[0])
    for day in {since for since, _department, _parent in rows if since >= valid_from}:
        above = {below: over for since, below, over in rows if since <= day}
        step, seen = above.get(department.id), {0}
        while step is not None and step not in seen:
            if step == department.id:
                sentence = _("%(name)s would then stand below itself. Choose a department that is not below it.", name=department.name)
                raise Invalid(sentence, field="parent")
            seen.add(step)
            step = above.get(step)


def give_tag(person: Person, name: str, *, valid_from: date, valid_to: date | None, by: Person | None) -> PersonTag:
    """Let a person carry a tag from a day on; a tag of a new name is made. Raises Invalid where they carry it already."""
    _insist_on_tagger(person, by)
    name = one_line(name)
    if not name or len(name) > LONGEST:
        raise Invalid(_("Give the tag a name of at most %(number)s characters.", number=LONGEST), field="tag")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid(_("The last day is before the first."), field="valid_to")
    tag = queries.find_tag(name)
    if tag is None:
        tag = Tag(name=name)
        session.add(tag)
        session.flush()
        record("core.tag.made", tag, by=by, changes={"tag": tag.id})
    if queries.overlapping_tags(person, tag, valid_from=valid_from, valid_to=valid_to):
        raise Invalid(_("%(person)s carries this tag already in those days.", person=person.name), field="tag")
    return _write(person, tag, valid_from, valid_to, by)


def end_tag(carried: PersonTag, person: Person, *, last_day: date, by: Person | None) -> PersonTag | None:
    """Let a person carry a tag only until a day; before its first day: never, and there is no row any more."""
    _insist_on_tagger(person, by)
    carried.superseded_at = now()
    session.flush()
    if last_day < carried.valid_from:
        record("core.tag.taken_back", carried, by=by, person=person, changes={"tag": carried.tag_id})
        return None
    return _write(person, carried.tag, carried.valid_from, last_day, by)


def _write(person: Person, tag: Tag, valid_from: date, valid_to: date | None, by: Person | None) -> PersonTag:
    carried = PersonTag(person_id=person.id, tag_id=tag.id, valid_from=valid_from, valid_to=valid_to, recorded_by_id=None if by is None else by.id)
    session.add(carried)
    session.flush()
    changes = {"tag": tag.id, "from": valid_from.isoformat(), "to": None if valid_to is None else valid_to.isoformat()}
    record("core.tag.carried", carried, by=by, person=person, changes=changes)
    return carried


def _insist_on_tagger(person: Person, by: Person | None) -> None:
    if by is not None and not policy.can_tag(by, person):
        raise NotAllowed(_("Only human resources and compliance give tags, and nobody tags themselves."))
