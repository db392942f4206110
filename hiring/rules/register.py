"""Every rule that acts, sorts or counts without a person deciding. Tests insist that no task of the timetable is missing here."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString

from core.web.i18n import _l
from hiring.applications import knock_outs


class Effect(StrEnum):
    """What a rule may do to a candidate."""

    NOTHING = "nothing"
    ORDERS = "orders"
    MARKS = "marks"
    ENDS = "ends"
    TELLS = "tells"


EFFECTS = {
    Effect.NOTHING: (_l("Counts or keeps, and touches nobody"), "neutral"),
    Effect.ORDERS: (_l("Sorts what people look at"), "info"),
    Effect.MARKS: (_l("Shows a mark for a person to judge"), "warning"),
    Effect.ENDS: (_l("Ends something at its day"), "warning"),
    Effect.TELLS: (_l("Sends a mail"), "info"),
}


@dataclass(frozen=True)
class AutomaticRule:
    """One rule. `version` rises with every change of what it does; `tasks` are the timetable's names for it."""

    name: LazyString
    purpose: LazyString
    inputs: LazyString
    effect: Effect
    version: int
    tasks: tuple[str, ...] = ()


RECRUITING = _l("Head of recruiting")
RULES = (
    AutomaticRule(
        _l("Knock-out questions"),
        _l("Marks an application whose answer to a knock-out question is not an accepted one. Without the next rule it stays where it stands."),
        _l("The answers to the posting's knock-out questions"),
        Effect.MARKS,
        2,
    ),
    AutomaticRule(
        _l("Declining after a knock-out answer"),
        _l(
            "Only where the posting says so: declines an application with a knock-out answer. The letter goes out days later, and until then "
            "whoever decides sees it and can take it back."
        ),
        _l("The answers to the posting's knock-out questions; the reason kept with each question"),
        Effect.ENDS,
        knock_outs.RULE_VERSION,
    ),
    AutomaticRule(
        _l("Passages for a criterion"),
        _l("Shows lines of the résumé and the answers that share words with a criterion. They are no score and decide nothing."),
        _l("The text of the résumé and the answers, without lines of addresses and telephones; the words of the criterion"),
        Effect.MARKS,
        1,
    ),
    AutomaticRule(
        _l("Share of the best marks"),
        _l("Adds up the marks people gave, by the weights agreed before the first application. Must-haves stand apart. It decides nothing."),
        _l("Marks of screeners; weights of criteria"),
        Effect.MARKS,
        1,
    ),
    AutomaticRule(
        _l("Order of the inbox and the board"),
        _l("Whoever waits longest stands first. Nothing moves anybody up or down unless somebody asks for the other order."),
        _l("When the application arrived, and since when it stands in its stage"),
        Effect.ORDERS,
        1,
    ),
    AutomaticRule(
        _l("Most words first"),
        _l(
            "Only where somebody asks for this order, within one posting: those first in whose words most of what the criteria "
            "say was found. It says so above the list, helps to begin, and decides nothing."
        ),
        _l("The text of the résumé and the answers; the words of the criteria; the role's own list of synonyms"),
        Effect.ORDERS,
        1,
    ),
    AutomaticRule(
        _l("What a résumé suggests"),
        _l(
            "Offers the candidate name, e-mail, phone and links found in their résumé, one by one, while they fill in the form. "
            "Nothing is taken over unasked."
        ),
        _l("The text of the résumé, where the candidate asks for it to be read"),
        Effect.NOTHING,
        1,
    ),
    AutomaticRule(
        _l("Order of search results"),
        _l("Shows what fits the words searched for, the latest arrived first. There is no rank by fitness."),
        _l("The words searched for; the text of applications; their tags, stages and sources"),
        Effect.ORDERS,
        1,
        ("hiring.index_what_is_due",),
    ),
    AutomaticRule(
        _l("The same person again"),
        _l(
            "Suggests that two candidates may be one person, to somebody who sees all of both. A person compares and decides; "
            "nothing follows by itself."
        ),
        _l("E-mail and phone of candidates; the file of the résumé together with the name"),
        Effect.MARKS,
        1,
    ),
    AutomaticRule(
        _l("Saved searches"),
        _l("Tells colleagues once a day which new applications fit a search they kept."),
        _l("The kept search; what its owner may see"),
        Effect.TELLS,
        1,
        ("hiring.tell_of_saved_searches",),
    ),
    AutomaticRule(
        _l("Deadline of a posting"),
        _l("Takes a posting off the careers pages after its last day, and closes it once everybody who applied has an answer."),
        _l("The deadline, where the work is"),
        Effect.ENDS,
        1,
        ("hiring.close_postings",),
    ),
    AutomaticRule(
        _l("Deletion a candidate asked for"),
        _l("Deletes what tells who a candidate was, three days after they asked for it and unless they call it back."),
        _l("What the candidate asked for"),
        Effect.ENDS,
        1,
        ("hiring.erase_what_is_due",),
    ),
    AutomaticRule(
        _l("Last day of an offer"),
        _l("Lets an offer lapse after its last day, and reminds the candidate three days and one day before."),
        _l("The last day to accept, where the work is"),
        Effect.ENDS,
        1,
        ("hiring.expire_offers", "hiring.remind_of_offers"),
    ),
    AutomaticRule(
        _l("Reminders of interviews"),
        _l("Reminds before an interview and of a missing scorecard the day after; tells who schedules when an interviewer has left."),
        _l("When the interview begins and ends; who declined; which scorecards were sent"),
        Effect.TELLS,
        1,
        ("hiring.remind_of_interviews", "hiring.ask_for_cards", "hiring.tell_of_seats_to_fill"),
    ),
    AutomaticRule(
        _l("Who sits where one of several may"),
        _l("Takes whoever is free and has the fewest interviews in the days looked at."),
        _l("Calendars, hours and holidays of the interviewers named"),
        Effect.NOTHING,
        1,
    ),
    AutomaticRule(
        _l("Last opening of a posting"),
        _l("Marks a posting as filled when its last opening is, and tells the recruiter who still waits. A person answers them."),
        _l("Accepted offers; the number of openings"),
        Effect.ENDS,
        1,
    ),
    AutomaticRule(
        _l("Pay out of the range"),
        _l("Asks for one approval more when the pay of an offer lies outside the posting's range, or cannot be compared with it."),
        _l("The salary of the offer; the range of the posting"),
        Effect.NOTHING,
        1,
    ),
    AutomaticRule(
        _l("Figures"),
        _l("Counts how many came how far, how long it took, and where they came from."),
        _l("Applications, their moves, offers, interviews and scorecards"),
        Effect.NOTHING,
        1,
        ("hiring.count_insight",),
    ),
    AutomaticRule(
        _l("Adverse impact"),
        _l("Counts by group how many passed each step, to find out whether groups are treated alike. No single person is looked at."),
        _l("Answers to the optional survey; decisions"),
        Effect.NOTHING,
        2,
        ("hiring.count_groups",),
    ),
    AutomaticRule(
        _l("Forms left half filled in"),
        _l("Deletes the files and the words of a form that was not sent within a day."),
        _l("When the file was chosen, or something was typed"),
        Effect.NOTHING,
        2,
        ("hiring.forget_held_resumes",),
    ),
)
