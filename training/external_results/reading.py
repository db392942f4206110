"""Reading a file of results: its columns, then line by line what is meant or why it cannot be. Pure."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from core.errors import Invalid
from core.people.folding import folded
from core.web.i18n import _
from training.exams.grading import read_number

MOST_LINES = 5000
LONGEST = 200
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
NAMES: dict[str, tuple[str, ...]] = {
    "email": ("email", "e-mail"),
    "course": ("course", "curso", "course code", "codigo do curso"),
    "day": ("completed on", "completed_on", "date", "concluido em", "data"),
    "score": ("score", "nota"),
    "result": ("result", "resultado"),
    "provider": ("provider", "instituicao"),
    "reference": ("reference", "referencia", "certificate", "certificado"),
}
NEEDED = ("email", "course", "day")
RESULTS = {"passed": True, "aprovado": True, "yes": True, "sim": True, "failed": False, "reprovado": False, "no": False, "nao": False}


@dataclass(frozen=True)
class Line:
    """A line as it was written, cells by what they mean."""

    number: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """What the line says there."""
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Result:
    """What a sound line says, apart from whom and which course it names."""

    day: date
    score: Decimal | None
    passed: bool | None
    provider: str
    reference: str


def decoded(content: bytes) -> str:
    """The text of a file, as spreadsheets write it. Raises Invalid for what is no text."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid(_("This is not a CSV file. Save the spreadsheet as CSV (UTF-8) and send that."), field="file")


def read_lines(text: str) -> list[Line]:
    """The lines under the head. Raises Invalid, naming what is wrong, when there is no head, no line, or too many."""
    head, _rest, _more = text.partition("\n")
    separator = max((";", "\t", ","), key=head.count)
    reader = csv.reader(StringIO(text), delimiter=separator, strict=True)
    try:
        columns = _columns(next(reader, []))
        lines, begun = [], reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append(Line(begun, _cells(columns, cells)))
            begun = reader.line_num + 1
            if len(lines) > MOST_LINES:
                raise Invalid(_("At most %(most)s lines at once. Split the file.", most=MOST_LINES), field="file")
    except csv.Error:
        raise Invalid(_("Line %(number)s cannot be read: a quotation mark is missing or too many.", number=reader.line_num), field="file") from None
    if not lines:
        raise Invalid(_("There is no line under the head of this file."), field="file")
    return lines


def _columns(head: Sequence[str]) -> list[str]:
    known = {name: column for column, names in NAMES.items() for name in names}
    columns = [known.get(folded(cell.strip()), "") for cell in head]
    strange = [cell.strip()[:40] for cell, column in zip(head, columns, strict=True) if not column and cell.strip()]
    if strange:
        raise Invalid(_("The column “%(name)s” is not known. Take it out, or name it as below.", name=strange[0]), field="file")
    missing = [NAMES[column][0] for column in NEEDED if column not in columns]
    if missing:
        raise Invalid(_("The first line must name the columns; “%(name)s” is missing.", name=missing[0]), field="file")
    twice = [column for column in columns if column and columns.count(column) > 1]
    if twice:
        raise Invalid(_("The column “%(name)s” stands twice.", name=NAMES[twice[0]][0]), field="file")
    return columns


def _cells(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    found = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        found["too_many"] = "yes"
    return found


def read_result(line: Line, *, today: date) -> Result:
    """What the line says. Raises Invalid with the reason it cannot be meant so."""
    if line.cell("too_many"):
        raise Invalid(_("There are more cells than columns. Put text that holds the separator in quotation marks."))
    long = next((name for name, cell in line.cells.items() if len(cell) > LONGEST), None)
    if long is not None:
        raise Invalid(_("A cell is longer than %(most)s characters.", most=LONGEST))
    day, score, passed = _day(line.cell("day"), today=today), _score(line.cell("score")), _passed(line.cell("result"))
    if score is None and passed is None:
        raise Invalid(_("Give a score or a result."))
    return Result(day, score, passed, line.cell("provider"), line.cell("reference"))


def _day(text: str, *, today: date) -> date:
    for shape in DAYS:
        try:
            day = datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        if day > today:
            raise Invalid(_("%(day)s is still to come.", day=day.isoformat()))
        if day.year >= 1950:
            return day
    raise Invalid(_("“%(text)s” is not a day such as 2026-11-30.", text=text[:40]))


def _score(text: str) -> Decimal | None:
    if not text:
        return None
    score = read_number(text)
    if score is None or not 0 <= score <= 100:
        raise Invalid(_("“%(text)s” is not a score from 0 to 100.", text=text[:40]))
    return score


def _passed(text: str) -> bool | None:
    if not text:
        return None
    if folded(text) not in RESULTS:
        raise Invalid(_("“%(text)s” is not a result: write passed or failed.", text=text[:40]))
    return RESULTS[folded(text)]
