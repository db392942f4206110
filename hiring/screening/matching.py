"""How much of what the criteria say stands in what a candidate sent: it sorts and highlights, it never decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from core.db import session
from hiring.applications.models import UNMATCHED, Application, ApplicationState
from hiring.blind.reading import readable
from hiring.postings.models import Criterion, CriterionKind, Posting
from hiring.profiles.models import RoleProfile
from hiring.screening.evidence import Passage, passages, share_found
from hiring.search.asking import ask_for_index_by_key

AT_ONCE = 200
LONGEST = 600  # characters of a mission answer beside its criterion
MUST_HAVE = 5  # what a must-have weighs

Synonyms = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sent:
    """What a candidate sent, as staff may read it now: all words, and what they said on our mission."""

    words: str
    mission: str

    def passages_for(self, criterion: Criterion, *, language: str, synonyms: Synonyms) -> Sequence[Passage]:
        """What speaks for a criterion. For the interest in our mission it is the answer itself."""
        if criterion.kind is CriterionKind.MISSION:
            return [Passage((self.mission[:LONGEST],), 1)] if self.mission else []
        return passages(self.words, criterion.text, language=language, synonyms=synonyms)


def sent_by(application: Application) -> Sent:
    """Needs `resume`, `answers` with questions, and `candidate.person`."""
    answers = [answer for answer in application.answers if answer.file_id is None]
    words = [application.resume.text or "", application.cover_letter, *(answer.text for answer in answers)]
    mission = [answer.text for answer in answers if answer.question.is_mission]
    return Sent(readable(application, "\n".join(words)), readable(application, "\n".join(mission)))


def word_match(sent: Sent, criteria: Iterable[Criterion], *, language: str, synonyms: Synonyms) -> int | None:
    """In percent, how many of the criteria's words were found, by weight. None where there is nothing to look for."""
    found, weights = 0.0, 0
    for criterion in criteria:
        share = None if criterion.kind is CriterionKind.MISSION else share_found(sent.words, criterion.text, language=language, synonyms=synonyms)
        if share is not None:
            weight = MUST_HAVE if criterion.must_have else criterion.weight
            found += weight * share
            weights += weight
    return round(100 * found / weights) if weights else None


def synonyms_of(job_role_keys: Iterable[int]) -> dict[int, Synonyms]:
    """What the profiles of job roles name as meaning the same, in every language, by inner key of the role."""
    query = select(RoleProfile.job_role_id, RoleProfile.synonyms).where(RoleProfile.job_role_id.in_(list(job_role_keys)))
    found: dict[int, list[Sequence[str]]] = {}
    for key, written in session.execute(query.order_by(RoleProfile.id)):
        found.setdefault(key, []).extend(groups_in(written))
    return dict(found)


def groups_in(written: str) -> list[list[str]]:
    """The groups of a list of synonyms: one a line, its words and phrases between commas."""
    groups = [[name.strip() for name in line.split(",") if name.strip()] for line in written.splitlines()]
    return [group for group in groups if len(group) > 1]


def match_anew(job_role_key: int) -> None:
    """Have what is open for a role compared again, for its synonyms have changed."""
    ours = select(Application.id).join(Posting, Posting.id == Application.posting_id)
    keys = session.scalars(
        ours.where(Posting.job_role_id == job_role_key, Application.state == ApplicationState.ACTIVE).order_by(Application.id)
    ).all()
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        session.execute(update(Application).where(Application.id.in_(some)).values(word_match=None, match_place=UNMATCHED))
        ask_for_index_by_key(*some)
