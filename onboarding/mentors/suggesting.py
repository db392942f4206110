"""Gathering what is known of every mentor and ranking them for one new hire and day, in the same number of statements however many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import training.public
from core.people.models import Person
from core.people.queries import employments_of, find_employment
from core.web.i18n import _
from onboarding.mentors.asking import away, course_title, unqualified, week_of
from onboarding.mentors.labels import LANGUAGES
from onboarding.mentors.models import Mentor
from onboarding.mentors.queries import Post, mentors, posts_of, sessions_between
from onboarding.mentors.suggestion import Candidate, Suggestion, Wanted, ranked
from onboarding.programmes.models import Participation
from onboarding.programmes.objectives import Mode

WEEKS = 4


@dataclass(frozen=True)
class Ranking:
    """Suggestions in order, and the mentors by inner key of the person."""

    suggestions: list[Suggestion]
    mentors: dict[int, Mentor]


def suggest(
    person: Person, *, on: date, participation: Participation | None, objective_ids: Collection[int] = (), besides: Collection[int] = ()
) -> Ranking:
    """Rank everyone who shows others their work for a session of the new hire on the day, leaving out some (inner keys) and the new hire."""
    left_out = {person.id, *besides}
    found = {mentor.person_id: mentor for mentor in mentors(on=on) if mentor.person_id not in left_out}
    posts = posts_of(found)
    week = week_of(on, person.time_zone)
    loads = sessions_between(list(found), starts_at=week.starts_at, ends_at=week.starts_at + timedelta(weeks=WEEKS))
    this_week = sessions_between(list(found), starts_at=week.starts_at, ends_at=week.ends_at)
    course_id = None if participation is None else participation.programme.course_id
    held = training.public.holds_many({(key, course_id) for key in found}, on=on) if course_id is not None and found else set()
    title = course_title(course_id) if course_id is not None else ""
    candidates = []
    for key, mentor in found.items():
        stands_against = away(mentor.person.name, mentor, posts.get(key, []), on)
        if this_week.get(key, 0) >= mentor.weekly_sessions:
            stands_against.append(_("%(name)s has no session left in that week.", name=mentor.person.name))
        if course_id is not None and (key, course_id) not in held:
            stands_against.append(unqualified(mentor.person.name, title, on))
        candidates.append(_candidate(mentor, posts.get(key, []), loads.get(key, 0), stands_against, on))
    return Ranking(ranked(candidates, _wanted(person, on, participation, objective_ids)), found)


def _candidate(mentor: Mentor, posts: Collection[Post], load: int, stands_against: list[str], on: date) -> Candidate:
    post = next((post for post in posts if post.covers(on)), None)
    places = {row.location_id for row in mentor.places} | ({post.location_id} if post is not None else set())
    return Candidate(
        key=mentor.person_id,
        name=mentor.person.name,
        skills=frozenset(row.objective_id for row in mentor.skills),
        places=frozenset(places),
        languages=frozenset(mentor.languages),
        is_remote=mentor.is_remote,
        job_role_id=None if post is None else post.job_role_id,
        sessions=load,
        capacity=mentor.weekly_sessions * WEEKS,
        obstacles=tuple(stands_against),
    )


def _wanted(person: Person, on: date, participation: Participation | None, objective_ids: Collection[int]) -> Wanted:
    employment = find_employment(person, on=on) or next(iter(employments_of(person)), None)
    stage = None if participation is None else next((row for row in participation.programme.stages if row.id == participation.stage_id), None)
    wanted = frozenset(objective_ids) or (frozenset() if stage is None else frozenset(row.objective_id for row in stage.objectives))
    language = person.locale[:2]
    return Wanted(
        objectives=wanted,
        location_id=None if employment is None else employment.location_id,
        location="" if employment is None else employment.location.name,
        language=language,
        language_name=str(LANGUAGES.get(language, language)),
        job_role_id=None if employment is None else employment.job_role_id,
        remote=None if stage is None or stage.mode is None else stage.mode is Mode.REMOTE,
    )
