"""The names of the world: no clashes, the case and context of names, packs of a user's own."""

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import ConfigError
from monitor.extract.lexicon import Lexicon, load
from monitor.extract.lexicon.loader import _own_sources
from monitor.extract.lexicon.matching import lowered
from monitor.extract.text.normalise import normalise

LEXICON = load()


def found(text: str) -> list[tuple[str, str, str | None]]:
    """(surface, role, party) of every mention."""
    return [(mention.surface, mention.role, mention.party) for mention in LEXICON.mentions(normalise(text))]


def parties_in(text: str) -> list[str | None]:
    return [party for _, _, party in found(text)]


# --- the data


def test_the_lexicon_has_the_world() -> None:
    kinds = Counter(LEXICON.kind(party) for party in LEXICON.parties)
    assert kinds["country"] >= 195
    assert kinds["group"] >= 150
    assert kinds["organisation"] >= 40
    assert kinds["monitor"] >= 40
    assert kinds["media"] >= 100


def test_every_capital_belongs_to_one_country() -> None:
    capitals = [
        (capital, party["name"])
        for source in _own_sources()
        for party in source.data.get("parties") or []
        for capital in ([party["capital"]] if isinstance(party.get("capital"), str) else party.get("capital", []))
    ]
    assert len(capitals) >= 190
    assert not [name for name, count in Counter(capital for capital, _ in capitals).items() if count > 1]


@pytest.mark.parametrize(
    "pack", ["ukraine", "korea", "gaza_lebanon", "sudan", "sahel", "congo", "myanmar", "syria", "yemen", "caucasus"]
)
def test_every_pack_brings_places(pack: str) -> None:
    (source,) = [source for source in _own_sources() if source.label == f"{pack}.yaml"]
    assert len(source.data["places"]) >= 15


def test_no_name_is_a_plain_word_in_lower_case() -> None:
    text = "who is with us in the north, and it may turn out a memorial site for the times of the age; dawn, care, sake"
    assert found(text) == []


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("DPRK", "North Korea"),
        ("NIS", "South Korea"),
        ("HUR", "Ukraine"),
        ("GUR", "Ukraine"),
        ("SBU", "Ukraine"),
        ("the Kremlin", "Russia"),
        ("the Pentagon", "United States"),
        ("White House", "United States"),
        ("Zelenskyy", "Ukraine"),
        ("Volodymyr Zelenskiy", "Ukraine"),
        ("Budanov", "Ukraine"),
        ("Syrskyi", "Ukraine"),
        ("John Kirby", "United States"),
        ("Rutte", "NATO"),
        ("Nato", "NATO"),
        ("IDF", "Israel"),
        ("Houthi", "Houthis"),
        ("RSF", "Rapid Support Forces"),
        ("M23", "M23"),
        ("Burkinabè", "Burkina Faso"),
        ("Burkinabe", "Burkina Faso"),
        ("Bogota", "Colombia"),
        ("Bogotá", "Colombia"),
        ("FMLN", "FMLN"),
        ("Tamil Tigers", "Tamil Tigers"),
        ("U.N.", "United Nations"),
        ("Yonhap", "Yonhap"),
        ("Türkiye", "Turkey"),
    ],
)
def test_a_name_belongs_to_its_party(words: str, party: str) -> None:
    assert LEXICON.party(words) == party


# --- names in a text


@pytest.mark.parametrize(
    ("text", "surface", "role", "party"),
    [
        ("North Korean troops died.", "North Korean", "adjective", "North Korea"),
        ("South Koreans fled.", "South Koreans", "people", "South Korea"),
        ("Pyongyang denied it.", "Pyongyang", "capital", "North Korea"),
        ("The Kremlin denied it.", "The Kremlin", "seat", "Russia"),
        ("THE KREMLIN DENIED IT.", "THE KREMLIN", "seat", "Russia"),
        ("Kim Jong-un said so.", "Kim Jong-un", "leader", "North Korea"),
        ("Kim Jong Un said so.", "Kim Jong Un", "leader", "North Korea"),
        ("President Zelenskyy said so.", "Zelenskyy", "leader", "Ukraine"),
        ("It was Gen. Syrskyi.", "Syrskyi", "leader", "Ukraine"),
        ("It fell on Sudzha.", "Sudzha", "place", "Russia"),
        ("in El-Fasher today", "El-Fasher", "place", "Sudan"),
        ("the Russian-installed mayor", "Russian", "adjective", "Russia"),
        ("a U.S. official", "U.S.", "name", "United States"),
        ("Israel’s army", "Israel", "name", "Israel"),
        ("in Bogotá on Friday", "Bogotá", "capital", "Colombia"),
        ("Al-Shabaab said", "Al-Shabaab", "name", "al-Shabaab"),
        ("al Shabaab said", "al Shabaab", "name", "al-Shabaab"),
    ],
)
def test_a_mention_has_its_role(text: str, surface: str, role: str, party: str) -> None:
    assert (surface, role, party) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan retired.",
        "Jordan Henderson retired.",
        "Chad Smith drums.",
        "an Iran-backed militia",
        "pro-Russian men",
        "anti-American chants",
        "It cost US$500.",
        "give us peace",
        "THIS IS WHAT IT IS ABOUT",
        "the Northumberland line",
        "in the North of the city",
        "Olga Putina",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert found(text) == []


def test_the_longest_name_wins() -> None:
    assert parties_in("Democratic Republic of Congo") == ["Democratic Republic of Congo"]
    assert parties_in("Republic of the Congo") == ["Republic of the Congo"]
    assert parties_in("South Sudan") == ["South Sudan"]
    assert [surface for surface, _, _ in found("the Guinea-Bissau coup")] == ["Guinea-Bissau"]


def test_the_north_is_a_state_only_beside_korea() -> None:
    assert parties_in("South Korea said the North had sent men.") == ["South Korea", "North Korea"]
    assert "North Korea" not in parties_in("Mali said the North had sent men.")


def test_places_lie_in_places() -> None:
    assert LEXICON.place("the Kursk region") == "Kursk"
    assert LEXICON.place("Kursk oblast") == "Kursk"
    assert LEXICON.place("Kiev") == "Kyiv"
    assert LEXICON.place("Atlantis") is None
    assert LEXICON.contains("Kursk", "Sudzha")
    assert LEXICON.contains("Russia", "Sudzha")
    assert LEXICON.contains("Sudan", "El Fasher")
    assert LEXICON.contains("Ukraine", "Kyiv")
    assert LEXICON.contains("Gaza", "Gaza")
    assert not LEXICON.contains("Sudzha", "Kursk")


def test_words_for_a_party() -> None:
    assert LEXICON.adjective("North Korea") == "North Korean"
    assert LEXICON.kind("Hamas") == "group"
    assert LEXICON.names("Russia", "Russian paratroopers")
    assert not LEXICON.names("Ukraine", "Russian paratroopers")


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_is_matched_without_an_error(text: str) -> None:
    plain = normalise(text)
    assert len(lowered(plain)) == len(plain)
    for mention in LEXICON.mentions(plain):
        assert plain[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize("piece", ["US ", "the North ", "Kim", "Democratic Republic of ", "al-", "Jordan Jordan "])
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text, best = piece * (size // len(piece)), 9.0
        for _ in range(3):
            began = time.process_time()
            LEXICON.mentions(text)
            best = min(best, time.process_time() - began)
        return best

    small = seconds(10_000)
    assert seconds(40_000) < 4 * small * 2.5 + 0.05


# --- a user's own packs


def pack(tmp_path: Path, text: str) -> Lexicon:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    return load([tmp_path])


def test_a_pack_adds_a_conflict(tmp_path: Path) -> None:
    lexicon = pack(
        tmp_path,
        """
parties:
  - name: Red Lake Front
    kind: group
    aliases: [RLF]
    leaders: [Ondra Vale]
  - name: Canada
    leaders: [Rosalind Oakmoor]
places:
  - {name: Red Lake, in: Canada, aliases: [Lake Red]}
  - {name: Stillwater Bend, in: Red Lake}
""",
    )
    mentions = {(mention.surface, mention.party) for mention in lexicon.mentions("RLF, Vale and Oakmoor at Lake Red")}
    assert mentions == {
        ("RLF", "Red Lake Front"),
        ("Vale", "Red Lake Front"),
        ("Oakmoor", "Canada"),
        ("Lake Red", "Canada"),
    }
    assert lexicon.contains("Canada", "Stillwater Bend")


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        ("parties:\n  - name: A Front\n    kind: group\n    aliases: [Hamas]\n", 4, "parties[0].aliases[0]", "Hamas"),
        ("parties:\n  - name: New Front\n", 2, "parties[0].name", "kind"),
        ("parties:\n  - name: New Front\n    kind: gang\n", 3, "parties[0].kind", "kind"),
        ("parties:\n  - name: Hamas\n    kind: country\n", 3, "parties[0].kind", "elsewhere"),
        ("parties:\n  - name: New Front\n    kind: group\n    alias: [NF]\n", 4, "parties[0].alias", "unknown key"),
        ("parties:\n  - kind: group\n", 2, "parties[0]", "name"),
        ("places:\n  - name: Goma\n    in: France\n", 3, "places[0].in", "Goma"),
        ("places:\n  - name: Nowhere Bend\n    in: Nowhere\n", 3, "places[0].in", "Nowhere"),
        ("people: []\n", 1, "people", "unknown key"),
        ("parties: 3\n", 1, "parties", "list"),
        ("parties:\n  - name: [\n", 3, None, ""),
        ("- a\n", 1, None, "parties and places"),
        ("parties:\n  - name: N\n    aliases: [OAX]\n    aliases: [OAY]\n", 4, "parties[0].aliases", "given twice"),
        ("parties:\n  - name: 12\n    kind: group\n", 2, "parties[0].name", "number"),
        ("parties:\n  - name: Mali\n    aliases: [NO]\n", 3, "parties[0].aliases[0]", "truth value"),
        ("parties:\n  - name: Mali\n    aliases: ['no']\n", 3, "parties[0].aliases[0]", "everyday"),
        ("parties:\n  - name: Mali\n    aliases: [the]\n", 3, "parties[0].aliases[0]", "everyday"),
        ("parties:\n  - name: Mali\n    aliases:\n    - Killed\n", 4, "parties[0].aliases[0]", "everyday"),
        ("parties:\n  - name: Mali\n    leaders: Monday\n", 3, "parties[0].leaders", "everyday"),
        (
            "parties:\n  - name: Mali\n    aliases: [Putin]\n",
            3,
            "parties[0].aliases",
            "stands for Vladimir Putin (Russia)",
        ),
        ("parties:\n  - name: 2024-01-01\n    kind: group\n", 2, "parties[0].name", "no letter"),
        ("parties:\n  - name: Mali\n    aliases: [killed 12]\n", 3, "parties[0].aliases[0]", "everyday"),
        ("places:\n  - {name: Goma, in: [Congo]}\n", 2, "places[0].in", "one place or party"),
        ("places:\n\n  - name: Nowhere Bend\n", 3, "places[0].name", "needs `in`"),
    ],
)
def test_a_wrong_pack_is_refused_by_file_line_and_key(
    tmp_path: Path, text: str, line: int, key: str | None, words: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        pack(tmp_path, text)
    assert caught.value.file == str(tmp_path / "mine.yaml")
    assert caught.value.line == line
    assert caught.value.key == key
    assert words in str(caught.value)


def test_all_clashes_of_a_pack_are_told_at_once(tmp_path: Path) -> None:
    entries = "".join(f"  - {{name: Front {name}, kind: group, aliases: [{name}]}}\n" for name in ("Hamas", "Wagner"))
    with pytest.raises(ConfigError) as caught:
        pack(tmp_path, f"parties:\n{entries}")
    assert [one.line for one in (caught.value, *caught.value.others)] == [2, 3]


def test_a_pack_may_name_plainly_what_the_base_counts_with_care(tmp_path: Path) -> None:
    lexicon = pack(tmp_path, "parties:\n  - name: South Korea\n    institutions: [Joint Chiefs]\n")
    assert LEXICON.mentions("The Joint Chiefs said") == []
    assert [mention.party for mention in lexicon.mentions("The Joint Chiefs said")] == ["South Korea"]


def test_the_pack_of_the_manual_works(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "add-a-conflict.md").read_text("utf-8")
    lexicon = pack(tmp_path, page.split("```yaml\n", 1)[1].split("```", 1)[0])
    mentions = lexicon.mentions("The RLF and Vale met Marshlanders at the Boathouse near Stillwater Bend.")
    assert [mention.party for mention in mentions] == ["Red Lake Front"] * 2 + ["Marshland"] * 3
    assert lexicon.contains("Marshland", "Stillwater")


def test_a_pack_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yaml"):
        load([tmp_path / "nowhere.yaml"])


def test_a_place_that_lies_in_itself_is_refused(tmp_path: Path) -> None:
    pack = tmp_path / "loop.yaml"
    pack.write_text("places:\n  - {name: Upper Ford, in: Lower Ford}\n  - {name: Lower Ford, in: Upper Ford}\n")
    with pytest.raises(ConfigError, match=r"loop\.yaml:2: places\[0\]\.in: .*in itself"):
        load([pack])


def test_an_alias_that_is_a_known_place_is_refused_by_file_and_line(tmp_path: Path) -> None:
    pack = tmp_path / "harbour.yaml"
    pack.write_text("parties:\n  - name: Harbour Guard\n    kind: group\n    aliases: [Harbour Guards, Kherson]\n")
    with pytest.raises(ConfigError, match=r"harbour\.yaml:4: .*Kherson"):
        load((pack,))


def test_the_army_of_a_land_is_its_own_but_for_lands_without_one() -> None:
    assert (LEXICON.army("Sudan"), LEXICON.army("Palestinian territories")) == ("Sudan", "Israel")


def test_an_army_that_no_party_has_is_refused_by_file_and_line(tmp_path: Path) -> None:
    pack = tmp_path / "marsh.yaml"
    pack.write_text("parties:\n  - name: Harbour Land\n    kind: country\n    army: Nobody Known\n")
    with pytest.raises(ConfigError, match=r"marsh\.yaml:4: .*Nobody Known"):
        load((pack,))


def test_capitals_in_quotes_may_spell_an_everyday_word(tmp_path: Path) -> None:
    lexicon = pack(tmp_path, 'parties:\n  - name: New Order\n    kind: group\n    aliases: ["NO", WAS]\n')
    assert [mention.surface for mention in lexicon.mentions("Fighters of NO said no. It was so.")] == ["NO"]


def test_all_bad_words_of_a_pack_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        pack(tmp_path, "parties:\n  - name: Mali\n    aliases: [the, no, 5]\n")
    assert len(caught.value.others) == 2


def test_a_pack_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes("parties:\n  - name: Malé Front\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"mine\.yaml:2: is no UTF-8"):
        load([tmp_path])
