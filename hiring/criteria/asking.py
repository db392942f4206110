"""What a question for candidates must be like, whoever writes it: a posting or a role profile."""

from collections.abc import Sequence

from core.errors import Invalid
from core.people.actions import one_line
from core.web.i18n import _
from hiring.postings.models import QuestionKind

WITH_OPTIONS = frozenset({QuestionKind.ONE_OF, QuestionKind.MANY_OF})
KNOCK_OUT_KINDS = frozenset({QuestionKind.YES_NO, QuestionKind.ONE_OF})
OPTIONS_AT_MOST = 30
OPTION_LONGEST = 200


def option_lines(typed: str | Sequence[str] | None) -> list[str]:
    """Options as they were typed, one a line, without empty lines and what came twice."""
    lines = (typed or "").splitlines() if isinstance(typed, str) or typed is None else typed
    return list(dict.fromkeys(line for line in (one_line(line) for line in lines) if line))


def check_question(kind: QuestionKind, *, knock_out: bool, accepted: str, options: Sequence[str] = (), reason: str = "") -> None:
    """Raise Invalid for options that are missing, and for a knock-out that cannot be one.

    A knock-out asks yes or no or for one of several, accepts at least one answer and not every one, and says why.
    """
    if kind in WITH_OPTIONS:
        _check_options(options)
    if not knock_out:
        return
    if kind not in KNOCK_OUT_KINDS:
        raise Invalid(_("Only a question for yes or no, or for one of several, can be a knock-out."), field="kind")
    if kind is QuestionKind.YES_NO and accepted not in ("yes", "no"):
        raise Invalid(_("Choose which answer is accepted."), field="accepted")
    if kind is QuestionKind.ONE_OF:
        _check_accepted(accepted.split("\n") if accepted else [], options)
    if not reason.strip():
        raise Invalid(_("Say why the work needs it. The reason is kept with every application it concerns."), field="knock_out_reason")


def _check_options(options: Sequence[str]) -> None:
    if len(options) < 2:
        raise Invalid(_("Write at least two options, one a line."), field="options")
    if len(options) > OPTIONS_AT_MOST:
        raise Invalid(_("At most %(count)s options.", count=OPTIONS_AT_MOST), field="options")
    if any(len(option) > OPTION_LONGEST for option in options):
        raise Invalid(_("An option has at most %(count)s characters.", count=OPTION_LONGEST), field="options")


def _check_accepted(accepted: Sequence[str], options: Sequence[str]) -> None:
    if not accepted:
        raise Invalid(_("At least one option has to be accepted."), field="accepted_options")
    unknown = [each for each in accepted if each not in options]
    if unknown:
        raise Invalid(_("“%(option)s” is not one of the options.", option=unknown[0]), field="accepted_options")
    if len(accepted) == len(options):
        raise Invalid(_("Every option is accepted, so this is no knock-out."), field="accepted_options")
