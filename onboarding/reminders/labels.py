"""How the daily mail names what waits besides tasks."""

from core.web.i18n import _l
from onboarding.reminders.turns import Act

ACTS = {
    Act.DECIDE_WAIVER: _l("Decide whether a task need be done"),
    Act.ASSESS: _l("Write your assessment"),
    Act.BOOK_REVIEW: _l("Book the review meeting"),
    Act.AGREE_ON_REVIEW: _l("Write down what you agreed on"),
    Act.SIGN_REVIEW: _l("Sign the review"),
    Act.CONSENT: _l("Consent to what a review proposes"),
    Act.DO_AGREED: _l("Do what a review agreed on"),
    Act.AGREE_ON_GOAL: _l("Agree on a goal, or refuse it"),
    Act.CHECK_IN: _l("Check-in"),
    Act.GIVE_FEEDBACK: _l("Give the feedback you were asked for"),
    Act.DECIDE_SESSION: _l("Decide about a shadowing session"),
    Act.OPEN_GATE: _l("Say whether the next stage of shadowing begins"),
    Act.FIND_MENTOR: _l("Find another mentor for a shadowing session"),
    Act.ANSWER_PULSE: _l("Say how you are doing, in a minute"),
}
PLACES = {
    Act.DECIDE_WAIVER: ("tasks.show", "task_id"),
    Act.ASSESS: ("assessments.write", "review_id"),
    Act.BOOK_REVIEW: ("review_meetings.book", "review_id"),
    Act.AGREE_ON_REVIEW: ("agreements.write", "review_id"),
    Act.SIGN_REVIEW: ("reviews.show", "review_id"),
    Act.CONSENT: ("reviews.show", "review_id"),
    Act.DO_AGREED: ("reviews.show_action", "action_id"),
    Act.AGREE_ON_GOAL: ("goals.show", "goal_id"),
    Act.CHECK_IN: ("check_ins.show", "check_in_id"),
    Act.GIVE_FEEDBACK: ("feedback.show", "feedback_id"),
    Act.DECIDE_SESSION: ("shadowing.show", "session_id"),
    Act.OPEN_GATE: ("progress.show", "participation_id"),
    Act.FIND_MENTOR: ("shadowing.show", "session_id"),
    Act.ANSWER_PULSE: ("pulse.answer", "wave"),
}  # the page on which it is done, and what it is called there
