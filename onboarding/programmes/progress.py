"""How far a new hire has come in each stage of a programme. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from onboarding.programmes.models import ProgrammeStage


@dataclass(frozen=True)
class SessionFact:
    """A session of a stage: how long it took, whether it took place and both have said so, and what was seen (inner keys of objectives)."""

    stage_id: int
    length: timedelta
    is_confirmed: bool
    seen: frozenset[int] = frozenset()
    was_qualified: bool = True

    @property
    def counts(self) -> bool:
        """Whether it counts towards its stage."""
        return self.is_confirmed and self.was_qualified


@dataclass(frozen=True)
class Asked:
    """What a stage asks for."""

    stage_id: int
    sessions: int
    minutes: int
    objectives: frozenset[int] = frozenset()  # to be seen, each at least once


@dataclass(frozen=True)
class Reached:
    """What of it is done."""

    asked: Asked
    sessions: int = 0
    minutes: int = 0
    seen: frozenset[int] = field(default_factory=frozenset)
    unconfirmed: int = 0  # took place or lie ahead, but do not count yet
    unqualified: int = 0  # do not count, for the mentor did not hold what the programme asks

    @property
    def missing(self) -> frozenset[int]:
        """Objectives nobody has shown yet."""
        return self.asked.objectives - self.seen

    @property
    def is_reached(self) -> bool:
        """Whether everything the stage asks for is done."""
        return self.sessions >= self.asked.sessions and self.minutes >= self.asked.minutes and not self.missing

    @property
    def percent(self) -> int:
        """How far, in whole percent: the mean of what is asked for, each at most whole."""
        parts = [min(1.0, self.sessions / self.asked.sessions) if self.asked.sessions else 1.0]
        if self.asked.minutes:
            parts.append(min(1.0, self.minutes / self.asked.minutes))
        if self.asked.objectives:
            parts.append(1 - len(self.missing) / len(self.asked.objectives))
        return int(100 * sum(parts) / len(parts))


def asked_of(stage: ProgrammeStage) -> Asked:
    """What a stage with its objectives asks for."""
    objectives = frozenset(row.objective_id for row in stage.objectives) if stage.needs_every_objective else frozenset()
    return Asked(stage.id, stage.sessions_required, stage.minutes_required, objectives)


def reached(asked: Sequence[Asked], sessions: Sequence[SessionFact]) -> Mapping[int, Reached]:
    """What of each stage is done: inner key of the stage → what is reached."""
    return {stage.stage_id: _reached(stage, [fact for fact in sessions if fact.stage_id == stage.stage_id]) for stage in asked}


def _reached(asked: Asked, sessions: Sequence[SessionFact]) -> Reached:
    counted = [fact for fact in sessions if fact.counts]
    return Reached(
        asked=asked,
        sessions=len(counted),
        minutes=int(sum((fact.length for fact in counted), timedelta()).total_seconds()) // 60,
        seen=frozenset().union(*(fact.seen for fact in counted)),
        unconfirmed=sum(not fact.is_confirmed for fact in sessions),
        unqualified=sum(fact.is_confirmed and not fact.was_qualified for fact in sessions),
    )
