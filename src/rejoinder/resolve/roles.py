"""Words for offices, groups and bodies: who speaks for a state, and which words mean one office.

Closed lists of English nouns as news uses them; no names of persons. The one idea: the noun of an
office says whether its holder speaks for a state at all; which state, its modifiers say.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from rejoinder.text import word_set

#: Whoever is called so speaks for the state or organisation named beside it.
OFFICIAL = word_set(
    """
    president presidents premier chancellor minister ministers vice-minister secretary secretaries
    undersecretary under-secretary general secretary-general director-general commissioner spokesman
    spokeswoman spokesperson spokesmen spokespeople spokespersons ambassador ambassadors envoy
    envoys diplomat diplomats consul negotiator negotiators delegate delegates delegation
    delegations representative official officials officer officers authority authorities government
    governments regime administration ministry ministries department departments agency agencies
    bureau office command military army navy force forces troops marines guard guards police
    intelligence commander commanders admiral colonel lieutenant major captain marshal sergeant
    brigadier adviser advisor advisers advisors aide aides attorney prosecutor prosecutors regulator
    regulators king queen prince emir sultan monarch leader leaders leadership chief chiefs head
    governor deputy treasurer cabinet mission embassy consulate state kremlin court courts
    investigators commission council secretariat alliance bloc organisation organization watchdog
    inspector inspectors investigator director directors chairman chairwoman media newspaper
    television tv broadcaster broadcasters coordinator counterpart counterparts member members
    policymaker policymakers ruler rulers dictator strongman pm fm vice-president vice-chairman
    attorney-general governor-general consul-general commander-in-chief major-general
    lieutenant-general brigadier-general
    """
)
#: Whoever is called so speaks for no state, whatever stands beside it.
PRIVATE = word_set(
    """
    politician politicians senator senators sen sens rep reps representatives congressman
    congresswoman congressmen lawmaker lawmakers legislator legislators parliamentarian
    parliamentarians mp mps mep meps deputies republican republicans democrat democrats opposition
    rebel rebels insurgent insurgents candidate candidates nominee contender hopeful professor
    professors scholar scholars analyst analysts expert experts researcher researchers fellow
    economist economists historian lawyer lawyers attorneys activist activists dissident dissidents
    protester protesters demonstrators journalist journalists reporter reporters columnist editor
    author critic critics supporter supporters ally allies executive executives ceo founder
    co-founder company companies firm firms banker investor resident residents villager villagers
    citizen citizens voter voters people person man men woman women father mother son daughter
    brother sister wife husband widow family families student students doctor doctors worker workers
    refugee refugees migrant migrants victim victims witness witnesses survivor survivors lobbyist
    consultant strategist pollster observer observers think-tank institute university party parties
    movement group groups union church bishop priest imam rabbi cleric clerics blogger partner
    campaign fighter fighters militant militants separatist separatists billionaire businessman
    speaker whip sociologist psychologist fugitive rival rivals contributor defector defectors mayor
    president-elect senator-elect governor-elect chamber association club judge
    federation foundation society academy endowment airline airlines airways charity college
    hospital institution contractor contractors
    """
)
#: Whoever is called so has no name, and no office.
SOURCES = word_set("source sources insider insiders")
#: What somebody puts in writing speaks for whoever wrote it.
DOCUMENTS = word_set(
    """
    report reports statement statements resolution study document documents memo letter letters
    article story commentary tweet tweets release dossier filing post posts editorial
    remarks comments speech testimony book email emails video message messages lawsuit lawsuits
    complaint op-ed website account transcript warning announcement declaration words tweetstorm
    answer response reply draft drafts referral ad ads note notes brief column essay blog findings
    assessment analysis petition affidavit
    """
)
#: Of these, such as many come in one report, each by another.
FLEETING = word_set(
    """
    statement statements tweet tweets remarks comments speech words message messages warning
    announcement declaration answer response reply article articles story
    """
)
#: What "the …" calls an organisation that has spoken before.
BODIES = word_set(
    """
    company firm group union paper newspaper magazine outlet network agency organization
    organisation watchdog department ministry bureau party institute university bank broadcaster
    channel website site embassy committee commission council panel court charity foundation
    think-tank campaign militia movement
    """
)
#: Other words for people, and for what speaks as they do: of whoever is called so it may be guessed
#: for which state he speaks, as of the holder of an office, and as of a document.
SPEAKERS = (
    OFFICIAL
    | PRIVATE
    | DOCUMENTS
    | BODIES
    | word_set(
        """
    source sources soldier soldiers judges justice justices country countries nation
    nations kingdom republic republics power powers capital side sides team public everyone one two
    three both all others coalition mediator mediators service services operatives
    prosecution legislature indictment order decree ruling memos notice bulletin alert figures
    individual individuals he she they it who i we
    """
    )
)
#: Of these, those that say so in their names.
NAMED_BODIES = word_set("department ministry committee council court university embassy institute")
#: Makes an office one that is no longer, or not yet, held, or that does not speak for the state.
UNHELD = re.compile(
    r"\b(?:(?:senior|executive) vice president|"
    r"former|ex|late|retired|then|onetime|one-time|ousted|exiled|deposed|elect|would-be|"
    r"presumptive|opposition|shadow|candidate|nominee|hopeful|contender|"
    r"separatist|rebel|self-proclaimed|personal lawyer|personal attorney|"
    r"(?<!White )house|congress|congressional|senate|parliament|duma|knesset|lawmakers?|"
    r"legislators?|democratic|republican|party (?:leader|chief|chairman|official|spokes\w+)|"
    r"majority leader|minority leader|first lady|"
    r"supporters?|critics?)\b",
    re.IGNORECASE,
)
#: Offices of the United States that stand without its name; no other state has them under it.
AMERICAN = re.compile(
    r"\b(?:Secretary of State(?! for)|(?:Undersecretary|[Dd]eputy [Ss]ecretary|"
    r"[Aa]ssistant [Ss]ecretary) of State|"
    r"Defense Secretary|Secretary of Defense|Treasury Secretary|"
    r"(?:UN|U\.N\.|United Nations) Ambassador|"
    r"Homeland Security|National Security Advis[eo]r|special counsel|"
    r"Joint Chiefs|Director of National Intelligence|U\.?S\.? [A-Z]\w+|"
    r"Commerce Secretary|Energy Secretary|Special Counsel|"
    r"(?:[Ss]tate|[Jj]ustice|[Tt]reasury|[Dd]efense) [Dd]epartment|intelligence community|"
    r"assistant attorney general|national security advis[eo]r)\b"
)
#: Words that mean the same office, each by its group's first.
_ALIKE = (
    "chief head leader secretary-general secretary general director president chairman boss",
    "minister secretary premier",
    "president leader commander-in-chief ruler dictator",
    "premier minister leader chancellor pm",
    "spokesman spokeswoman spokesperson",
    "ambassador envoy diplomat representative",
    "diplomat minister secretary ambassador envoy",
    "general commander admiral officer chief marshal colonel",
    "lawmaker senator congressman congresswoman representative rep sen legislator mp",
    "senator sen lawmaker",
    "republican senator sen rep congressman congresswoman lawmaker",
    "democrat senator sen rep congressman congresswoman lawmaker",
    "professor scholar expert analyst fellow researcher",
    "analyst expert professor fellow researcher director",
    "expert analyst professor fellow researcher director",
    "lawyer attorney counsel",
    "attorney lawyer counsel",
    "billionaire businessman executive ceo",
    "candidate nominee contender hopeful senator",
    "king monarch",
    "leader president premier chancellor chief king minister",
    "adviser advisor aide",
    "aide adviser advisor",
)
#: Words that say which minister, which president: an office without them is another one.
PORTFOLIOS = word_set(
    "foreign defence defense interior finance prime deputy vice health trade energy oil justice "
    "education culture transport home treasury press first army police forces staff governor "
    "attorney council commission congressman communications labour tory brexit"
)
#: Nouns of office in the singular that mean many people.
_COLLECTIVE = word_set(
    "ministry department agency bureau office command military army navy force guard police "
    "intelligence government regime administration delegation cabinet mission embassy consulate "
    "state kremlin court commission council secretariat alliance bloc organisation organization "
    "watchdog media newspaper television tv broadcaster opposition company firm party movement "
    "group union church university institute campaign family think-tank"
)
#: Whoever is called so beside a person's name speaks for the side that the person speaks for.
ENTOURAGE = word_set(
    "administration government regime spokesman spokeswoman spokesperson aide aides adviser "
    "advisers office officials official cabinet secretary team"
)
#: Whose relation somebody is; a "first lady" is a wife.
KIN = word_set("wife husband widow daughter son sister brother mother father lady")
_RELATED = re.compile(
    rf"(?:.*['’]s?\s|(?:his|her|their)\s)?(?:{'|'.join(sorted(KIN))})", re.DOTALL | re.IGNORECASE
)
_GROUPS = {group.split()[0]: word_set(group) for group in _ALIKE}
_WOMEN = word_set(
    "spokeswoman congresswoman chairwoman woman queen princess mother wife widow daughter sister"
)
_MEN = word_set(
    "spokesman congressman chairman man king prince father husband son brother businessman"
)
#: Offices that women hold under this name too, and the gender of who is called so.
_OF_BOTH = frozenset({"spokesman", "chairman"})
LIKELY_MAN = "likely m"
#: Words before a name that tell no office.
COURTESY = re.compile(r"^(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady)\.?$", re.IGNORECASE)


def alike(noun: str) -> frozenset[str]:
    """Return the words that may mean the office that `noun` means, itself among them."""
    firsts = {first for first, group in _GROUPS.items() if noun in group}
    return _GROUPS.get(noun, frozenset()) | firsts | {noun}


def collective(noun: str) -> bool:
    """Tell whether a noun of office means many people: a plural, a body."""
    return (
        noun in _COLLECTIVE or (noun.endswith("s") and not noun.endswith("ss")) or noun == "people"
    )


def is_kin(words: str) -> bool:
    """Tell whether words only say whose relation somebody is, which is no office."""
    return _RELATED.fullmatch(words) is not None


def gender(word: str) -> str | None:
    """Return "f" or "m" where a word itself says so; never by a first name."""
    low = word.lower().rstrip(".")
    if low in _WOMEN or low in {"mrs", "ms", "miss", "dame", "lady", "she", "her", "hers"}:
        return "f"
    if low in _MEN or low in {"mr", "sir", "lord", "he", "him", "his"}:
        return "m"
    return None


def told(word: str) -> str | None:
    """Return the gender that a word tells of who is called so: "a spokesman" may be a woman."""
    return LIKELY_MAN if word.lower() in _OF_BOTH else gender(word)


def admits(genders: Collection[str], gender: str) -> bool:
    """Tell whether no word that is sure says that somebody is of another gender."""
    sure = set(genders) - {LIKELY_MAN}
    return gender in sure or not sure


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def nouns(text: str) -> list[str]:
    """List the words of `text` in lower case, hyphenated ones whole."""
    return _WORD.findall(text.lower())
