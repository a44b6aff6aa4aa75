"""What makes a message, and which deliveries follow from it."""

import json
from dataclasses import replace

import alertkit
import pytest

from monitor.alerts.messages import compose, compose_all, deliveries_for, from_payload, notice, series_id, to_payload
from monitor.domain.changes import Kind
from monitor.domain.claims import Measure, Scope


def test_a_message_survives_json():
    changes = (alertkit.told(), alertkit.told("x2", Kind.FIRST), alertkit.told("x3", Kind.WITHDRAWN))
    message = alertkit.message(*changes)
    assert from_payload(json.loads(json.dumps(to_payload(message)))) == message


def test_a_figure_to_be_checked_says_so_and_survives_json():
    told = alertkit.told()
    message = alertkit.message(replace(told, change=replace(told.change, check=True)))
    assert message.headline.startswith("Please check: ")
    assert from_payload(json.loads(json.dumps(to_payload(message)))) == message


@pytest.mark.parametrize(("mark", "told"), [("", ""), (" (market)", ", market"), (" (2)", ", number 2")])
def test_a_second_strike_of_one_day_is_told_from_the_first_and_survives_json(mark: str, told: str):
    plain = alertkit.told()
    place, name = "El Fasher", f"El Fasher{mark} 2025-10-26"
    key = replace(plain.change.series, scope=Scope.INCIDENT, place=place, incident=name)
    message = alertkit.message(replace(plain, change=replace(plain.change, series=key)))
    assert f"El Fasher (one incident{told}): " in message.headline
    assert from_payload(json.loads(json.dumps(to_payload(message)))) == message


def test_messages_of_an_earlier_version_are_read():
    payload = to_payload(alertkit.message())
    for item in payload["items"]:
        del item["check"]
        for other in item["others"]:
            del other["check"]
    assert from_payload(payload) == alertkit.message()


@pytest.mark.parametrize(
    "payload", [{}, {"id": "m"}, {"items": [{}]}, {**to_payload(alertkit.message()), "at": "2025"}]
)
def test_other_data_is_no_message(payload: dict):
    with pytest.raises(ValueError, match=r"."):
        from_payload(payload)


def test_all_changes_of_one_article_make_one_message():
    other = alertkit.claim(url="https://elsewhere.example.org/1")
    changes = [alertkit.told("x1"), alertkit.told("x2", measure=Measure.KILLED), alertkit.told("x3", source=other)]
    first, second = compose_all(changes, now=alertkit.NOW)
    assert [item.change_id for item in first.items] == ["x1", "x2"]
    assert [item.change_id for item in second.items] == ["x3"]
    assert first.headline.endswith("says South Korea (and 1 more)")


def test_the_order_of_the_changes_makes_no_other_message():
    changes = [alertkit.told("x1"), alertkit.told("x2", measure=Measure.KILLED)]
    assert alertkit.message(*changes) == alertkit.message(*reversed(changes))


def test_keys_are_stable_and_differ_by_channel_and_change():
    message = alertkit.message()
    first = deliveries_for(message, ["mail", "chat", "mail"], alertkit.NOW)
    again = deliveries_for(replace(message, at=message.at.replace(year=2026)), ["mail", "chat"], alertkit.NOW)
    other = deliveries_for(alertkit.message(alertkit.told("x2")), ["mail", "chat"], alertkit.NOW)
    assert [one.key for one in first] == [one.key for one in again]
    assert len({one.key for one in first + other}) == 4
    assert first[0].change_ids == ("x0123456789ab",)


def test_a_channel_of_several_recipients_gets_a_delivery_for_each():
    addresses = {"mail": ("ann@desk.example", "bob@desk.example"), "one": ("eve@desk.example",)}
    deliveries = deliveries_for(alertkit.message(), ["mail", "one", "chat"], alertkit.NOW, addresses)
    told = [(one.channel, one.payload.get("to")) for one in deliveries]
    assert told == [("mail", "ann@desk.example"), ("mail", "bob@desk.example"), ("one", None), ("chat", None)]
    assert len({one.key for one in deliveries}) == 4
    assert from_payload(deliveries[0].payload) == alertkit.message()


def test_a_notice_is_delivered_once_for_its_identity():
    first = notice("feed bbc silent", "BBC fell silent", ["no entry for 3 days"], now=alertkit.NOW)
    again = notice("feed bbc silent", "BBC fell silent", ["no entry for 4 days"], now=alertkit.NOW)
    assert first.id == again.id
    assert from_payload(to_payload(first)) == first


def test_a_link_leads_to_the_change_where_there_are_pages():
    message = compose("w", (alertkit.told(),), now=alertkit.NOW, public_url="https://figures.example.org/")
    assert message.items[0].link == "https://figures.example.org/changes/x0123456789ab"


def test_series_have_names_of_their_own():
    keys = [alertkit.key(measure, place) for measure in Measure for place in (None, "Kursk")]
    assert len({series_id(key) for key in keys}) == len(keys)


def test_no_message_without_a_change():
    with pytest.raises(ValueError, match="needs a change"):
        compose("w", (), now=alertkit.NOW)


def test_other_parties_that_agree_are_statements_of_their_own():
    told = alertkit.told()
    agreeing = replace(told.others[0], quantity=alertkit.EXACT_4700)
    doubtful = replace(agreeing, party="Russia", check=True)
    (item,) = alertkit.message(replace(told, others=(agreeing, doubtful))).items
    assert item.behind == "2 independent statements, this one in 5 outlets"
    (alone,) = alertkit.message(replace(told, others=())).items
    assert alone.behind == "5 outlets, 2 statements"


def test_the_same_report_for_another_party_is_no_independent_statement():
    told = alertkit.told()
    agreeing = replace(told.others[0], quantity=alertkit.EXACT_4700)
    copied = replace(agreeing, party="Russia", copied=True)
    (item,) = alertkit.message(replace(told, others=(agreeing, copied))).items
    assert item.behind == "2 independent statements, this one in 5 outlets"
    (alone,) = alertkit.message(replace(told, others=(copied,), credit="AFP")).items
    assert alone.behind == "5 outlets, 2 statements: all go back to AFP"
