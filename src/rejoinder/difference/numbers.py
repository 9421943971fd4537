"""Numbers, dates and times as values: "five" and "5", "1,000" and "a thousand", "3 March".

Takes the words of a number; gives a key that is equal where the values are. The one idea: a number
with its scale and unit, or a date with its month, is *one* word of a comparison, so that "5
million" never differs from "5,000,000" in two words.
"""

from __future__ import annotations

import re
from decimal import Decimal

from rejoinder.text import MONTH, MONTH_NUMBERS

_ONES_WRITTEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS_WRITTEN = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: number for number, word in enumerate(_ONES_WRITTEN.split())}
_TENS = {word: 10 * tens for tens, word in enumerate(_TENS_WRITTEN.split(), start=2)}
_SCALES = {
    **{"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9},
    **{"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12},
    **{"trillion": 10**12},
}
_ORDINALS = {
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7},
    **{"eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12},
}
_HALF = Decimal("0.5")
_UNITS = {
    **{"%": "%", "percent": "%", "per cent": "%", "pct": "%"},
    **{"$": "$", "us$": "$", "dollars": "$", "dollar": "$", "€": "€", "euros": "€", "euro": "€"},
    **{"£": "£", "pounds": "£", "pound": "£"},
}


def _any(words: dict[str, int] | dict[str, str] | tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_BIG = r"dozen|hundred|thousand|million|billion|trillion"
_NUMERAL = rf"(?:{_any(_ONES)}|{_any(_TENS)}|{_BIG})"
_MONTH = rf"(?i:{MONTH})"
_UNIT = r"(?:[\s-]?(?:%|per\s?cent\b|pct\b)|[\s-](?:dollars?|euros?|pounds?)\b)"
_AND_A_HALF = rf"(?:[\s-]+and[\s-]+a[\s-]+half\b(?:[\s-]+(?:{_BIG})\b)?)?"
#: Eight numerals are more than any number that is written out.
_WRITTEN = (
    rf"(?:an?\s+(?=(?:{_BIG})\b))?{_NUMERAL}(?:(?:[\s-]+|\s+and\s+){_NUMERAL}){{0,7}}\b"
    rf"{_AND_A_HALF}"
)
#: Thousands are parted by a comma, or a space of some width.
_BETWEEN = "[, \u00a0\u2009\u202f]"
_DIGITS = (
    rf"(?:(?:us)?[$€£]\s?)?[0-9]{{1,3}}(?:{_BETWEEN}[0-9]{{3}}){{1,9}}"
    r"(?:\.[0-9]{1,30})?(?![0-9])"
    r"|(?:(?:us)?[$€£]\s?)?[0-9]{1,30}(?:\.[0-9]{1,30})?"
)
_CLOCK = r"[0-9]{1,2}(?::[0-9]{2})?\s?[ap]\.?m\b\.?|[0-9]{1,2}:[0-9]{2}"
_DATE = (
    rf"(?:{_MONTH}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+[0-9]{{4}}\b)?"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+[0-9]{{4}}\b)?)"
)
#: The one day that news call by its numbers.
_THE_DAY = "9/11"
#: All that is a number; to be matched without regard to case.
PATTERN = (
    rf"(?:(?<![\w-])|(?<=[0-9][-–]))(?:{_CLOCK}|{_DATE}|{_THE_DAY}"
    rf"|(?:{_DIGITS})(?:(?:st|nd|rd|th|(?<=0)s)\b|(?:[\s-](?:{_BIG})|\s?[mbt]n|[kmbt])\b)?"
    rf"(?:{_UNIT})?"
    rf"|{_WRITTEN}(?:{_UNIT})?|(?:{_any(_ORDINALS)})\b|half\b)(?!\w)"
)
_AMOUNT = re.compile(
    rf"(?P<money>(?:us)?[$€£])?\s?(?P<digits>[0-9](?:{_BETWEEN}?[0-9])*(?:\.[0-9]+)?)?"
    rf"(?P<words>.*?)(?P<unit>{_UNIT})?",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[a-z]+")
_YEARS = frozenset(map(Decimal, range(1900, 2100)))


def value(number: str) -> str:
    """Return the value of what `PATTERN` matches, in a form that is equal for equal values.

    "#5", "#5 %", "#3 th" (an ordinal), "#1990 s" (years), "date 3-3 2026", "clock 17:00".
    """
    low = number.lower()
    if low == _THE_DAY:
        return "date 9-11"
    if re.fullmatch(_CLOCK, low):
        return _clock(low)
    if re.fullmatch(_DATE, low):
        return _date(low)
    if low in _ORDINALS:
        return f"#{_ORDINALS[low]} th"
    return _amount(low)


def _clock(low: str) -> str:
    hour, minute = [*re.findall(r"[0-9]+", low), "00"][:2]
    late = 12 if "p" in low and int(hour) < 12 else 0
    early = 12 if "a" in low and int(hour) == 12 else 0
    return f"clock {int(hour) + late - early}:{minute}"


def _date(low: str) -> str:
    """Return a date by month, day and year, the year empty where none is told."""
    name = next(word for word in _WORD.findall(low) if word in MONTH_NUMBERS)
    numbers = re.findall(r"[0-9]+", low)
    return f"date {MONTH_NUMBERS[name]}-{int(numbers[0])} {' '.join(numbers[1:])}".strip()


def _amount(low: str) -> str:
    match = _AMOUNT.fullmatch(low)
    if match is None:
        return "#" + low
    words = _WORD.findall(match["words"])
    amount = _multiplied(Decimal(re.sub(_BETWEEN, "", match["digits"] or "0")), words)
    if not match["digits"]:
        amount = _written(words)
    sign = (match["money"] or match["unit"] or "").strip(" -\n\t").lower()
    unit = _UNITS.get(re.sub(r"\s+", " ", sign), "")
    if words[-1:] in (["st"], ["nd"], ["rd"], ["th"]):
        unit = "th"
    elif words[-1:] == ["s"]:
        unit = "s"
    return f"#{amount.normalize():f} {unit}".strip()


def _multiplied(amount: Decimal, words: list[str]) -> Decimal:
    for word in words:
        amount *= _SCALES.get(word, 1)
    return amount


def _written(words: list[str]) -> Decimal:
    """Return the value of a number that is written out: "two hundred and five thousand"."""
    total, current = Decimal(0), Decimal(0)
    for word in words:
        scale = _SCALES.get(word)
        if word == "half":
            current += _HALF
        elif scale is None:
            current += _ONES.get(word, 0) + _TENS.get(word, 0)
        elif scale <= 100:
            current = (current or Decimal(1)) * scale
        else:
            total, current = total + (current or Decimal(1)) * scale, Decimal(0)
    return total + current


def near(first: str, second: str) -> bool:
    """Tell whether two values may be one, rounded or told in part: within five in a hundred.

    What may be years is not rounded.
    """
    if first.startswith("date") and second.startswith("date"):
        return first.split()[1] == second.split()[1]
    if not (first.startswith("#") and second.startswith("#")):
        return False
    one, other = (Decimal(value.split()[0][1:]) for value in (first, second))
    unit, of_other = first.split()[1:], second.split()[1:]
    if unit != of_other or (unit in ([], ["s"]) and {one, other} <= _YEARS):
        return False
    return one != other and abs(one - other) * 20 <= max(abs(one), abs(other))
