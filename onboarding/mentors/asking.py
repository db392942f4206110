"""Whether a mentor can be asked for a session: employed, not pausing, not off, with room in the week, holding what the programme asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import format_date

import training.public
from core.errors import Invalid
from core.people.models import Person
from core.web.i18n import _
from onboarding.mentors.models import Mentor
from onboarding.mentors.queries import Post, find_mentor, posts_of, sessions_between
from onboarding.shadowing.models import Session
from onboarding.shadowing.times import Stretch


def insist_on_mentor(mentor: Person, days: Sequence[Stretch], *, course_id: int | None, besides: Session | None = None) -> None:
    """Raise Invalid with every reason why the mentor cannot be asked for these days."""
    sentences = obstacles(mentor, days, course_id=course_id, besides=besides)
    if sentences:
        raise Invalid(" ".join(sentences), field="mentor")


def obstacles(mentor: Person, days: Sequence[Stretch], *, course_id: int | None, besides: Session | None = None) -> list[str]:
    """Every reason why the mentor cannot be asked for these days, in words; nothing when they can."""
    profile, posts = find_mentor(mentor.id), posts_of([mentor.id]).get(mentor.id, [])
    local = [day.starts_at.astimezone(ZoneInfo(mentor.time_zone)).date() for day in days]
    sentences = [sentence for day in local for sentence in away(mentor.name, profile, posts, day)]
    if profile is not None and (full := _full_week(mentor, profile, local[0], besides)):
        sentences.append(full)
    if course_id is not None:
        missing = [day for day in local if not training.public.holds_many({(mentor.id, course_id)}, on=day)]
        sentences += [unqualified(mentor.name, course_title(course_id), day) for day in missing]
    return sentences


def away(name: str, profile: Mentor | None, posts: Collection[Post], day: date) -> list[str]:
    """Why a mentor is not there on a day; nothing when they are."""
    if not is_away(profile, posts, day):
        return []
    shown = format_date(day, "d MMM")
    if posts and not any(post.covers(day) for post in posts):
        return [_("%(name)s does not work here on %(day)s.", name=name, day=shown)]
    if profile is not None and profile.pauses_on(day):
        return [_("%(name)s pauses as a mentor on %(day)s.", name=name, day=shown)]
    return [_("%(name)s is off on %(day)s.", name=name, day=shown)]


def is_away(profile: Mentor | None, posts: Collection[Post], day: date) -> bool:
    """Whether a mentor is not there on a day: not employed, pausing, or off."""
    if posts and not any(post.covers(day) for post in posts):
        return True
    return profile is not None and (profile.pauses_on(day) or any(row.starts_on <= day <= row.ends_on for row in profile.absences))


def course_title(course_id: int) -> str:
    """What the course (inner key) is called."""
    return next((course.title for course in training.public.courses() if course.id == course_id), "")


def unqualified(name: str, course: str, day: date) -> str:
    """That somebody does not hold the course on the day."""
    shown = format_date(day, "d MMM")
    return str(_("%(name)s does not hold “%(course)s” on %(day)s, which this programme asks of its mentors.", name=name, course=course, day=shown))


@dataclass(frozen=True)
class Week:
    """From Monday to Monday on somebody's own clock."""

    starts_at: datetime
    ends_at: datetime


def week_of(day: date, zone: str) -> Week:
    """The week the day lies in."""
    monday = day - timedelta(days=day.weekday())
    begins, ends = (datetime.combine(each, time(), tzinfo=ZoneInfo(zone)) for each in (monday, monday + timedelta(days=7)))
    return Week(begins, ends)


def loads_of(mentor_ids: Collection[int], *, on: date, zone: str) -> dict[int, int]:
    """How many sessions each mentor (inner key of the person) has in the week of the day."""
    week = week_of(on, zone)
    return sessions_between(mentor_ids, starts_at=week.starts_at, ends_at=week.ends_at)


def _full_week(mentor: Person, profile: Mentor, day: date, besides: Session | None) -> str:
    week = week_of(day, mentor.time_zone)
    count = sessions_between([mentor.id], starts_at=week.starts_at, ends_at=week.ends_at, besides=besides).get(mentor.id, 0)
    if count < profile.weekly_sessions:
        return ""
    sentence = _(
        "%(name)s has %(count)d sessions in that week, which is all they take. Choose another week or another mentor.", name=mentor.name, count=count
    )
    return str(sentence)
