"""The moments of the first months at which somebody's start is looked back on."""

from enum import StrEnum


class Moment(StrEnum):
    """When a review is held: after so many days, or at the end of probation."""

    DAY_30 = "day_30"
    DAY_60 = "day_60"
    DAY_90 = "day_90"
    PROBATION = "probation"
