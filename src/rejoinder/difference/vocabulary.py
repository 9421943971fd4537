"""The words that make a difference loud or quiet, as lists; and the plain form of a word.

Everything here is about single words in lower case. What a word is worth in a comparison is decided
elsewhere (`kinship`, `sorts`); to teach the comparison another hedge or another irregular verb, add
it here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rejoinder.text import unaccented, word_set

NEGATIONS = word_set(
    "not no non un never nor neither none nobody nothing nowhere without nohow "
    "deny denies denied denying denial refuse refuses refused refusing refusal "
    "lack lacks lacked lacking hardly barely scarcely"
) | {
    *("no one", "no longer", "by no means", "fail to", "fails to", "failed to", "failing to"),
}
#: Adjectives that take a negative prefix, beyond those whose ending tells.
_ADJECTIVES = word_set(
    "true fair just safe clear wise likely able happy sure certain wanted known real like common "
    "aware willing welcome ready popular friendly lawful usual valid legal moral mature secure "
    "direct correct accurate complete sincere honest human perfect pure proper polite "
    "mortal partial "
    "regular rational relevant responsible loyal similar agree agreed agrees approve trust "
    "satisfied"
)
_ADJECTIVE_ENDS = re.compile(
    r"(?:able|ible|ed|ing|ful|al|ive|ous|ent|ant|ate|ic|ary)(?:ly)?\Z|ly\Z"
)
_NEGATIVE = re.compile(r"(?:un|in|im|il|ir|dis|non)(?P<rest>[a-z]{4,})\Z")
#: Words in -able and -ible of which "in-" makes the negative. The ending does not tell it, as it
#: does with "un-": nothing is "delible" that would not be indelible.
_ABLE = word_set(
    "accessible admissible advisable applicable audible capable comparable compatible "
    "comprehensible conceivable credible curable defensible divisible edible eligible escapable "
    "excusable explicable fallible feasible flexible hospitable legible measurable movable "
    "operable palpable passable penetrable permissible plausible possible practicable probable "
    "reparable replaceable resistible reversible revocable soluble sufferable surmountable "
    "tangible tolerable visible"
)
#: They look like the negative of another word and are not.
_NO_NEGATIVES = word_set(
    "invaluable inflammable infamous indifferent informed informing intended intending intent "
    "inspired inspiring install invested investing inform imposed imposing imported importing "
    "impressed impressing improved improving imparted inclined incline inclosed displayed "
    "displaying discounted discounting discharged discharging discovered discovering discussed "
    "disposed disposing impressive intense increase increased invent infant instant"
)
#: Pairs that say the opposite and share no letters.
_OPPOSITES = (
    "more less, more fewer, increase decrease, increased decreased, rise fall, rose fell, up down, "
    "before after, legal illegal, support oppose, supports opposes, supported opposed, win lose, "
    "won lost, accept reject, accepted rejected, always never, everyone nobody, everything "
    "nothing, "
    "friend enemy, friends enemies, allow forbid, allowed banned, guilty innocent, success "
    "failure, "
    "strong weak, stronger weaker, better worse, best worst, possible impossible, open closed, "
    "with without, war peace, begin end, began ended, all none, some none, high low, higher lower, "
    "at_least at_most, more_than less_than, pro anti"
)
OPPOSITES = frozenset(
    frozenset(word.replace("_", " ") for word in pair.split()) for pair in _OPPOSITES.split(", ")
)

MODALS = word_set("may might can could will would shall should must ought") | {
    *("have to", "has to", "had to", "need to", "needs to"),
}
#: What a modal becomes when speech is reported.
BACKSHIFTS = frozenset(
    frozenset(pair)
    for pair in (
        *(("will", "would"), ("can", "could"), ("may", "might"), ("shall", "should")),
        *(("shall", "would"), ("must", "had to"), ("have to", "had to"), ("has to", "had to")),
    )
)
#: Modals of which each may stand for any other.
ALIKE_MODALS = (
    frozenset({"must", "have to", "has to", "need to", "needs to"}),
    frozenset({"will", "shall"}),
    frozenset({"may", "might"}),
)
HEDGES = word_set(
    "reportedly allegedly apparently seemingly supposedly purportedly presumably perhaps maybe "
    "possibly probably likely potentially arguably roughly approximately about around "
    "nearly almost "
    "virtually appear appears appeared seem seems seemed suggest suggests suggested alleged "
    "suspected believed purported "
    "certainly definitely surely clearly undoubtedly absolutely obviously inevitably always "
    "usually "
    "often sometimes rarely all every some many most several few mostly partly largely only"
) | {
    *("at least", "at most", "more than", "less than", "fewer than", "up to", "no doubt"),
    *("no more than", "no less than"),
    *("of course", "think", "believe", "guess", "suppose", "thinks", "believes"),
}
#: Hedges of which each may stand for any other.
ALIKE_HEDGES = (
    word_set("think believe guess suppose thinks believes thought believed"),
    word_set("about around nearly almost roughly approximately some"),
    word_set("certainly definitely surely clearly undoubtedly absolutely obviously"),
    word_set("reportedly allegedly purportedly supposedly"),
    word_set("perhaps maybe possibly"),
)
#: Before a number these are hedges, elsewhere they only join words.
APPROXIMATIONS = word_set("about around over under some")
#: Phrases that count as one word.
PHRASES = (
    *("no one", "no longer", "by no means", "not only", "not just", "not merely", "at least"),
    *("or not", "no more than", "no less than", "first of all", "after all", "all right"),
    *("at most", "more than", "less than", "fewer than", "up to", "no doubt", "of course"),
    *("have to", "has to", "had to", "need to", "needs to"),
    *("fail to", "fails to", "failed to", "failing to"),
)
PRONOUNS = word_set(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his "
    "himself she her hers herself it its itself they them their theirs themselves who whom whose "
    "this that these those here there now then"
)
#: Persons, by which "our" and "your" in two direct quotations differ in earnest.
PERSONS = (
    word_set("i me my mine myself we us our ours ourselves"),
    word_set("you your yours yourself yourselves"),
    word_set(
        "he him his himself she her hers herself it its itself they them their theirs themselves"
    ),
)
FUNCTION = (
    word_set(
        "a an the of to in on at by for from with and or as into onto upon over under out off up "
        "which what whether when where while how so too also very just well then than because if "
        "but though although however about is are was were be been being am has have had having do "
        "does did doing 's let get got going there even still yet again both either such own other "
        "uh um oh yes yeah okay ok mr mrs ms dr sir please said says say adding added told"
    )
    | PRONOUNS
    | {"not only", "not just", "not merely", "or not", "first of all", "after all", "all right"}
)
#: What begins a clause that qualifies what stands before it.
CONDITIONS = word_set("if unless until but except only provided although though however because")
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
#: Days that a report and another may mean alike.
RELATIVE_DAYS = word_set("today yesterday tomorrow tonight")

#: Full forms of what hangs on to a word, and of what it hangs on to.
CLITICS = {"n't": "not", "'m": "am", "'re": "are", "'ll": "will", "'ve": "have", "'d": "would"}
SHORTENED = {"wo": "will", "ca": "can", "sha": "shall", "ai": "is"}
#: Names and words that are written in more than one way.
_ALIASES = {
    **{"isil": "isis", "daesh": "isis", "gonna": "goingto", "wanna": "wantto", "gotta": "gotto"},
    **{"'em": "them", "ok": "okay", "cos": "because", "'cause": "because", "til": "until"},
    **{"programme": "program", "programmes": "programs", "grey": "gray", "sceptical": "skeptical"},
    **{"cheque": "check", "cheques": "checks", "tonnes": "tons", "tyre": "tire", "whilst": "while"},
    **{"towards": "toward", "afterwards": "afterward", "amongst": "among", "judgement": "judgment"},
    **{"defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense"},
    **{"centre": "center", "theatre": "theater", "metres": "meters", "kilometres": "kilometers"},
    **{"centres": "centers", "metre": "meter", "kilometre": "kilometer", "qaida": "qaeda"},
    **{"dialogue": "dialog", "catalogue": "catalog"},
    **{"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general"},
    **{"lt": "lieutenant", "col": "colonel", "prof": "professor", "sgt": "sergeant"},
    **{"adm": "admiral", "vp": "vicepresident", "dept": "department", "oftentimes": "often"},
    **{"st": "saint", "pres": "president"},
    **{"learnt": "learned", "burnt": "burned", "spelt": "spelled", "dreamt": "dreamed"},
}
_BRITISH = (
    (re.compile(r"(?<=[a-z]{3})our(?=s|ed|ing|able|ite|ites|hood|ly|\Z)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e|ed|es|ing|ation|ations|er|ers)"), "iz"),
    (re.compile(r"(?<=[a-z]{3})ys(?=e|ed|es|ing)"), "yz"),
    (re.compile(r"(?<=[a-z]{4})ll(?=(?:ed|ing|er|ers)\Z)"), "l"),
)

_IRREGULAR = """
say said|go goes went gone going|leave leaves left leaving|take takes took taken taking
give gives gave given giving|get gets got gotten getting|make makes made making|see sees saw seen
come comes came coming|know knows knew known|think thinks thought|tell tells told|find found finds
become becomes became|begin begins began begun|keep keeps kept|hold holds held|bring brings brought
stand stands stood|lose loses lost losing|pay pays paid|meet meets met meeting|lead leads led
fight fights fought|seek seeks sought|speak speaks spoke spoken|spend spends spent|win wins won
do does did done doing|have has had having|is are was were be been being am|feel feels felt
write writes wrote written|break breaks broke broken|choose chose chosen chooses
fall falls fell fallen
send sends sent|build builds built|buy buys bought|show shows showed shown|understand understood
mean means meant|run runs ran|rise rises rose risen|strike strikes struck
withdraw withdrew withdrawn
grow grows grew grown|draw drew drawn|drive drove driven|throw threw thrown|teach taught
catch caught
a an the|news|man men|woman women|child children|this that these those|here there|now then
who whom which
"""
_STEMS = {
    word: group.split()[0]
    for group in _IRREGULAR.replace("\n", "|").split("|")
    for word in group.split()
}
_ENDS = re.compile(r"(?<=[a-z]{3})(?:es|ed|ing|(?<!s)s|e|d)\Z")
_ENDS_IN_Y = re.compile(r"(?<=[a-z]{2})ie[sd]\Z")
_DOUBLED = re.compile(r"([bdgmnprt])\1\Z")


def plain(word: str) -> str:
    """Return what a word in lower case is compared by: one spelling, without accents."""
    joined = unaccented(word)
    alias = _ALIASES.get(word) or _ALIASES.get(joined)
    if alias:
        return alias
    for british, american in _BRITISH:
        joined = british.sub(american, joined, count=1)
    return joined


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, roughly: "attack" for "attacked"."""
    known = _STEMS.get(word)
    if known:
        return known
    bare = _ENDS_IN_Y.sub("y", word)
    bare = _ENDS.sub("", word) if bare == word else bare
    return _DOUBLED.sub(r"\1", bare) if bare != word else word


def negative(word: str) -> bool:
    """Tell whether a word turns what is said round by its prefix, whatever it stands against."""
    rest = negated(word)
    if rest is None or rest in _ADJECTIVES or rest in _ABLE:
        return rest is not None
    return word.startswith(("un", "dis", "non")) and rest.endswith(("able", "ible"))


def negated(word: str) -> str | None:
    """Return what a word says the opposite of by its prefix: "fair" for "unfair".

    What is returned need not be a word; that it is one is seen where it stands against it.
    """
    match = _NEGATIVE.match(word)
    if match is None or word in _NO_NEGATIVES:
        return None
    rest = match["rest"]
    sure = rest in _ADJECTIVES or (len(rest) > 5 and _ADJECTIVE_ENDS.search(rest))
    return rest if sure else None
