"""English is told from the rest, cheaply."""

import subprocess
import sys

import pytest

from rejoinder.reading.language import detect, language_name

ENGLISH = (
    "The ministry said on Tuesday that it had received the note and would answer it in time.",
    "Moscow said no.",
    "Kyiv has rejected the offer. Rutte welcomed the reply.",
    "Zelensky: no deal.",
    "NATO warns Russia",
)
FOREIGN = {
    "de": "Die Sprecherin des Außenministeriums sagte am Dienstag, die Regierung habe die Note"
    " erhalten und werde sie rechtzeitig beantworten, auch wenn der Ton unangemessen sei.",
    "nl": "De woordvoerder van het ministerie zei dinsdag dat de regering de nota had ontvangen en"
    " die op tijd zou beantwoorden, ook al was de toon volgens hem niet gepast.",
    "fr": "La porte-parole du ministère a déclaré mardi que le gouvernement avait reçu la note et"
    " qu’il y répondrait à temps, même si le ton lui paraissait déplacé.",
    "ru": "Захарова заявила на брифинге, что Москва отвергает обвинения.",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_english_however_short(text: str) -> None:
    assert detect(text) == "en"


@pytest.mark.parametrize("code", FOREIGN)
def test_another_language_is_named(code: str) -> None:
    assert detect(FOREIGN[code]) == code


@pytest.mark.parametrize("text", ["", "1 2 3", "…"])
def test_no_words_are_of_no_language(text: str) -> None:
    assert detect(text) is None


def test_a_long_text_is_judged_by_its_middle_too() -> None:
    assert detect("Names Names Names. " * 400 + ENGLISH[0] * 400) == "en"


def test_a_language_without_a_name_at_hand_keeps_its_code() -> None:
    assert language_name("de") == "German" and "xx" in language_name("xx")


def test_clear_english_loads_no_model() -> None:
    code = f"import sys; from rejoinder.reading.language import detect; detect({ENGLISH[0]!r});"
    code += "sys.exit('py3langid' in sys.modules or 'trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
