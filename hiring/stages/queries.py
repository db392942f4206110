"""Reading who stands in the stages of a posting."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from hiring.applications.models import Application, ApplicationState, Candidate
from hiring.postings.models import Posting, Stage


def stage_of(posting: Posting, stage_id: UUID) -> Stage:
    """A stage of this posting, which is loaded with its stages. Raises NotFound."""
    for stage in posting.stages:
        if stage.public_id == stage_id:
            return stage
    raise NotFound


def counts_in(posting: Posting) -> dict[int, int]:
    """How many applications are active in each stage, by the stage's inner key."""
    query = select(Application.stage_id, func.count()).where(Application.posting_id == posting.id, Application.state == ApplicationState.ACTIVE)
    return dict(iter(session.execute(query.group_by(Application.stage_id).order_by(Application.stage_id))))


def active_in(stage: Stage, *, limit: int) -> Sequence[Application]:
    """The active applications in a stage with their candidates, longest waiting first."""
    query = select(Application).where(Application.stage_id == stage.id, Application.state == ApplicationState.ACTIVE)
    loaded = joinedload(Application.candidate).joinedload(Candidate.person)
    return session.scalars(query.options(loaded).order_by(Application.stage_since, Application.id).limit(limit)).all()


def keys_in(stage: Stage) -> Sequence[int]:
    """The inner keys of every application in a stage, decided ones too."""
    return session.scalars(select(Application.id).where(Application.stage_id == stage.id).order_by(Application.id)).all()
