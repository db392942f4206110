"""What a person reads of those answers in an exam of theirs that people mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.exams.models import Attempt, Response
from training.items.by_hand import criteria_of
from training.marking import queries
from training.marking.judging import CriterionMark, Sheet, by_criterion
from training.marking.models import Mark, MarkKind, Script, ScriptState


@dataclass(frozen=True)
class Amended:
    """A mark put right later."""

    at: datetime
    old_points: str
    new_points: str
    reason: str


@dataclass(frozen=True)
class HandResult:
    """An answer that people mark: criterion by criterion what it earned, once that may be read."""

    is_waiting: bool
    criteria: Sequence[CriterionMark] = ()
    comments: Sequence[str] = ()
    amended: Sequence[Amended] = ()


def hand_results(attempt: Attempt) -> dict[int, HandResult]:
    """Item to how its answer was marked. While any answer of the attempt waits nothing is told of those that are marked."""
    return {script.item_id: _result(script, is_told=not attempt.is_being_marked) for script in queries.scripts_of(attempt)}


def _result(script: Script, *, is_told: bool) -> HandResult:
    if not is_told or script.state is not ScriptState.MARKED:
        return HandResult(is_waiting=True)
    return HandResult(
        is_waiting=False,
        criteria=by_criterion(criteria_of(script.item.criteria), counting(script)),
        comments=[mark.comment for mark in _settling(script) if mark.comment and mark.kind is not MarkKind.AGREED],
        amended=[Amended(one.at, one.old_points, one.new_points, one.reason) for one in script.amendments],
    )


def counting(script: Script) -> list[Sheet]:
    """The sheets that make up what an answer earned: the last amendment, else the mark that settled, else those asked for."""
    if script.amendments:
        latest = script.amendments[-1]
        return [Sheet(tuple(latest.levels), tuple(latest.notes))]
    return [Sheet(tuple(mark.levels), tuple(mark.notes)) for mark in _settling(script)]


def _settling(script: Script) -> Sequence[Mark]:
    return [mark for mark in script.marks if mark.kind is not MarkKind.OWN] or script.marks


def file_names(responses: Mapping[int, Response]) -> dict[int, str]:
    """Item to the name of the file it was answered with; asks for nothing where none was."""
    keys = {item_id: response.answer["file"] for item_id, response in responses.items() if response.answer.get("file")}
    found = queries.files_by_key(list(keys.values())) if keys else {}
    return {item_id: found[key].name for item_id, key in keys.items() if key in found}
