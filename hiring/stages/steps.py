"""Which steps an application may take next, and why not the others. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.web.i18n import _, ngettext
from hiring.applications.policy import can_enter_by_hand
from hiring.postings.models import Stage


@dataclass(frozen=True)
class Shown:
    """What an application has to show for itself. Keys of `cards` and `missing` are inner keys of stages."""

    cards: Mapping[int, int] = field(default_factory=dict)  # scorecards sent in each stage
    missing: Mapping[int, Sequence[str]] = field(default_factory=dict)  # who still owes a required card
    screeners: int = 0  # people who have marked what has to be marked
    references: int = 0


@dataclass(frozen=True)
class Step:
    """A stage one could go to. It is open when nothing stands against it."""

    stage: Stage
    why_not: list[str]

    @property
    def is_open(self) -> bool:
        """Whether the step can be taken now."""
        return not self.why_not


def next_steps(stages: Iterable[Stage], present: Stage, shown: Shown) -> list[Step]:
    """Every other stage a colleague may choose, in order. Going back is always open; going on asks each stage that is left or skipped."""
    ordered = sorted(stages, key=lambda stage: stage.position)
    chosen = [stage for stage in ordered if stage.id != present.id and can_enter_by_hand(stage.kind)]
    return [Step(stage, missing_on_the_way(ordered, present, stage, shown)) for stage in chosen]


def missing_on_the_way(stages: Iterable[Stage], present: Stage, to_stage: Stage, shown: Shown) -> list[str]:
    """What still stands against going from one stage to another, in sentences."""
    left = [stage for stage in stages if present.position <= stage.position < to_stage.position]
    return [sentence for stage in left for sentence in missing_in(stage, shown)]


def reach(stages: Iterable[Stage], present: Stage, shown: Shown) -> int:
    """The position of the last stage that can be gone to from here."""
    ordered = sorted(stages, key=lambda stage: stage.position)
    for stage in ordered:
        if stage.position >= present.position and missing_in(stage, shown):
            return stage.position
    return ordered[-1].position


def missing_in(stage: Stage, shown: Shown) -> list[str]:
    """What a stage asks for and has not got, in sentences."""
    if not (stage.cards_needed or stage.screeners_needed or stage.references_needed or shown.missing):
        return []
    name = stage.name
    found = [str(_("“%(stage)s” waits for the scorecard of %(name)s.", stage=name, name=who)) for who in shown.missing.get(stage.id, ())]
    cards = stage.cards_needed - shown.cards.get(stage.id, 0)
    if cards > 0:
        found.append(str(ngettext("“%(stage)s” needs %(num)d more scorecard.", "“%(stage)s” needs %(num)d more scorecards.", cards, stage=name)))
    screeners = stage.screeners_needed - shown.screeners
    if screeners > 0:
        found.append(
            str(ngettext("“%(stage)s” needs marks by one more person.", "“%(stage)s” needs marks by %(num)d more people.", screeners, stage=name))
        )
    references = stage.references_needed - shown.references
    if references > 0:
        found.append(str(ngettext("“%(stage)s” needs %(num)d more reference.", "“%(stage)s” needs %(num)d more references.", references, stage=name)))
    return found


def screeners(criteria: Iterable[tuple[int, bool]], marks: Collection[tuple[int, int]]) -> int:
    """How many people have marked every must-have criterion, or any criterion where none is a must-have.

    `criteria` are inner keys and whether each is a must-have, `marks` inner keys of criterion and person.
    """
    wanted = {key for key, must_have in criteria if must_have}
    given: dict[int, set[int]] = {}
    for criterion, person in marks:
        given.setdefault(person, set()).add(criterion)
    return sum(1 for marked in given.values() if (wanted <= marked if wanted else marked))
