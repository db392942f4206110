"""What the templates of onboarding may use: words for its states, and instants in the zone of a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Blueprint
from flask_babel import get_locale

from core.people.labels import EMPLOYMENT_TYPE_LABELS
from onboarding.checkins.labels import CHECK_IN_STATES
from onboarding.checklists.labels import CHECKLIST_STATES, CHECKLIST_TONES, LIGHT_TONES, LIGHTS, TASK_STATES, TASK_TONES
from onboarding.coverage.labels import SIGHTING_ICONS, SIGHTINGS
from onboarding.development.labels import MEANS
from onboarding.goals.labels import GOAL_STATES, GOAL_TONES, KPIS
from onboarding.mentors.labels import LANGUAGES
from onboarding.programmes.labels import PARTICIPATION_STATES, PARTICIPATION_TONES, STAGE_KINDS
from onboarding.reviews.labels import MARKS, MOMENTS, OUTCOMES, STEPS
from onboarding.reviews.labels import SIDES as REVIEW_SIDES
from onboarding.reviews.labels import STATE_TONES as REVIEW_TONES
from onboarding.reviews.labels import STATES as REVIEW_STATES
from onboarding.shadowing.labels import MODES, RATINGS, SIDES, STATE_TONES, STATES
from onboarding.templates.labels import DOCUMENT_RULES, KIND_ICONS, KINDS, PARTS, PHASES, TEMPLATE_STATES, TEMPLATE_TONES
from onboarding.waivers.labels import KINDS as WAIVER_KINDS
from onboarding.waivers.labels import STATES as WAIVER_STATES


@dataclass(frozen=True)
class Words:
    """Every label and tone, by enum member."""

    parts: Any = None
    kinds: Any = None
    kind_icons: Any = None
    phases: Any = None
    task_states: Any = None
    task_tones: Any = None
    checklist_states: Any = None
    checklist_tones: Any = None
    template_states: Any = None
    template_tones: Any = None
    session_states: Any = None
    session_tones: Any = None
    modes: Any = None
    stage_kinds: Any = None
    languages: Any = None
    sides: Any = None
    ratings: Any = None
    participation_states: Any = None
    participation_tones: Any = None
    sightings: Any = None
    sighting_icons: Any = None
    contracts: Any = None
    moments: Any = None
    review_states: Any = None
    review_tones: Any = None
    review_steps: Any = None
    outcomes: Any = None
    review_sides: Any = None
    marks: Any = None
    kpis: Any = None
    means: Any = None
    check_in_states: Any = None
    goal_states: Any = None
    goal_tones: Any = None
    lights: Any = None
    light_tones: Any = None
    waiver_kinds: Any = None
    waiver_states: Any = None


WORDS = Words(
    parts=PARTS,
    kinds=KINDS,
    kind_icons=KIND_ICONS,
    phases=PHASES,
    task_states=TASK_STATES,
    task_tones=TASK_TONES,
    checklist_states=CHECKLIST_STATES,
    checklist_tones=CHECKLIST_TONES,
    template_states=TEMPLATE_STATES,
    template_tones=TEMPLATE_TONES,
    session_states=STATES,
    session_tones=STATE_TONES,
    modes=MODES,
    stage_kinds=STAGE_KINDS,
    languages=LANGUAGES,
    sides=SIDES,
    ratings=RATINGS,
    participation_states=PARTICIPATION_STATES,
    participation_tones=PARTICIPATION_TONES,
    sightings=SIGHTINGS,
    sighting_icons=SIGHTING_ICONS,
    contracts=EMPLOYMENT_TYPE_LABELS,
    moments=MOMENTS,
    review_states=REVIEW_STATES,
    review_tones=REVIEW_TONES,
    review_steps=STEPS,
    outcomes=OUTCOMES,
    review_sides=REVIEW_SIDES,
    marks=MARKS,
    kpis=KPIS,
    means=MEANS,
    check_in_states=CHECK_IN_STATES,
    goal_states=GOAL_STATES,
    goal_tones=GOAL_TONES,
    lights=LIGHTS,
    light_tones=LIGHT_TONES,
    waiver_kinds=WAIVER_KINDS,
    waiver_states=WAIVER_STATES,
)


def in_zone(at: datetime, zone: str, since: datetime | None = None) -> str:
    """An instant on the clock of a place, with its day unless that is the day of `since`."""
    place = ZoneInfo(zone)
    local = at.astimezone(place)
    if since is not None and since.astimezone(place).date() == local.date():
        return f"{local:%H:%M}"
    return str(format_datetime(local, "EEE d MMM, HH:mm", tzinfo=place, locale=get_locale()))


def lend_words(blueprint: Blueprint) -> None:
    """Let every template of the application use the words of onboarding once the blueprint is registered."""
    blueprint.add_app_template_global(lambda: WORDS, "onboarding_words")
    blueprint.add_app_template_global(in_zone, "in_zone")
    blueprint.add_app_template_global(DOCUMENT_RULES.__getitem__, "rule_of")
