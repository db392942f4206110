"""What the audit trail says about reviews: steps, never what was written."""

from core.web.i18n import _l

EVENTS = {
    "onboarding.review.begun": _l("A review of the first months was planned"),
    "onboarding.review.day_moved": _l("A review got another day"),
    "onboarding.review.sent": _l("An assessment was sent for a review"),
    "onboarding.review.amended": _l("A sent assessment of a review was amended"),
    "onboarding.review.meeting_booked": _l("The meeting of a review was booked"),
    "onboarding.review.meeting_moved": _l("The meeting of a review was moved"),
    "onboarding.review.meeting_cancelled": _l("The meeting of a review was cancelled"),
    "onboarding.review.meeting_handed_over": _l("The meeting of a review was handed over to the new manager"),
    "onboarding.review.agreed": _l("What a review agreed on was put forward to be signed"),
    "onboarding.review.reopened": _l("A change was asked for before a review was signed"),
    "onboarding.review.consented": _l("Human resources consented to a review that ends the employment"),
    "onboarding.review.signed_by_one": _l("One side signed a review"),
    "onboarding.review.signed": _l("A review was signed and sealed"),
    "onboarding.review.cancelled": _l("A review was cancelled"),
    "onboarding.review_action.agreed": _l("A review agreed on something to do"),
    "onboarding.review_action.withdrawn": _l("Something to do was taken out of a review"),
    "onboarding.review_action.done": _l("Something a review agreed on was done"),
    "onboarding.review_action.reopened": _l("Something a review agreed on was opened again"),
    "onboarding.job_description.written": _l("A job description got a new version"),
    "onboarding.probation.set": _l("The length of a probation was set"),
}
