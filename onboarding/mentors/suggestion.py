"""Who would be a good mentor for a session, and why, in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.web.i18n import _

SKILL, PLACE, LANGUAGE, ROLE, LOAD = 4.0, 2.0, 2.0, 1.0, 4.0  # how much each weighs


@dataclass(frozen=True)
class Wanted:
    """What is looked for: objectives to be shown (inner keys), the new hire's place, language and job role; `remote` None takes either."""

    objectives: frozenset[int] = frozenset()
    location_id: int | None = None
    location: str = ""
    language: str = ""
    language_name: str = ""
    job_role_id: int | None = None
    remote: bool | None = None


@dataclass(frozen=True)
class Candidate:
    """A mentor as they stand: what they show, where, and how much of their time is taken."""

    key: int
    name: str
    skills: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    is_remote: bool = False
    job_role_id: int | None = None
    sessions: int = 0
    capacity: int = 8
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A mentor with what speaks for them and, if they cannot be asked, why."""

    candidate: Candidate
    score: float
    reasons: tuple[str, ...]

    @property
    def can_be_asked(self) -> bool:
        """Whether nothing stands against it."""
        return not self.candidate.obstacles


def ranked(candidates: Iterable[Candidate], wanted: Wanted) -> list[Suggestion]:
    """The candidates, the fittest and least loaded first, those who cannot be asked at the end; the same order for the same facts."""
    found = [_weighed(candidate, wanted) for candidate in candidates]
    return sorted(found, key=lambda one: (not one.can_be_asked, -one.score, one.candidate.name, one.candidate.key))


def _weighed(candidate: Candidate, wanted: Wanted) -> Suggestion:
    score, reasons = 0.0, []
    if wanted.objectives:
        shown = len(candidate.skills & wanted.objectives)
        score += SKILL * shown / len(wanted.objectives)
        reasons.append(_("shows %(shown)d of %(wanted)d objectives", shown=shown, wanted=len(wanted.objectives)))
    at_place = wanted.location_id is not None and wanted.location_id in candidate.places
    if at_place and wanted.remote is not True:
        score += PLACE
        reasons.append(_("works in %(place)s", place=wanted.location))
    elif candidate.is_remote and wanted.remote is not False:
        score += PLACE if wanted.remote else PLACE / 2
        reasons.append(_("shares their screen"))
    if wanted.language and wanted.language in candidate.languages:
        score += LANGUAGE
        reasons.append(_("speaks %(language)s", language=wanted.language_name or wanted.language))
    if wanted.job_role_id is not None and wanted.job_role_id == candidate.job_role_id:
        score += ROLE
        reasons.append(_("has the same job role"))
    score -= LOAD * min(1.0, candidate.sessions / max(1, candidate.capacity))
    reasons.append(_("%(taken)d of %(capacity)d sessions in four weeks taken", taken=candidate.sessions, capacity=candidate.capacity))
    return Suggestion(candidate, score, tuple(str(reason) for reason in reasons))
