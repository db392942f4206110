"""What kinds of module and of change there are."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What a new version asks of those who hold an earlier one."""

    EDIT = "edit"  # nothing before they renew
    REVISION = "revision"  # to complete it within some days


class UnderWay(StrEnum):
    """What a new version means for those in the middle of an earlier one."""

    FINISH = "finish"  # they may finish what they began, for some days
    START_OVER = "start_over"  # they go on with the new one


class ModuleKind(StrEnum):
    """What a module consists of."""

    TEXT = "text"
    PDF = "pdf"
    VIDEO = "video"  # a file kept here
    LINK = "link"  # a page or video elsewhere
    ACKNOWLEDGEMENT = "acknowledgement"  # a statement confirmed by name
