"""Which answers people mark, and setting them out for it. Exams ask here when they are handed in."""

from collections.abc import Sequence

from core.clock import now
from core.db import session
from training.exams.models import Attempt, Response
from training.items.models import BY_HAND, ItemKind
from training.marking.models import Script, ScriptState
from training.regrading.marks import Correction


def is_to_be_marked(kind: ItemKind, response: Response | None, correction: Correction | None) -> bool:
    """Whether somebody has to say what an answer is worth: it is an essay or a file, not left empty, and not decided for everybody already."""
    return kind in BY_HAND and correction is None and response is not None and any(response.answer.values())


def open_scripts(attempt: Attempt, items: Sequence[int]) -> None:
    """Set the answers to these items (inner keys) out for marking, as the terms of the version say. Needs `course_version`."""
    version = attempt.course_version
    for item_id in items:
        script = Script(
            attempt_id=attempt.id,
            item_id=item_id,
            state=ScriptState.OPEN,
            marks_needed=2 if version.double_marking else 1,
            may_differ=version.marks_may_differ,
            waits_since=attempt.submitted_at or now(),
        )
        session.add(script)
    session.flush()
