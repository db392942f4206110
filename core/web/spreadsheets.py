"""Tables for spreadsheets: CSV and XLSX in which nothing a person typed is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four are their full-width forms
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | None


def defused(cell: str) -> str:
    """A cell that a spreadsheet shows as it was typed: what could be a formula gets an apostrophe in front."""
    return "'" + cell if cell.lstrip(" \u00a0").startswith(DANGEROUS) else cell


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as CSV with a mark at the beginning by which spreadsheets know UTF-8. Numbers stay numbers."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([defused(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def xlsx_bytes(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as a workbook of one sheet, the first row its head. Text is always text there, whatever it begins with."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("".join(letter for letter in title if letter not in "[]:*?/\\")[:31] or "1")
        bold = book.add_format({"bold": True})
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                look = bold if line == 0 else None
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell, look)
                elif cell is not None:
                    sheet.write_number(line, column, cell, look)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()
