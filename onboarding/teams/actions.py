"""Making teams and changing who is in them; their queue is theirs from the next request on."""

from collections.abc import Sequence

from sqlalchemy.orm.attributes import flag_modified

from core.audit.record import record
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Person
from core.people.rights import Right
from core.web.i18n import _
from onboarding.teams.models import Team, TeamMembership
from onboarding.teams.queries import name_is_taken


def make_team(*, name: str, people: Sequence[Person], by: Person | None) -> Team:
    """Make a team. Raises Invalid for a missing or taken name, or without anybody in it."""
    _insist_on_writer(by)
    if not people:
        raise Invalid(_("Choose at least one person."), field="people")
    team = Team(name=_free_name(name), memberships=_members(people))
    session.add(team)
    session.flush()
    record("onboarding.team.made", team, by=by, changes={"people": sorted(person.id for person in people)})
    return team


def change_team(team: Team, *, name: str, people: Sequence[Person], version: int, by: Person | None) -> None:
    """Give a team another name or other people. Raises Conflict when somebody else changed it in the meantime. Needs `memberships`."""
    _insist_on_writer(by)
    if team.version != version:
        raise Conflict(_("Somebody else changed this while you were typing. What you typed is still here: compare, then save again."))
    team.name = _free_name(name, besides=team)
    before, wanted = {row.person_id: row for row in team.memberships}, {person.id for person in people}
    new = _members([person for person in people if person.id not in before])
    if not people:
        raise Invalid(_("Choose at least one person."), field="people")
    if set(before) != wanted:
        team.memberships = [row for key, row in before.items() if key in wanted] + new
        flag_modified(team, "name")
    session.flush()
    record("onboarding.team.changed", team, by=by, changes={"people": [sorted(before), sorted(wanted)]})


def _members(people: Sequence[Person]) -> list[TeamMembership]:
    return [TeamMembership(person=person, person_id=person.id) for person in people]


def _free_name(name: str, *, besides: Team | None = None) -> str:
    name = one_line(name)[:120]
    if not name:
        raise Invalid(_("A name is needed."), field="name")
    if name_is_taken(name, besides=besides):
        raise Invalid(_("There is a team with this name already."), field="name")
    return name


def _insist_on_writer(by: Person | None) -> None:
    if by is not None and not by.may(Right.RUN_ONBOARDING):
        raise NotAllowed(_("Only human resources makes teams."))
