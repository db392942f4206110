"""Onboarding goes by the days of a place, and tests name days as they are in UTC: both are the same at noon."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from time_machine import travel


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let each test begin at noon of today, whenever it runs."""
    with travel(datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0), tick=True):
        yield
