"""What is done to a posting's plan of stages: added, changed, reordered, removed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import update

from core.audit.record import record
from core.clock import now
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.actions import relocate_application
from hiring.blind.actions import first_named, keep_stages_blind
from hiring.interviews.models import Interview
from hiring.plans.models import PlanRound
from hiring.postings.models import Posting, Stage, StageKind, Turn
from hiring.postings.queries import lock_posting
from hiring.search.asking import ask_for_index_by_key
from hiring.stages import policy, queries

MOST = 20
MOVED_AT_ONCE = 200
INDEXED_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class StageText:
    """A stage as it was typed."""

    name: str
    kind: StageKind = StageKind.INTERVIEW
    target_days: int = 5
    turn: Turn = Turn.RECRUITER
    cards_needed: int = 0
    screeners_needed: int = 0
    references_needed: int = 0


def add_stage(posting: Posting, text: StageText, *, by: Person, version: int) -> Stage:
    """Add a stage behind the last one of its kind or of an earlier one. Needs `posting.stages` and `members`."""
    _hold(posting, by, version)
    stages = list(posting.stages)
    if len(stages) >= MOST:
        raise Conflict(_("A posting has at most %(most)s stages.", most=MOST))
    _check(text, stages, None)
    named_from = first_named(stages)
    stage = Stage(**{**asdict(text), "name": one_line(text.name)}, position=MOST + 1)
    order = list(StageKind)
    place = max(at for at, known in enumerate(stages) if order.index(known.kind) <= order.index(text.kind)) + 1
    posting.stages.append(stage)
    session.flush()
    planned = [*stages[:place], stage, *stages[place:]]
    _put_in_order(planned)
    keep_stages_blind(planned, named_from=named_from)
    _close(posting, "hiring.stage.added", by, {"stage": stage.id, **_written(text)})
    return stage


def change_stage(stage: Stage, posting: Posting, text: StageText, *, by: Person, version: int) -> None:
    """Change what a stage is called and asks for. Whoever stands in it is found under the new name."""
    _hold(posting, by, version)
    _check(text, posting.stages, stage)
    if text.kind is not stage.kind and policy.is_end(stage, posting.stages):
        raise Invalid(_("The first and the last stage keep their kind."), field="kind")
    wanted = {**asdict(text), "name": one_line(text.name)}
    changed = {name: [_plain(getattr(stage, name)), _plain(value)] for name, value in wanted.items() if getattr(stage, name) != value}
    named_from = first_named(posting.stages)
    for name, value in wanted.items():
        setattr(stage, name, value)
    if "kind" in changed:
        keep_stages_blind(list(posting.stages), named_from=named_from)
    if changed:
        _close(posting, "hiring.stage.changed", by, {"stage": stage.id, **changed})
    if "name" in changed or "kind" in changed:
        _index_anew(stage)


def shift_stage(stage: Stage, posting: Posting, *, places: int, by: Person, version: int) -> None:
    """Move a stage among the others; the first and the last stay where they are."""
    _hold(posting, by, version)
    stages = list(posting.stages)
    at = stages.index(stage)
    to = at + places
    if policy.is_end(stage, stages) or not 0 < to < len(stages) - 1:
        raise Invalid(_("The first stage stays first and the last stays last."))
    named_from = first_named(stages, besides=stage)
    stages.insert(to, stages.pop(at))
    _put_in_order(stages)
    keep_stages_blind(stages, named_from=named_from)
    _close(posting, "hiring.stage.reordered", by, {"stage": stage.id, "places": places})


def remove_stage(stage: Stage, posting: Posting, *, into: Stage | None, by: Person, version: int) -> int:
    """Take a stage out of the plan; those who stand in it go `into` another. Returns how many did.

    Raises Invalid when somebody stands there and nothing was chosen, Conflict when they are too many to move at once.
    """
    _hold(posting, by, version)
    if policy.is_end(stage, posting.stages):
        raise Invalid(_("The first and the last stage cannot be removed."))
    session.refresh(stage, attribute_names=["removed_at"], with_for_update=True)
    if into is not None and (into.posting_id != posting.id or into.id == stage.id or into.kind is StageKind.HIRED or into.removed_at is not None):
        raise Invalid(_("Choose another stage of this posting."), field="into")
    standing = queries.active_in(stage, limit=MOVED_AT_ONCE + 1)
    if standing and into is None:
        raise Invalid(_("Applications stand in this stage. Say where they go."), field="into")
    if len(standing) > MOVED_AT_ONCE:
        raise Conflict(_("More than %(most)s applications stand in this stage. Move them from the list first.", most=MOVED_AT_ONCE))
    remaining = [each for each in posting.stages if each.id != stage.id]
    target = into or remaining[max(0, list(posting.stages).index(stage) - 1)]
    for application in standing:
        relocate_application(application, to_stage=target, by=by)
    # what is planned there goes with them: cards that are required there stay required
    for table in (Interview, PlanRound) if target.kind is StageKind.INTERVIEW else (Interview,):
        session.execute(update(table).where(table.stage_id == stage.id).values(stage_id=target.id))
    stage.removed_at, stage.replaced_by_id, stage.position = now(), target.id, -MOST - stage.id
    session.flush()
    _put_in_order(remaining)
    keep_stages_blind(remaining, named_from=first_named(remaining))
    session.expire(posting, ["stages"])
    _close(posting, "hiring.stage.removed", by, {"stage": stage.id, "into": target.id, "moved": len(standing)})
    return len(standing)


def _hold(posting: Posting, by: Person, version: int) -> None:
    lock_posting(posting)
    if not policy.can_plan(by, posting):
        raise NotAllowed(_("Only its recruiters change the stages of a posting, until it is filled or archived."))
    if posting.version != version:
        raise Conflict(_("Somebody else changed this posting in the meantime. Reload the page to see its stages as they are now."))


def _check(text: StageText, stages: Sequence[Stage], own: Stage | None) -> None:
    name = one_line(text.name)
    if not name:
        raise Invalid(_("A stage needs a name."), field="name")
    if any(name.casefold() == each.name.casefold() for each in stages if each is not own):
        raise Invalid(_("Another stage has this name."), field="name")
    if (own is None or own.kind is not text.kind) and text.kind in (StageKind.NEW, StageKind.HIRED):
        raise Invalid(_("A posting has one first and one last stage."), field="kind")


def _put_in_order(stages: Sequence[Stage]) -> None:
    """Number the stages anew, by way of numbers nobody has: the table lets no two have the same."""
    if [stage.position for stage in stages] == list(range(len(stages))):
        return
    for at, stage in enumerate(stages):
        stage.position = 2 * MOST + at
    session.flush()
    for at, stage in enumerate(stages):
        stage.position = at
    session.flush()


def _index_anew(stage: Stage) -> None:
    keys = queries.keys_in(stage)
    for start in range(0, len(keys), INDEXED_AT_ONCE):
        ask_for_index_by_key(*keys[start : start + INDEXED_AT_ONCE])


def _written(text: StageText) -> dict[str, object]:
    return {name: _plain(value) for name, value in asdict(text).items() if name != "name"}


def _plain(value: object) -> object:
    return value.value if isinstance(value, StageKind | Turn) else value


def _close(posting: Posting, event: str, by: Person, changes: dict[str, object]) -> None:
    posting.changed_at = now()
    session.flush()
    record(event, posting, by=by, changes=changes)
