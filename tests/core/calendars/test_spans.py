"""Saying when something is."""

from datetime import UTC, datetime

import pytest

from core.calendars.spans import full_span, same_clock, short_span

AT_TWO, AT_THREE = datetime(2026, 12, 3, 17, tzinfo=UTC), datetime(2026, 12, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en", "3 Dec, 14:00–15:00 (America/Sao_Paulo)"), ("pt_BR", "3 dez., 14:00–15:00 (America/Sao_Paulo)")],
)
def test_a_short_span_names_day_hours_and_zone(locale: str, expected: str) -> None:
    assert short_span(AT_TWO, AT_THREE, zone="America/Sao_Paulo", locale=locale) == expected


def test_a_full_span_names_the_weekday_too() -> None:
    said = full_span(AT_TWO, AT_THREE, zone="America/Sao_Paulo", locale="pt_BR")
    assert said == "quinta-feira, 3 de dezembro de 2026, 14:00–15:00 (America/Sao_Paulo)"


def test_a_span_over_midnight_names_both_days() -> None:
    assert short_span(AT_TWO, AT_THREE, zone="Asia/Kolkata", locale="en") == "3 Dec, 22:30–23:30 (Asia/Kolkata)"
    assert short_span(AT_TWO, AT_THREE, zone="Asia/Dhaka", locale="en") == "3 Dec, 23:00 – 4 Dec, 00:00 (Asia/Dhaka)"


def test_zones_whose_clocks_agree_that_day_are_the_same() -> None:
    assert same_clock(AT_TWO, "America/Sao_Paulo", "America/Bahia")
    assert not same_clock(AT_TWO, "America/Sao_Paulo", "America/Manaus")
