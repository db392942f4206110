"""What both say of a session: accepted by both, signed in one tap, seen differently, silent for too long, somebody who did not come."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import current_app
from flask.testing import FlaskClient

import onboarding.public
from core.clock import now, today
from core.errors import Conflict, WrongState
from core.people.queries import get_person
from core.people.rights import Role
from onboarding.programmes.models import StageKind
from onboarding.programmes.queries import get_participation_by_key
from onboarding.shadowing import holding
from onboarding.shadowing.actions import accept, move_session
from onboarding.shadowing.holding import Seen
from onboarding.shadowing.models import SessionState
from onboarding.shadowing.times import Stretch
from tests.onboarding.shadows import Scene, SignIn, a_scene, keys_of
from tests.situations import a_colleague


def log_of(scene: Scene, found: Any, seen: str = "yes", **words: str) -> dict[str, str]:
    data = {}
    for key in keys_of(found):
        data |= {f"seen-{key}": seen, f"happened-{key}": words.get("happened", "A client asked for time.")}
    return data


def test_a_session_stands_once_both_have_accepted_and_whoever_did_not_move_it_is_asked_anew(client: FlaskClient) -> None:
    scene = a_scene()
    planned = scene.session(days_ago=-3, accepted=False)
    accept(planned, by=scene.new_hire)
    accept(planned, by=scene.new_hire)
    assert planned.state is SessionState.PROPOSED
    accept(planned, by=scene.mentor)
    assert planned.state is SessionState.CONFIRMED
    mentor = get_person(scene.mentor.public_id)
    day = planned.days[0]
    move_session(planned, [Stretch(day.starts_at + timedelta(days=1), day.ends_at + timedelta(days=1))], by=mentor)
    assert planned.state is SessionState.PROPOSED
    assert planned.mentor_accepted_at is not None and planned.person_accepted_at is None


def test_what_is_typed_is_kept_and_another_window_does_not_overwrite_it(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    held = scene.session()
    address = f"/shadowing/{held.public_id}"
    sign_in(scene.new_hire)
    page = client.get(address).text
    assert f'data-autosave-url="{address}/log/draft"' in page
    first = client.post(f"{address}/log/draft", data={**log_of(scene, held), "version": "0"})
    assert (first.status_code, first.headers["X-Kept-Version"]) == (204, "1")
    assert client.post(f"{address}/log/draft", data={**log_of(scene, held), "version": "0"}).status_code == 409
    refused = client.post(f"{address}/log/draft", data={**log_of(scene, held, happened="CPF 123.456.789-09"), "version": "1"})
    assert refused.status_code == 422 and "CPF" in refused.text
    assert scene.fresh(held).logged_at is None  # a draft says nothing yet
    sign_in(scene.mentor)
    assert "A client asked for time." not in client.get(address).text
    assert client.post(f"{address}/log/draft", data={"version": "1"}).status_code in (403, 409)


def test_a_mentor_signs_off_in_one_tap_from_the_list(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    held = scene.session()
    sign_in(scene.mentor)
    assert "I agree with all of it" not in client.get("/shadowing?when=past").text
    assert client.post(f"/shadowing/{held.public_id}/agree").status_code == 409  # nothing to agree with yet
    scene.log(scene.fresh(held))
    assert f"/shadowing/{held.public_id}/agree" in client.get("/shadowing?when=past").text
    sign_in(scene.new_hire)
    assert client.post(f"/shadowing/{held.public_id}/agree").status_code in (403, 409)
    sign_in(scene.mentor)
    assert client.post(f"/shadowing/{held.public_id}/agree").status_code == 302
    assert client.post(f"/shadowing/{held.public_id}/agree").status_code == 302
    found = scene.fresh(held)
    assert (found.state, [row.mentor_seen for row in found.observations]) == (SessionState.SIGNED_OFF, [True, True])


def test_where_the_two_differ_the_manager_decides_with_a_reason(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    held = scene.session()
    address = f"/shadowing/{held.public_id}"
    scene.log(held)
    keys = keys_of(held)
    sign_in(scene.mentor)
    word = {f"mentor-{keys[0]}": "no", f"note-{keys[0]}": "We never came to it.", f"mentor-{keys[1]}": "yes", "feedback": "Good."}
    client_number = client.post(f"{address}/sign-off", data={**word, f"note-{keys[0]}": "12.345.678/0001-95"})
    assert client_number.status_code == 422
    assert client.post(f"{address}/sign-off", data=word).status_code == 302
    decision = {f"decided-{keys[0]}": "yes", "decision_reason": "I was in the room."}
    for person in (scene.mentor, scene.new_hire):
        sign_in(person)
        assert client.post(f"{address}/decide", data=decision).status_code == 403
        assert "Seen differently" in client.get(address).text
    with current_app.test_request_context():
        titles = {waiting.title for waiting in onboarding.public.waiting_for(scene.manager, on=today())}
    assert "Decide what was seen while shadowing" in titles
    sign_in(a_colleague("Olga Reis", Role.AUDITOR))
    assert client.post(f"{address}/decide", data=decision).status_code == 403
    sign_in(scene.manager)
    assert client.post(f"{address}/decide", data={**decision, "decision_reason": ""}).status_code == 422
    assert client.post(f"{address}/decide", data={"decision_reason": "x"}).status_code == 422
    assert client.post(f"{address}/decide", data=decision).status_code == 302
    assert client.post(f"{address}/decide", data=decision).status_code in (409, 422)
    text = client.get(address).text
    assert "I was in the room." in text and "Decided: seen" in text


def test_after_seven_days_the_two_are_late_and_the_manager_says_whether_it_took_place(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    held = scene.session(days_ago=3)
    address = f"/shadowing/{held.public_id}"
    sign_in(scene.manager)
    assert client.post(f"{address}/settle", data={"outcome": "held", "settle_reason": "x"}).status_code == 409
    with time_machine.travel(now() + timedelta(days=6), tick=False):
        with pytest.raises(WrongState, match="seven days"):
            scene.log(scene.fresh(held))
        with pytest.raises(WrongState, match="seven days"):
            scene.sign(scene.fresh(held))
        sign_in(scene.mentor)
        assert client.post(f"{address}/settle", data={"outcome": "held", "settle_reason": "x"}).status_code == 403
        sign_in(scene.manager)
        assert "Did it take place?" in client.get(address).text
        with current_app.test_request_context():
            titles = {waiting.title for waiting in onboarding.public.waiting_for(scene.manager, on=today())}
        assert "Say whether the shadowing session took place" in titles
        assert client.post(f"{address}/settle", data={"outcome": "held", "settle_reason": ""}).status_code == 422
        assert client.post(f"{address}/settle", data={"outcome": "held", "settle_reason": "Both told me."}).status_code == 302
        found = scene.fresh(held)
        assert found.state is SessionState.SIGNED_OFF and found.logged_at is not None
        assert "Both told me." in client.get(address).text


def test_somebody_who_did_not_come_makes_it_count_for_nothing_until_the_manager_says_otherwise(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    planned, held = scene.session(days_ago=-2), scene.session(days_ago=1)
    address = f"/shadowing/{held.public_id}"
    sign_in(scene.mentor)
    assert client.post(f"/shadowing/{planned.public_id}/no-show", data={"who": "new_hire"}).status_code == 409
    assert client.post(f"{address}/no-show", data={}).status_code == 422
    assert client.post(f"{address}/no-show", data={"who": "new_hire", "note": "Waited for an hour."}).status_code == 302
    assert "Nina Alves did not come." in client.get(address).text
    assert "Other times" in client.get(address).text
    sign_in(scene.new_hire)
    assert client.post(f"{address}/log", data=log_of(scene, held)).status_code == 409
    sign_in(scene.manager)
    assert client.post(f"{address}/settle", data={"outcome": "held", "settle_reason": "I saw both of them there."}).status_code == 302
    found = scene.fresh(held)
    assert (found.state, found.no_show) == (SessionState.SIGNED_OFF, None)


def test_the_host_rates_what_the_new_hire_does_where_parts_are_swapped(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    first = scene.session(days_ago=2)
    scene.log(first)
    scene.sign(first)
    assert get_participation_by_key(scene.participation.id).stage.kind is StageKind.SUPERVISED  # type: ignore[union-attr]
    held = scene.session(days_ago=1)
    scene.log(held)
    address = f"/shadowing/{held.public_id}"
    sign_in(scene.mentor)
    page = client.get(address).text
    assert "How well it was done" in page and "I agree with all of it" not in page
    keys = keys_of(held)
    word = {"feedback": "Calm and clear."} | {f"mentor-{key}": "yes" for key in keys}
    assert client.post(f"{address}/sign-off", data=word).status_code == 422
    assert client.post(f"{address}/sign-off", data={**word, f"rating-{keys[0]}": "9"}).status_code == 422
    assert client.post(f"{address}/sign-off", data=word | {f"rating-{key}": "3" for key in keys}).status_code == 302
    sign_in(scene.new_hire)
    assert "3: with a little help" in client.get(address).text


def test_the_summary_is_printed_once_its_session_is_signed_and_seen_by_those_in_it(client: FlaskClient, sign_in: SignIn) -> None:
    scene = a_scene()
    held = scene.session()
    address = f"/shadowing/{held.public_id}"
    sign_in(scene.new_hire)
    assert client.post(f"{address}/summary").status_code == 409
    assert client.get(f"{address}/summary.pdf").status_code == 404
    scene.log(scene.fresh(held))
    scene.sign(scene.fresh(held))
    assert client.post(f"{address}/summary").status_code == 302
    answer = client.get(f"{address}/summary.pdf")
    assert answer.data.startswith(b"%PDF")
    whole = f"/shadowing/progress/{scene.participation.public_id}/summary"
    assert client.post(whole).status_code == 302
    assert client.get(f"{whole}.pdf").data.startswith(b"%PDF")
    sign_in(a_colleague("Rui Paz", Role.MENTOR))
    assert client.get(f"{address}/summary.pdf").status_code == 404
    assert client.post(f"{address}/summary").status_code == 404


def test_two_windows_do_not_overwrite_a_log_that_was_handed_in(client: FlaskClient) -> None:
    scene = a_scene()
    held = scene.session()
    scene.log(held)
    with pytest.raises(Conflict):
        holding.write_log(held, {row.objective_id: Seen(False) for row in held.observations}, by=scene.new_hire, version=0)
