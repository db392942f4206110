"""How far on the way in somebody is, by the calendar and by what they have done. Pure."""

from enum import StrEnum


class Stage(StrEnum):
    """The stages of an onboarding, in order."""

    INVITED = "invited"
    PREBOARDING = "preboarding"
    PRE_START = "pre_start"
    FIRST_WEEK = "first_week"
    FIRST_MONTH = "first_month"
    RAMPING_UP = "ramping_up"


WEEK, MONTH = 7, 30
