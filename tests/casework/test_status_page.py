"""The page in Airflow: what matters first, nothing that runs, nothing unescaped."""

from __future__ import annotations

from lxml import html

from gci.casework.cases import cases
from gci.casework.status import status
from gci.core.paths import DataFolders
from gci.orchestration.ui.room import room
from gci.orchestration.ui.status_page import SHOW, status_page
from gci.reference.seeds import members


def page(folders: DataFolders, show: str = "") -> html.HtmlElement:
    text = status_page(status("2026", folders), cases("2026", None, folders), ["2024", "2026"], show, "/gci")
    return html.fromstring(text)


def codes(shown: html.HtmlElement) -> list[str]:
    return [small.text for small in shown.xpath("//tbody/tr/td[1]/small")]


def test_every_state_is_there_and_those_who_need_attention_first(april: DataFolders) -> None:
    found = codes(page(april))
    assert len(found) == len(members("2026"))
    # A refused file is more urgent than two focal points, that than a missing answer, that than a partner's data.
    order = [found.index(iso3) for iso3 in ("ISL", "SWE", "EST", "DEU", "FRA")]
    assert order == sorted(order)
    assert set(found[:2]) == {"ISL", "LVA"}


def test_filters_show_what_they_say(april: DataFolders) -> None:
    assert set(codes(page(april, "refused"))) == {"LVA", "POL", "ISL"}
    assert codes(page(april, "incomplete")) == ["EST"]
    assert codes(page(april, "overdue")) == []
    assert len(codes(page(april, "nothing"))) == len(members("2026")) - 8
    assert len(codes(page(april, "of nothing that is known"))) == len(members("2026"))
    links = page(april).xpath("//nav[@class='show']/a/@href")
    assert links == [f"/gci/status/2026?show={name}" for name in SHOW]


def test_it_loads_and_runs_nothing_and_what_strangers_wrote_is_text(april: DataFolders) -> None:
    shown = page(april)
    assert shown.xpath("//script | //link | //img | //form | //@onclick | //@src") == []
    assert "<script>alert(1)" in shown.text_content()
    assert shown.xpath("//nav[@class='editions']/a/@href") == ["/gci/status/2024", "/gci/status/2026"]


def test_many_refusals_do_not_push_the_states_out_of_sight(april: DataFolders) -> None:
    found = status("2026", april)
    (one, *_) = [refused for state in found["states"] for refused in state["refused"]]
    opened = {
        number: html.fromstring(status_page(found | {"not_placed": [one] * number}, [], ["2026"])).xpath(
            "//details[summary[contains(text(), 'of no state')]]/@open"
        )
        for number in (3, 42)
    }
    assert opened == {3: [""], 42: []} or opened == {3: ["open"], 42: []}


def test_what_is_wrong_is_said_in_english_whatever_its_sender_reads(april: DataFolders) -> None:
    found = status("2026", april)
    refused = next(state["refused"][0] for state in found["states"] if state["refused"])
    refused["problems"] = [{"severity": "error", "message": "n’est pas un élément", "english": "is not an item"}]
    shown = status_page(found, cases("2026", None, april), ["2026"])
    assert "is not an item" in shown
    assert "n’est pas un élément" not in shown


def test_the_control_room_counts_the_same_cases(april: DataFolders) -> None:
    (shown,) = [one for one in room(april, [], {}, {})["rounds"] if one["edition"] == "2026"]
    totals = status("2026", april)["totals"]
    for name in ("invited", "received", "complete", "reviewed", "open_cases", "to_ask"):
        assert shown["total"][name] == totals[name], name
        assert sum(counted[name] for _, counted in shown["regions"]) == totals[name], name
