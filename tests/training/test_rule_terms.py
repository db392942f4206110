"""What a rule can say beyond one course and some days: worked examples, what is credited, curricula, notice, versions and rules side by side."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.compliance.audience import Audience, Condition, Match, Stretch, Trait
from training.compliance.contradictions import Clash, clash
from training.compliance.credit import Verdict, credits_of, earned, next_course, takings
from training.compliance.expiry import Recurrence, RuleClock, periods
from training.compliance.rule import RuleFact
from training.compliance.standing import Standing, judge, judge_known, part_on
from training.compliance.terms import Combination, DueFrom, Retake, RuleTerms, VersionPolicy, retake_after
from training.requirements.derivation import asked_by, merged

A, B, C = 1, 2, 3
MANAGER = 5
HIRED = date(2026, 3, 1)
STRETCHES = [Stretch(HIRED, None, MANAGER, hired_on=HIRED)]


def rule(number: int = 12, **changes: Any) -> RuleFact:
    """Everybody, 30 days, 12 months, since 2020."""
    terms = {name: changes.pop(name) for name in list(changes) if name in RuleTerms.__dataclass_fields__}
    values: dict[str, Any] = {
        "id": number,
        "public_id": UUID(int=number),
        "lineage": UUID(int=number),
        "number": number,
        "revision": 1,
        "course_id": A,
        "job_role_id": None,
        "due_days": 30,
        "valid_months": 12,
        "window_days": 30,
        "since": date(2020, 1, 1),
        "until": None,
        "terms": RuleTerms(**terms),
    }
    return RuleFact(**{**values, **changes})


def facts(versions: dict[int, list[int]] | None = None, **completed: list[date]) -> Any:
    by_course = {{"a": A, "b": B, "c": C}[name]: days for name, days in completed.items()}
    return SimpleNamespace(completed=by_course, versions=versions or {}, ends={}, exempt={}, started={}, away=[], stretches=STRETCHES)


def judged(asks: RuleFact, known: Any, on: date, stretches: list[Stretch] = STRETCHES) -> Any:
    part = part_on(asks.asks, stretches, on)
    assert part is not None
    return judge_known(asks, part, known, on=on)


# --- worked examples of other products, by which ours can be compared


def test_assigned_on_1_february_and_due_in_two_weeks_completed_on_the_12th_it_expires_on_11_february() -> None:
    since = [Stretch(date(2020, 1, 1), None, MANAGER)]
    asks = rule(since=date(2023, 2, 1), due_days=14)
    on_time = judge(asks, since, completed=[date(2023, 2, 12)], exempt=[], started=[], on=date(2023, 2, 12))
    assert (judge(asks, since, completed=[], exempt=[], started=[], on=date(2023, 2, 1)).due_on, on_time.valid_until) == (
        date(2023, 2, 15),
        date(2024, 2, 11),
    )
    late = [date(2023, 2, 20)]
    states = [judge(asks, since, completed=late, exempt=[], started=[], on=date(2023, 2, day)).state for day in (15, 16, 19, 20)]
    assert states == [Standing.DUE_SOON, Standing.OVERDUE, Standing.OVERDUE, Standing.COMPLIANT]
    assert judge(asks, since, completed=late, exempt=[], started=[], on=late[0]).valid_until == date(2024, 2, 19)


@pytest.mark.parametrize(
    ("notice", "expected"),
    [(None, date(2017, 7, 1)), (0, date(2017, 9, 1)), (10, date(2017, 9, 11))],
)
def test_hired_on_1_june_and_due_30_days_after_joining_a_late_rule_gives_notice(notice: int | None, expected: date) -> None:
    asks = rule(due_from=DueFrom.JOINING, minimum_notice_days=notice, since=date(2017, 9, 1), noticed_from=date(2017, 9, 1))
    known = [Stretch(date(2017, 6, 1), None, MANAGER, hired_on=date(2017, 6, 1))]
    found = judged(asks, facts(), date(2017, 9, 1), known)
    assert (found.due_on, found.state is Standing.OVERDUE) == (expected, notice is None)


def test_by_calendar_it_does_not_slide_and_late_within_the_period_is_enough() -> None:
    asks = rule(valid_months=12, clock=RuleClock(0, Recurrence.CALENDAR, date(2017, 3, 5)))
    for done in (date(2017, 3, 5), date(2018, 3, 4)):
        assert earned(asks, takings(asks, facts(a=[done])), since=HIRED)[0].until == date(2019, 3, 4)


def test_renewed_in_the_window_the_year_goes_on_from_its_old_end_and_late_is_always_possible() -> None:
    asks = rule()
    early = earned(asks, takings(asks, facts(a=[date(2025, 1, 1), date(2025, 12, 15)])), since=HIRED)
    assert [one.until for one in early] == [date(2025, 12, 31), date(2026, 12, 31)]
    late = earned(asks, takings(asks, facts(a=[date(2025, 1, 1), date(2026, 5, 10)])), since=HIRED)
    assert late[-1].until == date(2027, 5, 9)


def test_a_leap_day_is_valid_to_the_last_of_february() -> None:
    asks = rule()
    assert earned(asks, takings(asks, facts(a=[date(2024, 2, 29)])), since=HIRED)[0].until == date(2025, 2, 28)


# --- edge cases that products document as pain


def test_who_was_away_on_the_day_of_recurrence_is_asked_all_the_same() -> None:
    away = [Stretch(date(2024, 1, 1), date(2025, 6, 1), MANAGER), Stretch(date(2025, 9, 1), None, MANAGER)]
    found = judged(rule(), facts(a=[date(2024, 7, 1)]), date(2025, 9, 15), away)
    assert (found.state, found.due_on) == (Standing.NOT_STARTED, date(2025, 10, 1))


def test_who_never_passes_is_overdue_and_stays_it() -> None:
    assert judged(rule(), facts(), date(2029, 1, 1)).state is Standing.OVERDUE


def test_whatever_completes_it_renews_it() -> None:
    asks = rule(combines=Combination.ANY_OF, also=(B,))
    found = judged(asks, facts(a=[date(2026, 3, 5)], b=[date(2027, 2, 20)]), date(2027, 3, 1))
    assert (found.state, found.valid_until) == (Standing.COMPLIANT, date(2028, 3, 4))


def test_rehired_the_last_first_day_counts() -> None:
    again = [
        Stretch(date(2020, 1, 1), date(2021, 1, 1), MANAGER, hired_on=date(2020, 1, 1)),
        Stretch(HIRED, None, MANAGER, hired_on=HIRED),
    ]
    assert judged(rule(due_from=DueFrom.JOINING), facts(), HIRED, again).due_on == date(2026, 3, 31)


# --- what counts of before


@pytest.mark.parametrize(
    ("look_back", "done", "verdict"),
    [
        (None, date(2025, 6, 1), Verdict.COUNTS),
        (None, date(2024, 6, 1), Verdict.LAPSED),
        (365, date(2025, 6, 1), Verdict.COUNTS),
        (90, date(2025, 6, 1), Verdict.TOO_OLD),
        (90, date(2025, 12, 1), Verdict.COUNTS),
        (0, date(2026, 2, 28), Verdict.TOO_OLD),
        (0, HIRED, Verdict.COUNTS),
    ],
)
def test_it_looks_back_so_many_days_and_says_why_not_further(look_back: int | None, done: date, verdict: Verdict) -> None:
    asks = rule(look_back_days=look_back)
    found = judged(asks, facts(a=[done]), date(2026, 3, 2))
    assert (found.completed_on is not None) is (verdict is Verdict.COUNTS)
    assert credits_of(asks, facts(a=[done]), since=HIRED, on=date(2026, 3, 2))[0].verdict is verdict


@pytest.mark.parametrize(
    ("policy", "on", "expected"),
    [
        (VersionPolicy.ANY, date(2026, 12, 1), Standing.COMPLIANT),
        (VersionPolicy.WITHIN, date(2026, 5, 31), Standing.COMPLIANT),
        (VersionPolicy.WITHIN, date(2026, 6, 1), Standing.EXPIRING),
        (VersionPolicy.WITHIN, date(2026, 7, 1), Standing.EXPIRING),
        (VersionPolicy.WITHIN, date(2026, 7, 2), Standing.EXPIRED),
        (VersionPolicy.CURRENT, date(2026, 5, 31), Standing.COMPLIANT),
        (VersionPolicy.CURRENT, date(2026, 6, 1), Standing.EXPIRED),
    ],
)
def test_a_new_version_of_1_june_lets_the_old_one_count_as_the_rule_says(policy: VersionPolicy, on: date, expected: Standing) -> None:
    terms = RuleTerms(version_policy=policy)
    until = retake_after(date(2026, 6, 1), terms)
    retakes = {A: (Retake(date(2026, 6, 1), until, frozenset({100})),)} if until else {}
    asks = rule(version_policy=policy, retakes=retakes, valid_months=24)
    known = facts({A: [100]}, a=[date(2026, 3, 10)])
    assert judged(asks, known, on).state is expected
    if expected is Standing.EXPIRED:
        assert credits_of(asks, known, since=HIRED, on=on)[0].verdict is Verdict.OLD_VERSION
    renewed = facts({A: [100, 101]}, a=[date(2026, 3, 10), date(2026, 6, 15)])
    assert judged(asks, renewed, date(2026, 8, 1)).state is Standing.COMPLIANT


def test_a_version_that_is_a_revision_asks_again_whatever_the_rule_says() -> None:
    assert retake_after(date(2026, 6, 1), RuleTerms(), decided=30) == date(2026, 7, 1)
    assert retake_after(date(2026, 6, 1), RuleTerms(version_policy=VersionPolicy.WITHIN, version_days=10), decided=30) == date(2026, 6, 11)
    assert retake_after(date(2026, 6, 1), RuleTerms()) is None


# --- a curriculum


def test_a_curriculum_is_met_when_all_is_done_in_order_and_names_what_comes_next() -> None:
    asks = rule(combines=Combination.IN_ORDER, also=(B, C))
    known = facts(a=[date(2026, 3, 5)], b=[date(2026, 3, 1), date(2026, 3, 10)])
    assert next_course(asks, known, on=date(2026, 3, 4)) == A
    assert next_course(asks, known, on=date(2026, 3, 5)) == B
    assert next_course(asks, known, on=date(2026, 3, 10)) == C
    assert judged(asks, known, date(2026, 3, 10)).completed_on is None
    words = {(one.course_id, one.day): one.verdict for one in credits_of(asks, known, since=HIRED, on=date(2026, 3, 10))}
    assert words == {(A, date(2026, 3, 5)): Verdict.STEP, (B, date(2026, 3, 1)): Verdict.OUT_OF_ORDER, (B, date(2026, 3, 10)): Verdict.STEP}
    whole = facts(a=[date(2026, 3, 5)], b=[date(2026, 3, 10)], c=[date(2026, 3, 10)])
    assert (judged(asks, whole, date(2026, 3, 11)).valid_until, next_course(asks, whole, on=date(2026, 3, 11))) == (date(2027, 3, 9), A)


def test_a_curriculum_is_renewed_by_doing_all_of_it_again() -> None:
    asks = rule(combines=Combination.IN_ORDER, also=(B,))
    known = facts(a=[date(2026, 3, 5), date(2027, 2, 20)], b=[date(2026, 3, 10), date(2027, 2, 25)])
    assert [one.day for one in takings(asks, known)] == [date(2026, 3, 10), date(2027, 2, 25)]
    assert judged(asks, known, date(2027, 2, 22)).state is Standing.EXPIRING
    assert judged(asks, known, date(2027, 2, 26)).valid_until == date(2028, 3, 9)


# --- five clocks


def test_five_days_are_kept_apart() -> None:
    asks = rule(opens_days=10, access_days=20, clock=RuleClock(grace_days=5))
    due = asks.first_due(HIRED, HIRED)
    clocks = asks.clocks(asks.opens_on(HIRED, due), due, date(2027, 3, 1))
    assert (clocks.available_on, clocks.due_on, clocks.grace_until, clocks.access_until, clocks.expires_on) == (
        date(2026, 3, 21),
        date(2026, 3, 31),
        date(2026, 4, 5),
        date(2026, 4, 25),
        date(2027, 3, 1),
    )


def test_a_fixed_day_is_due_on_it_and_for_who_comes_later_after_the_notice() -> None:
    asks = rule(due_from=DueFrom.FIXED_DAY, fixed_due_on=date(2026, 3, 10), minimum_notice_days=14)
    assert asks.first_due(date(2026, 1, 1), None) == date(2026, 3, 10)
    assert asks.first_due(HIRED, HIRED) == date(2026, 3, 15)


# --- rules side by side


def of(*conditions: tuple[Match, Trait, int]) -> Audience:
    return Audience(tuple(Condition(*one) for one in conditions))


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (rule(1), Clash.SAME_PEOPLE),
        (rule(1, job_role_id=MANAGER), Clash.TOGETHER),
        (rule(1, job_role_id=MANAGER, valid_months=24), Clash.OTHER_VALIDITY),
        (rule(1, job_role_id=MANAGER, clock=RuleClock(0, Recurrence.DUE_DATE)), Clash.OTHER_VALIDITY),
        (rule(1, course_id=B), None),
        (rule(1, combines=Combination.ANY_OF, also=(B,)), None),
        (rule(1, until=date(2019, 1, 1), since=date(2018, 1, 1)), None),
        (rule(1, audience=of((Match.ALL, Trait.LOCATION, 1))), Clash.TOGETHER),
    ],
)
def test_rules_that_ask_the_same_are_told_apart_by_whom_and_how_long(draft: RuleFact, expected: Clash | None) -> None:
    assert clash(draft, rule(2)) is expected


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        (of((Match.ALL, Trait.JOB_ROLE, 1)), of((Match.ALL, Trait.JOB_ROLE, 2)), False),
        (of((Match.ANY, Trait.JOB_ROLE, 1), (Match.ANY, Trait.JOB_ROLE, 3)), of((Match.ALL, Trait.JOB_ROLE, 2)), False),
        (of((Match.ANY, Trait.JOB_ROLE, 1), (Match.ANY, Trait.TAG, 3)), of((Match.ALL, Trait.JOB_ROLE, 2)), True),
        (of((Match.ALL, Trait.JOB_ROLE, 1)), of((Match.NONE, Trait.JOB_ROLE, 1)), False),
        (of((Match.ALL, Trait.TAG, 1)), of((Match.NONE, Trait.TAG, 1)), False),
        (of((Match.ALL, Trait.TAG, 1)), of((Match.ALL, Trait.TAG, 2)), True),
        (of((Match.ALL, Trait.LOCATION, 1)), of((Match.ALL, Trait.JOB_ROLE, 2)), True),
    ],
)
def test_audiences_overlap_unless_nobody_can_be_in_both(one: Audience, other: Audience, overlaps: bool) -> None:
    assert (clash(rule(1, audience=one), rule(2, audience=other)) is not None) is overlaps


def test_two_rules_for_the_same_course_make_one_chain_due_on_the_earlier_day() -> None:
    wide, narrow = rule(1), rule(2, job_role_id=MANAGER, due_days=10)
    known = facts(a=[date(2026, 3, 8)])
    for done in (facts(), known):
        chain = merged([row for asks in (wide, narrow) for row in asked_by(asks, STRETCHES, done)])
        assert (chain[0].due_on, chain[0].rule.number) == (date(2026, 3, 11), 2)
        assert [row.cycle for row in chain] == list(range(1, len(chain) + 1))
    assert len(chain) == 2


def test_a_later_move_into_a_second_rule_makes_no_second_chain_for_what_is_valid() -> None:
    stretches = [Stretch(date(2025, 1, 1), date(2026, 5, 31), 9), Stretch(date(2026, 6, 1), None, MANAGER)]
    known = facts(a=[date(2025, 12, 1)])
    chain = merged([row for asks in (rule(1), rule(2, job_role_id=MANAGER)) for row in asked_by(asks, stretches, known)])
    assert [(row.available_on, row.met_on) for row in chain] == [(date(2025, 1, 1), date(2025, 12, 1)), (date(2026, 11, 1), None)]


dates = st.dates(date(2024, 1, 1), date(2030, 12, 31))
clocks = st.sampled_from([RuleClock(), RuleClock(0, Recurrence.DUE_DATE), RuleClock(0, Recurrence.CALENDAR, date(2024, 1, 1))])


@given(st.lists(dates, max_size=6), st.integers(1, 36), st.integers(0, 60), clocks)
def test_weighing_each_completion_earns_the_same_as_counting_them(completed: list[date], months: int, window: int, clock: RuleClock) -> None:
    asks = rule(valid_months=months, window_days=window, clock=clock)
    done = sorted(completed)
    counted = [(one.completed_on, one.until) for one in periods(done, months=months, window_days=window, clock=clock)]
    assert [(one.day, one.until) for one in earned(asks, takings(asks, facts(a=done)), since=HIRED)] == counted


@given(st.lists(dates, max_size=5), dates, st.integers(1, 36), clocks)
def test_both_ways_of_judging_agree(completed: list[date], on: date, months: int, clock: RuleClock) -> None:
    asks, stretches = rule(valid_months=months, clock=clock), [Stretch(date(2024, 1, 1), None, MANAGER)]
    done = sorted(completed)
    assert judged(asks, facts(a=done), on, stretches) == judge(asks, stretches, completed=done, exempt=[], started=[], on=on)


@given(st.lists(dates, max_size=4), st.lists(dates, max_size=4), st.integers(0, 40))
def test_one_chain_never_has_two_open_cycles_at_a_time(done: list[date], moves: list[date], due: int) -> None:
    days = sorted({date(2024, 1, 1), *moves})
    stretches = [
        Stretch(begin, end - timedelta(days=1) if end else None, MANAGER if place % 2 else 9)
        for place, (begin, end) in enumerate(zip(days, [*days[1:], None], strict=True))
    ]
    chain = merged(
        [row for asks in (rule(1), rule(2, job_role_id=MANAGER, due_days=due)) for row in asked_by(asks, stretches, facts(a=sorted(done)))]
    )
    assert sum(row.met_on is None and row.ended_on is None for row in chain) <= 1
