"""What the audit trail says about policies."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.policy.published": _l("A version of a policy was published"),
    "onboarding.policy.acknowledged": _l("A policy was read and acknowledged"),
}
