"""What the article has told so far: the last sources, subjects, places and figures, for pronouns and ellipsis."""

from dataclasses import dataclass, field
from datetime import date

from monitor.domain.claims import Claimant, Measure, Subject
from monitor.extract.lexicon import Lexicon
from monitor.extract.measures.frames import Frame
from monitor.extract.scene.scenes import Scene
from monitor.extract.scene.scopes import Span

RECENT = 2
"""For so many sentences "all six" stands for the six just counted."""


@dataclass(slots=True)
class Context:
    """Grows while the sentences are read in order. `published` resolves relative dates. `dead` are the numbers of
    killed told so far, each with the sentence that told it last. `lead` is the first figure of the sentence whose last
    one is `frame`. `filed_from` is the land of the dateline, `filed_in` its town, `home` the land in the name of the
    outlet. `states` are the lands named, by themselves or by what lies in them; by their people alone they are only
    among the `sides`."""

    lexicon: Lexicon
    published: date | None = None
    claimants: tuple[Claimant, ...] = ()
    via: tuple[Claimant, ...] = ()
    claimants_at: int = -9
    introducer: tuple[Claimant, ...] = ()
    introduced_at: int = -9
    communique: tuple[Claimant, ...] = ()
    people: Subject | None = None
    people_at: int = -9
    actor: Claimant | None = None
    actor_at: int = -9
    speakers: list[Claimant] = field(default_factory=list)
    subject: Subject | None = None
    subject_at: int = -9
    forces: dict[str, int] = field(default_factory=dict)
    scene: Scene = field(default_factory=Scene)
    place: str | None = None
    place_at: int = -9
    figure_place: str | None = None
    figure_place_at: int = -9
    frame: Frame | None = None
    frame_at: int = -9
    lead: Frame | None = None
    whole: tuple[Measure, float] | None = None
    counted_at: int = -9
    dead: dict[int, int] = field(default_factory=dict)
    topic: tuple[str, str] | None = None
    topic_end: int = 0
    soldiers: str | None = None
    soldiers_at: int = -9
    header: tuple[Claimant, ...] = ()
    party: str | None = None
    party_at: int = -9
    unreal_at: int = -9
    country: str | None = None
    country_behind: str | None = None
    filed_from: str | None = None
    filed_in: str | None = None
    home: str | None = None
    spoken_in: set[str] = field(default_factory=set)
    """The states in which somebody only spoke."""
    country_named: str | None = None
    country_named_at: int = -9
    actors: Subject | None = None
    actors_at: int = -9
    sides: dict[str, int] = field(default_factory=dict)
    """The parties named so far, each with the sentence that named it first."""
    states: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    victims: Subject | None = None
    victims_at: int = -9
    heading: Subject | None = None
    heading_measure: Measure | None = None
    heading_span: Span | None = None
    heading_day: date | None = None
    columns: tuple[Measure | None, ...] = ()
    asked: Measure | None = None
    asked_at: int = -9
    losses_at: int = -9
    attack_at: int = -9
    drilled_at: int = -9
    work_at: int = -9

    def whole_before(self, sentence: int) -> tuple[Measure, float] | None:
        """What befell how many by the last figure of the sentence right before, for "410 of those"."""
        return self.whole if sentence - self.frame_at == 1 else None

    def may_fight(self, party: str) -> bool:
        """True for a state or a group, and for a party that the lexicon doesn't have."""
        return self.lexicon.kind(party) in {"country", "group", None}

    def adjective(self, party: str) -> str:
        """How a party is put before its people: "North Korean"; a group by the name that the text gives it."""
        return self.lexicon.adjective(party) or self.shown.get(party) or party

    def dead_before(self, sentence: int) -> set[int]:
        """The numbers of killed told in the sentence or shortly before it."""
        return {number for number, at in self.dead.items() if sentence - at <= RECENT}
