"""For whom somebody speaks."""

from __future__ import annotations

import pytest

from rejoinder.resolve.sides import NOBODY, UNKNOWN, Stand, around, foreign, stand, voice
from rejoinder.states import signs

#: Offices and groups, and for whom they speak.
SPEAK = [
    ("Russian officials", "Russia"),
    ("the Chinese", "China"),
    ("Moscow", "Russia"),
    ("China's U.N. ambassador", "China"),
    ("China's ambassador to the United States", "China"),
    ("ambassador of Latvia in Moscow", "Latvia"),
    ("a spokesman for the Indonesian military", "Indonesia"),
    ("the foreign minister of Finland", "Finland"),
    ("Ukrainian officials in Geneva", "Ukraine"),
    ("the U.N. envoy for Yemen", "United Nations"),
    ("the NATO chief", "NATO"),
    ("EU leaders", "European Union"),
    ("the EU’s foreign policy chief", "European Union"),
    ("the Russian Defence Ministry", "Russia"),
    ("Latvian courts", "Latvia"),
    ("the National Defense and Security Council of Latvia", "Latvia"),
    ("Norway's Supreme Court", "Norway"),
    ("Iran's nuclear agency", "Iran"),
    ("a State Department spokeswoman", "United States"),
    ("White House officials", "United States"),
    ("Defense Secretary", "United States"),
    ("U.S. Secretary of State", "United States"),
    ("Chinese state media", "China"),
    ("Iran's state news agency", "Iran"),
    ("North Korean state television", "North Korea"),
    ("Department of Defense spokesman Col.", "United States"),
    ("director of Kremlin press operations", "Russia"),
    ("the chief of Central Command", "United States"),
    ("a spokesman at Latvia's Ministry of Trade", "Latvia"),
    ("the Israeli army's Gaza commander", "Israel"),
    ("the official Xinhua news agency", "China"),
    ("Russia’s Tass news agency", "Russia"),
    ("the Rodong Sinmun newspaper", "North Korea"),
    ("Undersecretary of State for Trade", "United States"),
    ("Hong Kong's chief executive", "Hong Kong"),
    ("Hong Kong chief executive", "Hong Kong"),
    ("Hong Kong's embattled chief executive", "Hong Kong"),
    ("Chief Executive of Hong Kong", "Hong Kong"),
    ("Hong Kong police", "Hong Kong"),
    ("Gibraltar's Chief Minister", "Gibraltar"),
    ("the Palestinian minister in Hamas-run Gaza", "Palestine"),
]
#: Those who speak for no state, whatever states are named.
SPEAK_FOR_NOBODY = """\
a former Slovak foreign minister
Hungarian opposition politician
U.S. Senator
Republican senator
Russian human rights lawyer
a Russia expert
Latvian lawmakers
Syrian rebel commander
an Iranian newspaper
the Russian newspaper
Finnish news agency Varo
president of the FBI Officers Association
Chinese and South Korean officials
the foreign ministers of Latvia and Finland
a spokesman for the Latvian and Finnish governments
Latvian and Western officials
a Latvian judge
president of the Latvian Federation of Farmers
head of the Norwegian Refugee Council
an American foundation
senior vice president for Latvia
an Israeli shipping company
Moscow residents
two people familiar with the talks
Ukrainian refugees
the exiled Belarusian leader
the mayor of Riga
the Hamas prime minister
Gaza's Health Ministry
a Kurdish official
Taliban spokesman
a spokesman for the Houthis in Yemen
the leader of an Iran-backed militia
commander of the Syrian Democratic Forces
an Iran-backed Houthi official
the chief executive of a Hong Kong bank
a Hong Kong chief executive at a bank
a National Security Agency contractor
Hong Kong protesters
the Catalan president""".splitlines()
#: Those who are some of many.
OF_MANY = """\
Western officials
a senior Western diplomat
foreign diplomats
many Americans
two Latvians""".splitlines()
#: Those of whom the words alone do not tell it.
OPEN = """\
the foreign minister
the ministry
the minister for women
director of the National Institute of Fisheries
Vale's national security adviser
a tall tree
a Moscow-based diplomat
a pro-Russian official""".splitlines()


def whose(words: str) -> str | None:
    """Tell for whom words speak that are all there is of a report."""
    span, found = (0, len(words)), signs(words)
    stands = stand(words, span, found)
    return stands.side if stands.settled else around(words, span, found)


@pytest.mark.parametrize(("words", "side"), SPEAK)
def test_whom_an_office_speaks_for(words: str, side: str) -> None:
    assert stand(words, (0, len(words)), signs(words)) == Stand(side=side, settled=True)


@pytest.mark.parametrize("words", SPEAK_FOR_NOBODY)
def test_who_speaks_for_nobody(words: str) -> None:
    assert whose(words) is None


@pytest.mark.parametrize("words", OF_MANY)
def test_some_of_many_speak_for_none(words: str) -> None:
    assert stand(words, (0, len(words)), signs(words)) == NOBODY


@pytest.mark.parametrize(
    "words",
    [
        *("the BBC", "AP", "The Associated Press", "Amnesty International", "an IOC spokesperson"),
        *("world leaders", "the international community", "Europe", "the West"),
        *("European officials", "hundreds of protesters", "tens of thousands of refugees"),
        *("the two nations", "both leaders", "the two sides", "the public"),
        *("the head of the hospital in Riga", "director of the Bergen Institute for Trade"),
    ],
)
def test_who_is_named_as_no_state_is_never_guessed_to_be_one(words: str) -> None:
    assert stand(words, (0, len(words)), signs(words)) == NOBODY


@pytest.mark.parametrize("words", OPEN)
def test_what_the_words_alone_do_not_tell(words: str) -> None:
    assert stand(words, (0, len(words)), signs(words)) == UNKNOWN


#: A text with a bare office in brackets, and whose it is by what is named about it.
AROUND = [
    ("Iran closed the strait. The [Foreign Ministry] said no.", "Iran"),
    ("Iran closed the strait. Its [army] said no.", "Iran"),
    ("Iran and Latvia talked. The [Foreign Ministry] said no.", None),
    ("NATO talked. The [Foreign Ministry] said no.", None),
    ("The [Foreign Ministry] said no.", None),
    ("Iran closed the strait. An [expert] said no.", None),
    ("Washington and Latvia talked. The [foreign minister] said no.", "Latvia"),
    ("Washington talked. The [foreign minister] said no.", None),
    ("Washington and Peru talked. [President] Penhallow said no.", "United States"),
    ("Washington and Peru talked. [Vice-President] Penhallow said no.", "United States"),
    ("Peru and Chile talked. [President] Alvarado said no.", None),
    ("Washington talked. [The prime minister's press secretary] said no.", None),
    ("Peru talked. [President] Alvarado said no.", "Peru"),
    ("Hong Kong met China. The [Foreign Ministry] said no.", "China"),
    ("Hong Kong closed the road. The [government] said no.", "Hong Kong"),
    ("Hong Kong closed the road. The [mainland government] said no.", None),
    ("Iran closed it." + " It was so." * 80 + " The [army] said no.", None),
]


@pytest.mark.parametrize(("marked", "side"), AROUND)
def test_a_bare_office_is_its_surroundings(marked: str, side: str | None) -> None:
    span = (marked.index("["), marked.index("]") - 1)
    text = marked.replace("[", "").replace("]", "")
    assert around(text, span, signs(text)) == side


#: A text with somebody in brackets who speaks for some other state, and which that is taken to be.
FOREIGN = [
    ("Latvia closed the port. [Vale] said no.", "Latvia"),
    ("Latvia closed the port, and Peru, Chile and Norway did too. [Vale] said no.", None),
    ("The United States closed the port. [Vale] said no.", None),
    # The words themselves go before what stands about them, but not where somebody is accredited.
    ("Latvia and Latvia closed the port. [South Korean monitors] said no.", "South Korea"),
    ("Latvia closed the port. [an envoy to Peru] said no.", "Latvia"),
    # No organisation of states has a minister or police.
    ("Latvia left. The EU and the EU asked why. The [Port Secretary] said no.", "European Union"),
    ("Latvia left. The EU and the EU asked why. The [Transport Secretary] said no.", "Latvia"),
    ("Latvia left. NATO and NATO asked why. The [police] said no.", "Latvia"),
    ("NATO and NATO asked why. The [government] said no.", None),
    # Leaders of an alliance speak for one that is named, never for the state that is named nearest.
    ("NATO met. Latvia waited, and Latvia asked. [alliance leaders] said no.", "NATO"),
    ("Latvia waited, and Latvia asked. [alliance leaders] said no.", None),
]


@pytest.mark.parametrize(("marked", "side"), FOREIGN)
def test_which_other_state_is_told_by_what_is_named_about(marked: str, side: str | None) -> None:
    span = (marked.index("["), marked.index("]") - 1)
    text = marked.replace("[", "").replace("]", "")
    assert foreign(text, [span], said=[span], signs=signs(text)) == side


def test_of_whom_it_is_sure_that_there_is_a_state_less_has_to_tell_which() -> None:
    text = "Latvia closed the port. Peru and Chile, which trade with it, did not. Vale said no."
    span = (text.index("Vale"), text.index(" said"))
    told = [foreign(text, [span], said=[], signs=signs(text), sure=sure) for sure in (False, True)]
    assert told == [None, "Chile"]


#: Paragraphs that end with a bare spokesperson, and whose voice that is.
VOICES = [
    (
        "The European Commission, which speaks for Latvia, waits, said a spokeswoman",
        "European Union",
    ),
    ("Latvia asked NATO, and Finland did, said the spokesman", "NATO"),
    ("The Kremlin did not care about Latvia, said a senior spokesman", "Russia"),
    ("The ferry left Latvia for Finland, said a spokeswoman", None),
    ("NATO waits.\nThe ferry left Latvia, said a spokeswoman", None),
    ("NATO waits, said Latvia’s spokeswoman", None),
]


@pytest.mark.parametrize(("text", "side"), VOICES)
def test_a_bare_voice_is_that_of_the_body_named_last(text: str, side: str | None) -> None:
    at = text.index("said ") + len("said ")
    assert voice(text, (at, len(text)), signs(text)) == side
