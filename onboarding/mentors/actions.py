"""Keeping mentors' profiles, their days off and pauses. What is scheduled already stays; who has to find another mentor is told by a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.audit.record import record
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from core.people.models import Location, Person
from core.web.i18n import _
from onboarding.mentors import policy
from onboarding.mentors.labels import LANGUAGES
from onboarding.mentors.models import MOST_A_WEEK, Mentor, MentorAbsence, MentorPlace, MentorSkill
from onboarding.mentors.queries import find_mentor
from onboarding.programmes.objectives import Objective


@dataclass(frozen=True)
class Profile:
    """What a mentor says of themselves."""

    skills: Sequence[Objective] = ()
    places: Sequence[Location] = ()
    languages: Sequence[str] = ()
    is_remote: bool = True
    weekly_sessions: int = 2
    about: str = ""


def add_mentor(person: Person, *, profile: Profile, by: Person | None) -> Mentor:
    """Let somebody be a mentor. Raises WrongState when they are one already."""
    policy.insist_on_keeper(by, person.id)
    if by is not None and not policy.can_offer(by):
        raise NotAllowed(_("Ask human resources to make you a mentor."))
    _insist_on_profile(profile)
    if find_mentor(person.id) is not None:
        raise WrongState(_("%(name)s is a mentor already.", name=person.name))
    mentor = Mentor(person=person, skills=[], places=[], absences=[])
    _write(mentor, profile)
    session.add(mentor)
    session.flush()
    record("onboarding.mentor.added", mentor, by=by, person=person, changes={"weekly_sessions": profile.weekly_sessions})
    return mentor


def describe_mentor(mentor: Mentor, *, profile: Profile, version: int | None = None, by: Person) -> None:
    """Change what a mentor shows, where, in which languages and how often. Raises Conflict when it changed meanwhile."""
    policy.insist_on_keeper(by, mentor.person_id)
    _insist_on_profile(profile)
    if version is not None and version != mentor.version:
        raise Conflict(_("Somebody else has changed this profile meanwhile. Reload the page to see it as it stands."))
    before = mentor.weekly_sessions
    _write(mentor, profile)
    session.flush()
    record("onboarding.mentor.described", mentor, by=by, person=mentor.person, changes={"weekly_sessions": [before, profile.weekly_sessions]})


def pause(mentor: Mentor, *, first_day: date, last_day: date | None, reason: str, by: Person) -> None:
    """Let a mentor be asked for nothing from a day on, until a last day or until they resume. Sessions in that time have to be given to others."""
    policy.insist_on_keeper(by, mentor.person_id)
    if last_day is not None and last_day < first_day:
        raise Invalid(_("The last day must not lie before the first."), field="last_day")
    mentor.paused_from, mentor.paused_until, mentor.pause_reason = first_day, last_day, reason.strip()[:500]
    session.flush()
    changes = {"from": first_day.isoformat(), "until": None if last_day is None else last_day.isoformat()}
    record("onboarding.mentor.paused", mentor, by=by, person=mentor.person, changes=changes, reason=mentor.pause_reason)


def resume(mentor: Mentor, *, by: Person) -> None:
    """End a mentor's pause."""
    policy.insist_on_keeper(by, mentor.person_id)
    if mentor.paused_from is None:
        return
    mentor.paused_from = mentor.paused_until = None
    mentor.pause_reason = ""
    session.flush()
    record("onboarding.mentor.resumed", mentor, by=by, person=mentor.person)


def add_absence(mentor: Mentor, *, starts_on: date, ends_on: date, by: Person) -> None:
    """Note days off, on which the mentor is asked for nothing."""
    policy.insist_on_keeper(by, mentor.person_id)
    if ends_on < starts_on:
        raise Invalid(_("The last day must not lie before the first."), field="ends_on")
    mentor.absences.append(MentorAbsence(starts_on=starts_on, ends_on=ends_on))
    session.flush()
    changes = {"from": starts_on.isoformat(), "until": ends_on.isoformat()}
    record("onboarding.mentor.absence_added", mentor, by=by, person=mentor.person, changes=changes)


def remove_absence(mentor: Mentor, absence: MentorAbsence, *, by: Person) -> None:
    """Take days off back."""
    policy.insist_on_keeper(by, mentor.person_id)
    mentor.absences.remove(absence)
    session.flush()
    record("onboarding.mentor.absence_removed", mentor, by=by, person=mentor.person)


def _write(mentor: Mentor, profile: Profile) -> None:
    mentor.about, mentor.languages, mentor.is_remote = profile.about, sorted(set(profile.languages)), profile.is_remote
    mentor.weekly_sessions = profile.weekly_sessions
    skills = {row.objective_id: row for row in mentor.skills}
    mentor.skills = [skills.get(objective.id) or MentorSkill(objective=objective) for objective in profile.skills]
    places = {row.location_id: row for row in mentor.places}
    mentor.places = [places.get(place.id) or MentorPlace(location=place) for place in profile.places]


def _insist_on_profile(profile: Profile) -> None:
    if not 1 <= profile.weekly_sessions <= MOST_A_WEEK:
        raise Invalid(_("Choose between 1 and %(most)d sessions a week.", most=MOST_A_WEEK), field="weekly_sessions")
    if not set(profile.languages) <= set(LANGUAGES):
        raise Invalid(_("Choose languages from the list."), field="languages")
