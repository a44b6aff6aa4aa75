"""The names of the world: parties, who speaks for them, and places with what they lie in. Data in YAML here.

`load()` reads the base and the packs, `load([folder])` a user's packs as well; both once in a process.
"""

from monitor.extract.lexicon.loader import load
from monitor.extract.lexicon.matching import Lexicon, Mention, Role

__all__ = ["Lexicon", "Mention", "Role", "load"]
