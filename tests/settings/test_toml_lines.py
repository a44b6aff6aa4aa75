"""Lines of keys are found in TOML as people write it."""

from monitor.toml_lines import find_line, spelled

TEXT = '''\
top = 1
a.b = 2
[[feed]]
name = "x"
"odd key" = 1
[[feed]]   # second
note = """
name = "not this one"
"""
name = "y"
[store.inner]
url = "z"
'''


def test_tables_of_an_array_are_counted() -> None:
    assert find_line(TEXT, ("feed", 0, "name")) == 4
    assert find_line(TEXT, ("feed", 1, "name")) == 10


def test_dotted_and_quoted_keys_are_found() -> None:
    assert find_line(TEXT, ("a", "b")) == 2
    assert find_line(TEXT, ("feed", 0, "odd key")) == 5
    assert find_line(TEXT, ("store", "inner", "url")) == 12


def test_what_is_missing_is_placed_at_what_holds_it() -> None:
    assert find_line(TEXT, ("feed", 1, "url")) == 6
    assert find_line(TEXT, ("nothing",)) is None


def test_a_key_is_spelled_as_people_do() -> None:
    assert spelled(("watch", 0, "min_change")) == "watch[0].min_change"
