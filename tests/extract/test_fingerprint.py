"""The version of the extractor: one for the same rules and words, another for a pack more."""

from pathlib import Path

from monitor.extract import version
from monitor.extract.lexicon import load

PACK = """
parties:
  - name: Red Lake Front
    kind: group
    people: [Red Lakers]
"""


def test_a_pack_makes_another_version_and_no_pack_the_same(tmp_path: Path) -> None:
    pack = tmp_path / "red-lake.yaml"
    pack.write_text(PACK, encoding="utf-8")
    assert version(load((pack,))) != version(load()) == version(load(()))
