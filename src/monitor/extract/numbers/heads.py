"""What kind of thing the noun behind a number is: people, a weapon, a place, money …"""

from monitor.extract.lexicon.wordlists import number_words, things
from monitor.extract.numbers.cardinals import UNITS, Reader

WORDS = number_words().sets
_OBJECT_OPENS = frozenset({"the", "its", "their", "his", "her", "our", "for", "to", "into", "towards"})
_POINTING = frozenset({"last", "this", "next"})
HEAD_REACH = 40
"""Tokens within which a number's noun is looked for: far more than a phrase has, so that "5 of 5 of 5 …" ends."""


def head_category(reader: Reader, index: int) -> str:
    """Walks over a noun phrase: modifiers, then the noun. A thing right behind a person is a thing ("police cars")."""
    data = things()
    stop = min(reader.size, index + HEAD_REACH)
    index = _behind_of(reader, index, stop)
    found, unknown, began = "", 0, index
    if (known := _at_once(reader, index)) is not None:
        return known
    while index < stop and unknown < 6:
        word = reader.word(index)
        slash = word == "/" and reader.glued(index) and reader.glued(index + 1)  # "42 armoured/infantry regiments"
        if word == "-" or slash or (word in "'\"" and index == began):
            index += 1
            continue
        if word == "(" and reader.word(index + 2) == ")":
            index += 3  # "four New People's Army (NPA) fighters"
            continue
        category = data.category.get(word, "")
        if not category and _designator(reader, index):
            category, index = "weapon", index + 2
        elif not category and (word in data.stops or not reader.is_word(index)):
            return found
        if category == "event" and _doing(reader, index, found):
            return "people"
        if found and (not category or (found == "people" and _verb(reader, index))):
            return "people" if _leads_people(reader, index) else found
        if category:
            found = category
            if word in data.stops:
                return found
        else:
            unknown += 1
        index += 1
    return found


def _behind_of(reader: Reader, index: int, stop: int) -> int:
    """ "of the 300 soldiers": where the noun phrase begins."""
    if reader.word(index) != "of":
        return index
    index += 1
    while index < stop and (
        reader.word(index) in WORDS["owners"] or reader.is_number(index) or reader.word(index) in UNITS
    ):
        index += 1
    return index


def _verb(reader: Reader, index: int) -> bool:
    """ "5,000 guardsmen patrol the streets": what has an object or a goal behind people is a verb."""
    return reader.word(index + 1) in _OBJECT_OPENS and not reader.word(index).endswith("s")


def _doing(reader: Reader, index: int, found: str) -> bool:
    """ "31,000 soldiers fighting Russia", "200 Chadians fighting": events of a number are many, and who takes part in
    them stands before them in the singular ("12 police training exercises")."""
    people = found == "people" or (not found and reader.raw(index - 1)[:1].isupper())
    return people and reader.word(index).endswith("ing") and reader.word(index - 1).endswith(("s", "men", "people"))


def _at_once(reader: Reader, index: int) -> str | None:
    """The category that the first words tell; none of "4,100 last week": when it was, not how long."""
    if _of_a_unit(reader, index):
        return "people"
    timed = reader.word(index) in _POINTING and things().category.get(reader.word(index + 1)) == "duration"
    return "" if timed else None


def _of_a_unit(reader: Reader, index: int) -> bool:
    """ "fifteen of the patrol": what one body of troops consists of are people; "three of the brigades" are bodies."""
    word = reader.word(index)
    of = (reader.word(index - 2), reader.word(index - 1)) == ("of", "the")
    return of and things().category.get(word) == "unit" and not word.endswith("s")


def _leads_people(reader: Reader, index: int) -> bool:
    """ "13 village defence volunteers": behind a noun in the singular and a word of no list the people follow."""
    several = reader.word(index + 1)
    singular = not reader.word(index - 1).endswith("s")
    return singular and several.endswith(("s", "men")) and things().category.get(several) == "people"


def _designator(reader: Reader, index: int) -> bool:
    """ "KN-23", "F-16", "Mi-8": letters, a hyphen, digits, without a space."""
    return (
        reader.word(index + 1) == "-"
        and reader.glued(index + 1)
        and reader.glued(index + 2)
        and reader.is_number(index + 2)
    )
