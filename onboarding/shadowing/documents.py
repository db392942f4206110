"""The paper that sums up what somebody has seen while shadowing."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.documents.paper import Paper
from core.documents.rendering import render_pdf
from core.web.i18n import _, force_locale


@dataclass(frozen=True)
class ObjectiveLines:
    """One objective of a session: whether it was seen, and what each wrote."""

    title: str
    outcome: str
    lines: tuple[tuple[str, str], ...]  # label and text


@dataclass(frozen=True)
class SessionPart:
    """One session on the paper."""

    when: str
    where: str
    mentor: str
    stage: str
    feedback: str
    objectives: tuple[ObjectiveLines, ...]


@dataclass(frozen=True)
class Summary:
    """What the paper says, as plain values."""

    person: str
    programme: str
    issued: str
    sessions: tuple[SessionPart, ...]
    language: str
    paper: Paper

    @property
    def title(self) -> str:
        """The document's title."""
        with force_locale(self.language):
            return str(_("Shadowing summary of %(name)s", name=self.person))


def facts(summary: Summary) -> Mapping[str, str]:
    """What the paper shows and anyone may check."""
    with force_locale(summary.language):
        return {str(_("New hire")): summary.person, str(_("Sessions")): str(len(summary.sessions)), str(_("Issued on")): summary.issued}


def shadowing_summary(summary: Summary) -> bytes:
    """The summary as PDF, the same bytes for the same facts."""
    return render_pdf("shadowing_summary.html", context={"summary": summary, "paper": summary.paper}, title=summary.title, language=summary.language)
