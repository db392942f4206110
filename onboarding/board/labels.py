"""Words and colours for the stages of an onboarding."""

from typing import Any

from core.web.i18n import _l
from onboarding.board.stages import Stage

STAGES: dict[Stage, Any] = {
    Stage.INVITED: _l("Invited"),
    Stage.PREBOARDING: _l("Preboarding"),
    Stage.PRE_START: _l("Ready for day one"),
    Stage.FIRST_WEEK: _l("First week"),
    Stage.FIRST_MONTH: _l("First month"),
    Stage.RAMPING_UP: _l("Ramping up"),
}
STAGE_HINTS: dict[Stage, Any] = {
    Stage.INVITED: _l("The invitation has not been opened yet."),
    Stage.PREBOARDING: _l("Steps before day one are open."),
    Stage.PRE_START: _l("Everything before day one is done."),
    Stage.FIRST_WEEK: _l("Started less than a week ago."),
    Stage.FIRST_MONTH: _l("Started less than thirty days ago."),
    Stage.RAMPING_UP: _l("Started more than thirty days ago."),
}
