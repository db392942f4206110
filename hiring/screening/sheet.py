"""The screening sheet: each criterion with its marks and the passages that speak for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hiring.applications.models import Application
from hiring.postings.models import Criterion
from hiring.screening.evidence import Passage
from hiring.screening.matching import Sent, Synonyms
from hiring.screening.models import ScreeningMark
from hiring.screening.scoring import Score, Weighed, score


@dataclass(frozen=True)
class Row:
    """One criterion on the sheet. `mine` is the viewer's own mark, `others` those of colleagues as (name, mark)."""

    criterion: Criterion
    mine: int | None
    note: str
    others: list[tuple[str, int]]
    passages: Sequence[Passage]

    @property
    def disagreement(self) -> bool:
        """Whether two screeners are two or more marks apart."""
        given = [mark for _name, mark in self.others] + ([self.mine] if self.mine else [])
        return len(given) > 1 and max(given) - min(given) >= 2


@dataclass(frozen=True)
class Sheet:
    """All rows and what the marks add up to: those the viewer may see. `others_hidden` tells that there may be more."""

    rows: list[Row]
    score: Score
    others_hidden: bool
    screened_by: int


def sheet_of(
    application: Application,
    criteria: Sequence[Criterion],
    marks: Sequence[ScreeningMark],
    *,
    viewer_key: int,
    sent: Sent | None = None,
    synonyms: Synonyms = (),
) -> Sheet:
    """The sheet of one application as one screener sees it, with the passages of `sent` that speak for each criterion.

    Needs `posting` to be loaded.
    """
    done = screeners_done([criterion.id for criterion in criteria], [(mark.by_id, mark.criterion_id) for mark in marks])
    others_hidden = hides_others(application.posting.screeners, done, viewer_key)
    marks = visible_marks(application, criteria, marks, viewer_key=viewer_key)
    rows = []
    for criterion in criteria:
        given = [mark for mark in marks if mark.criterion_id == criterion.id]
        own = next((mark for mark in given if mark.by_id == viewer_key), None)
        rows.append(
            Row(
                criterion=criterion,
                mine=own.mark if own else None,
                note=own.note if own else "",
                others=[(mark.by.name, mark.mark) for mark in given if mark.by_id != viewer_key],
                passages=sent.passages_for(criterion, language=application.posting.language, synonyms=synonyms) if sent else [],
            )
        )
    weighed = [Weighed(criterion.id, criterion.must_have, criterion.weight) for criterion in criteria]
    by_criterion = {criterion.id: [mark.mark for mark in marks if mark.criterion_id == criterion.id] for criterion in criteria}
    return Sheet(rows, score(weighed, by_criterion), others_hidden, len(done))


def visible_marks(
    application: Application, criteria: Sequence[Criterion], marks: Sequence[ScreeningMark], *, viewer_key: int
) -> Sequence[ScreeningMark]:
    """The marks the viewer may see now: all, or only their own. Needs `posting` to be loaded."""
    done = screeners_done([criterion.id for criterion in criteria], [(mark.by_id, mark.criterion_id) for mark in marks])
    hidden = hides_others(application.posting.screeners, done, viewer_key)
    return [mark for mark in marks if mark.by_id == viewer_key] if hidden else marks


def screeners_done(criteria: Sequence[int], marks: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Who has marked every criterion. `criteria` are keys, `marks` pairs of who marked and which criterion."""
    by_screener: dict[int, set[int]] = {}
    for screener, criterion in marks:
        by_screener.setdefault(screener, set()).add(criterion)
    return frozenset(screener for screener, marked in by_screener.items() if marked.issuperset(criteria)) if criteria else frozenset()


def hides_others(wanted: int, done: frozenset[int], viewer_key: int) -> bool:
    """Whether the marks of others stay hidden from a viewer: several screeners are wanted, and neither they nor the viewer are done."""
    return wanted > 1 and viewer_key not in done and len(done) < wanted
