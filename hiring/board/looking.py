"""What one looks for among the applications of a posting: the same for the board, the list and the table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select

from core.people.folding import folded
from core.people.models import Person
from core.web.i18n import _l
from hiring.applications.models import Application, ApplicationState
from hiring.postings.models import Posting, Stage, StageKind, Turn
from hiring.screening.naming import named
from hiring.screening.turns import owes_card
from hiring.tags.models import CandidateTag, Tag


class Only(StrEnum):
    """Which applications are shown."""

    ALL = ""
    MINE = "mine"
    LATE = "late"
    HELD = "held"
    KNOCKED_OUT = "knocked-out"


ONLY = {
    Only.ALL: _l("All"),
    Only.MINE: _l("My turn"),
    Only.LATE: _l("Waiting too long"),
    Only.HELD: _l("On hold"),
    Only.KNOCKED_OUT: _l("With a knock-out answer"),
}


@dataclass(frozen=True)
class Wanted:
    """What one looks for. Empty fields ask for nothing."""

    words: str = ""
    stage: UUID | None = None
    tag: str = ""
    source: str = ""
    only: Only = Only.ALL

    @property
    def address(self) -> dict[str, Any]:
        """What stands in the address of a page that is filtered like this."""
        fields = {"words": self.words, "stage": str(self.stage or ""), "tag": self.tag, "source": self.source, "only": self.only.value}
        return {name: value for name, value in fields.items() if value}


def wanted_in(arguments: Mapping[str, str]) -> Wanted:
    """What an address asks for; what is not known asks for nothing."""
    only = arguments.get("only", "")
    try:
        stage = UUID(arguments.get("stage", ""))
    except ValueError:
        stage = None
    words, tag, source = (arguments.get(name, "").replace("\x00", "").strip()[:80] for name in ("words", "tag", "source"))
    return Wanted(words, stage, tag, source, Only(only) if only in set(Only) else Only.ALL)


def conditions(wanted: Wanted, posting: Posting, *, viewer: Person, now: datetime, today: date) -> list[ColumnElement[bool]]:
    """What is looked for as conditions on Application. Needs `posting.stages`. Nobody is found by a name that is hidden."""
    found: list[ColumnElement[bool]] = []
    if wanted.words:
        found.append(named(wanted.words))
    if wanted.stage is not None:
        found.append(Application.stage_id.in_([stage.id for stage in posting.stages if stage.public_id == wanted.stage]))
    if wanted.tag:
        tagged = select(CandidateTag.candidate_id).join(CandidateTag.tag).where(Tag.folded == folded(wanted.tag))
        found.append(Application.candidate_id.in_(tagged))
    if wanted.source:
        found.append(Application.source == wanted.source)
    return found + _only(wanted.only, posting, viewer=viewer, now=now, today=today)


def in_list(wanted: Wanted, posting: Posting) -> ColumnElement[bool]:
    """What the table and the list show of a posting: who is undecided; who was hired only to those who look for that stage."""
    hired = any(stage.public_id == wanted.stage and stage.kind is StageKind.HIRED for stage in posting.stages)
    return and_(Application.posting_id == posting.id, Application.state == (ApplicationState.HIRED if hired else ApplicationState.ACTIVE))


def _only(only: Only, posting: Posting, *, viewer: Person, now: datetime, today: date) -> list[ColumnElement[bool]]:
    held = and_(Application.held_at.is_not(None), or_(Application.held_until.is_(None), Application.held_until >= today))
    active = Application.state == ApplicationState.ACTIVE
    if only is Only.LATE:
        return [active, ~held, _late(posting.stages, now)]
    if only is Only.HELD:
        return [active, held]
    if only is Only.KNOCKED_OUT:
        return [Application.knocked_out.is_(True)]
    if only is Only.MINE:
        return [active, ~held, _turn_of(viewer, posting)]
    return []


def _late(stages: Iterable[Stage], now: datetime) -> ColumnElement[bool]:
    return or_(
        false(), *(and_(Application.stage_id == stage.id, Application.stage_since <= now - timedelta(days=stage.target_days + 1)) for stage in stages)
    )


def _turn_of(viewer: Person, posting: Posting) -> ColumnElement[bool]:
    """Whose turn it is, a stage says; an interviewer's it is while they owe a card."""
    turns = {turn for turn, key in ((Turn.RECRUITER, posting.recruiter_id), (Turn.HIRING_MANAGER, posting.hiring_manager_id)) if key == viewer.id}
    asked = [stage.id for stage in posting.stages if stage.turn is Turn.INTERVIEWERS]
    return or_(
        Application.stage_id.in_([stage.id for stage in posting.stages if stage.turn in turns]),
        and_(Application.stage_id.in_(asked), owes_card(viewer)),
    )
