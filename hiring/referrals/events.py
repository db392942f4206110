"""What the audit trail says about referrals."""

from core.web.i18n import _l

EVENTS = {
    "hiring.referral.link_made": _l("A colleague made a link to hand the posting on"),
    "hiring.referral.came": _l("The application came by a colleague's link"),
}
