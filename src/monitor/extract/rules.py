"""The rules by name: the phrase that each is for, and why it is right. `monitor extract --explain` quotes them."""

from typing import NamedTuple


class Rule(NamedTuple):
    """A class of wordings. `cost` is how far from certain a figure read by it is, before distance."""

    phrase: str
    reason: str
    cost: float = 0.0


RULES: dict[str, Rule] = {
    # measures: the predicate left of the number
    "active-object": Rule("the raid killed 22 soldiers", "the object of a verb of harm is who is harmed"),
    "lost-object": Rule("Ukraine lost 31,000 soldiers", "an army loses its own men, killed or wounded alike", 0.3),
    "event-of": Rule("the deaths of 15 policemen", "the of-phrase of a noun of harm is who is harmed"),
    "toll-link": Rule(
        "the death toll has passed 46,000",
        "a noun of count is linked with its number by at, to, of, reach, pass, stand",
    ),
    "toll-verbless": Rule("Ukrainian dead: 31,000", "tables put the number after the noun with a mark only", 0.5),
    "table-cell": Rule("South Africa: 14", "a heading or the head of a column says what the rows below it count", 3.0),
    "toll-from-to": Rule(
        "raised its estimate of losses from 3,000 to 4,700", "both numbers count the noun that the change is of"
    ),
    "with-object": Rule(
        "reinforced the front with several thousand soldiers", "what a force is strengthened with is there", 1.0
    ),
    "body-of": Rule("a contingent of 300 Colombians", "a body of troops consists of them"),
    "body-strength": Rule(
        "a 3,000-strong brigade", "strong, a member of, or set beside its body gives a body's size", 0.7
    ),
    "joined-name": Rule(
        "killed the mayor and two peasants", "joined to somebody named, not counted, under one verb", 1.5
    ),
    # measures: the predicate in the phrase or right of it
    "measure-noun": Rule("12,456 civilian deaths", "the counted noun itself is the measure"),
    "premodifier": Rule("the 14 murdered fishermen", "a participle before the noun says what became of them", 0.7),
    "passive-subject": Rule("49 of its troops had been killed", "the subject of the passive is who is harmed"),
    "participle": Rule("12 soldiers killed in a strike", "a bare participle after the noun is a short passive"),
    "intransitive-subject": Rule("64 people died", "the subject of dying, surrendering or vanishing is who is counted"),
    "state": Rule("ten Palestinians dead", "an adjective after the noun, or after to be, is their state"),
    "presence": Rule("11,000 soldiers were now in Kursk", "troops that are somewhere are deployed there", 0.7),
    "presence-verbless": Rule("11,000 North Koreans in Kursk", "a headline leaves out the verb of being", 2.0),
    "inverted-presence": Rule(
        "facing them are 230,000 Americans", "a force told of behind what it faces is there", 0.7
    ),
    "unfound": Rule("lost contact with 11 miners", "who is not found, reached or heard from is missing", 0.3),
    "unsaved": Rule("five did not survive", "who is not saved, or does not survive, is dead"),
    "contingent": Rule("Troops by country: Uganda 6,223, Kenya 3,664", "a country's own number of a joint force", 0.3),
    "joined-force": Rule("will join 1,200 who are there", "who is joined or relieved is in place already", 0.5),
    "sought": Rule("divers searched for 12 sailors", "who is looked for after a disaster is missing", 0.7),
    "to-hospital": Rule("fourteen were flown to hospitals", "who is taken there after an attack is hurt", 1.0),
    # measures: from a neighbour
    "coordinated": Rule("killed 17 soldiers and three guards", "joined phrases share their verb", 0.4),
    "including": Rule("64 people, including 15 soldiers, died", "a part of a counted whole has its measure", 0.5),
    "of-whom": Rule("12,000 men, 1,100 of whom were killed", "the pronoun stands for the people counted before", 0.2),
    "distributed": Rule(
        "killed three in Cauca, two in Cordoba", "a number with its own place goes on with the verb", 0.8
    ),
    "breakdown": Rule(
        "130 were killed: 65 rebels and 49 soldiers", "what follows the colon are the parts of the whole", 0.6
    ),
    "elliptic": Rule("the army lost 12 men and the SDF nine", "a clause without its verb repeats the one before", 1.2),
    "same-count": Rule(
        "the number is closer to 10,000", "number, figure, toll and total go on with the count before", 1.2
    ),
    # status
    "denied": Rule("Russia denied that 1,200 were captured", "the governing verb rejects the clause"),
    "denied-by-another": Rule("Russia denied Kyiv's claim that 1,200 died", "who said it holds what another denies"),
    "superseded": Rule("up from 3,000", "the old value of a change is no longer held"),
    "hypothetical": Rule("could lose all 12,000", "could, if and were they to tell of what hasn't happened"),
    "planned": Rule("will send 5,000 soldiers", "will, plan and is to tell of what hasn't happened yet"),
    "additional": Rule("3,000 more, on top of 11,000", "more counts only what came on top of a total"),
    # who says so
    "said-after": Rule("12 died, the army said", "the clause of saying after its content"),
    "said-before": Rule("the army said 12 died", "the clause of saying before its content"),
    "according": Rule("according to Kyiv and Seoul", "a preposition names the source"),
    "colon": Rule("NK losses top 4,000: Seoul", "headlines part the source by a colon"),
    "own-count": Rule("the UN has verified 12,456 deaths", "the subject of counting and putting is the source"),
    "said-earlier": Rule("He put the number at 300", "a pronoun or the agency stands for the last speaker"),
    # where
    "place-in": Rule("killed 22 soldiers near Sudzha", "a preposition puts what happened at a place"),
    "place-setting": Rule("the battle for Tripoli", "an event, a siege or an attack is where its place is"),
    "place-owner": Rule("a bomb in Sarajevo's market", "what a town has lies in it"),
    "place-land": Rule("on the Israeli side", "a nation's land is where the nation is"),
    "place-named": Rule("Kharkiv, two dead", "a town that the clause names is likelier the place than none"),
    "place-row": Rule("Thailand: 14 civilians dead", "the head of a row says where its numbers are from"),
    "place-again": Rule("1,400 are still in the country", "a definite place is the one that was named before"),
    "place-captors": Rule("4,000 prisoners held by Ukraine", "captives are where their captors are"),
    "place-helped": Rule("10,000 men sent to help Russia", "troops are where their help is"),
    "place-scene": Rule("Nine more died there", "the place of the event told of before holds until another is named"),
    "place-filed": Rule("YALA - Gunmen killed 13 guards", "an event without a place is where it was filed from"),
    "place-speaker": Rule("police in Wamena said 19 died", "local officials tell of what happened with them"),
    "place-service": Rule("Iran's health ministry counts 610", "who counts the dead of a country counts at home"),
    "place-home": Rule("Nigeria's army killed 80 insurgents", "a state fights rebels at home"),
    # over what time
    "scope-one-event": Rule("the toll from Friday's strike", "a day, an hour or one blow makes it one event"),
    "scope-event": Rule("an ambush killed 12", "a word of a single event in the clause: its number is of that event"),
    "scope-dated": Rule("killed 12 on 3 March", "who fell on one day fell in one event, unless it adds up"),
    "scope-few-at-once": Rule("nine dead by dawn in Bunia", "few people, at one spot or time, where nothing adds up"),
    "scope-since-start": Rule("since the invasion", "counted since the war, the campaign or its first day"),
    "scope-total": Rule("so far, in all, in total", "words that add everything up"),
    "scope-held": Rule("is holding 84 prisoners", "prisoners are those held by now, whenever they were taken"),
    "scope-window": Rule("in the past week", "a stretch of time that ends, or a rate, bounds the count"),
    "scope-heading": Rule("Losses in the past week:", "the head of a list says over what its rows count"),
    "scope-scene": Rule("Another 12 were hurt", "a number that goes on with the one before counts over the same"),
    "scope-standing": Rule("11,000 are in Kursk", "troops in place are those there by now"),
    "scope-unsaid": Rule("1,100 dead, Seoul says", "where nothing says otherwise, since the start"),
    # as of when
    "day-owner": Rule("Friday's strike", "a day that owns the event is its day"),
    "day-named": Rule("killed 12 on 3 March", "the date of the event nearest to its number, never that of the saying"),
    "day-past": Rule("In August 2021 a bomb killed 170", "a month or year that is over dates its event"),
    "day-from": Rule("The next day 12 fell", "the day before, and days later, are counted from the day told of"),
    "day-reached": Rule("1,650 had arrived by Thursday", "by, or as of, a day: so many were there then"),
    "day-scene": Rule("the toll rose to 27", "all figures of one event have its day"),
    "day-heading": Rule("Losses on 3 March:", "the head of a list dates its rows"),
    "from_title": Rule("Seoul: 1,100 dead", "only the headline holds this figure"),
}
