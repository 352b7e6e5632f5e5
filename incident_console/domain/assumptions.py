"""What somebody has to say before the cost of a gap can be reckoned, because no log knows it: how people write it, what
cannot be, and how it reads with its unit. Pure."""

import re
import unicodedata
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Refused

MONEY: Final = "money"


@frozen
class Assumption:
    """What somebody has to say, because no log knows it."""

    words: str
    unit: str
    """What is counted; `money` in it stands for the currency."""
    example: str
    most: float
    """More than this is a slip of the keyboard."""
    may_be_nothing: bool = True
    """Whether 0 is an answer; otherwise it stands for “nobody knows”, which is said by leaving it empty."""

    @property
    def is_money(self) -> bool:
        return self.unit.startswith(MONEY)


ASSUMPTIONS: Final = {
    "cost_users": Assumption("users affected at the worst time", "users", "5000", 1e10),
    "cost_share": Assumption("share of the business that stood still", "%", "30 %", 100),
    "cost_revenue_hour": Assumption("revenue in an hour", "money an hour", "12000", 1e11),
    "cost_people": Assumption("people who worked on it", "people", "4", 1e5, may_be_nothing=False),
    "cost_people_hour": Assumption("cost of one hour of one person", "money an hour", "95", 1e8, may_be_nothing=False),
    "cost_extra": Assumption("other costs, such as credits and penalties", "money", "1500", 1e12),
    "cost_closing_hours": Assumption("hours that closing the gap takes", "hours", "40", 1e6, may_be_nothing=False),
    "cost_currency": Assumption("currency", "", "EUR", 0),
}
"""By the name of the fact that keeps each."""

CURRENCY: Final = "cost_currency"

_TIMES: Final = {"k": 1e3, "m": 1e6, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SCALE: Final = r"(?:k|m|(?:thousand|million|billion)s?)"

_NUMBER: Final = re.compile(rf"(\d{{1,3}}(?:,\d{{3}})+|\d[\d\s ']*)(?:([.,])(\d+))?\s*({_SCALE}|%)?", re.IGNORECASE)
_BESIDE: Final = r"(?:[^\W\d_]{1,3}\s?)?[^\w\s%+,.'-](?:[A-Z]{1,3})?|[^\W\d_]{1,12}(?:\s[^\W\d_]{1,12})?\.?"
_SUM: Final = re.compile(
    rf"(?P<before>{_BESIDE})?\s*(?P<figures>\d[\d\s.,']*(?:{_SCALE}(?![^\W\d_]))?)\s*(?P<after>{_BESIDE})?",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"[^\W\d_]{1,12}\.?|[A-Z]{0,3}[^\w\s]")

_SAME: Final = {
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP", "POUND": "GBP", "POUNDS": "GBP", "DOLLAR": "$",
    "DOLLARS": "$", "¥": "JPY", "YEN": "JPY", "US$": "USD", "$US": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD",
    "AU$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "R$": "BRL", "₹": "INR", "RUPEE": "RS", "RUPEES": "RS",
    "FRANC": "CHF", "FRANCS": "CHF", "ZŁ": "PLN", "ZLOTY": "PLN", "KČ": "CZK", "FT": "HUF", "FORINT": "HUF",
    "KRONA": "KR", "KRONE": "KR", "KRONER": "KR", "KRONOR": "KR", "₪": "ILS", "₩": "KRW", "₺": "TRY", "NT$": "TWD",
    "MX$": "MXN", "LEI": "RON", "RM": "MYR", "R": "ZAR", "RAND": "ZAR",
    "US DOLLAR": "USD", "CANADIAN DOLLAR": "CAD", "AUSTRALIAN DOLLAR": "AUD", "NEW ZEALAND DOLLAR": "NZD",
    "SINGAPORE DOLLAR": "SGD", "BRITISH POUND": "GBP", "POUND STERLING": "GBP", "POUNDS STERLING": "GBP",
    "SWISS FRANC": "CHF", "INDIAN RUPEE": "INR", "JAPANESE YEN": "JPY", "SWEDISH KRONA": "SEK",
    "SWEDISH KRONOR": "SEK", "NORWEGIAN KRONE": "NOK", "NORWEGIAN KRONER": "NOK", "DANISH KRONE": "DKK",
    "DANISH KRONER": "DKK",
}  # fmt: skip
_ISO: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP"
    " CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF"
    " IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD"
    " MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB"
    " RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD"
    " UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
_CODES: Final = frozenset(_ISO.split())
"""The codes of ISO 4217. Any other short word beside a number could as well be a multiplier or a unit of time."""

_MAY_BE: Final = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"), "KR": ("SEK", "NOK", "DKK", "ISK"),
    "RS": ("INR", "PKR", "LKR", "NPR", "MUR"),
}  # fmt: skip
"""Signs that several currencies share."""

LONGEST: Final = 15
"""Digits of a number; what is longer is a slip of the keyboard."""


def state_assumption(incident: Incident, name: str, text: str) -> e.FactsStated:
    """An assumption, and with it the currency where it was said for the first time. Raises Refused, with an example,
    for what cannot be reckoned with, and when nothing changes."""
    said = assumption(name, text, incident.fact(CURRENCY))
    changed = tuple((key, words) for key, words in said if words != incident.fact(key))
    if not changed:
        raise Refused("It reads like that already. Nothing was changed.")
    return e.FactsStated(changed, tuple((key, incident.fact(key)) for key, _ in changed))


def assumption(name: str, text: str, currency: str = "") -> e.Pairs:
    """The facts that keep what somebody stated; `currency` is the one that was stated before. Raises Refused."""
    words = clean_line(text)
    if name not in ASSUMPTIONS:
        raise Refused(f"There is no assumption “{clean_line(name)[:40]}”. Use one of: {', '.join(ASSUMPTIONS)}.")
    if not words:
        return ((name, ""),)
    if name == CURRENCY:
        return ((name, _one_currency(words)),)
    kind = ASSUMPTIONS[name]
    figures, said = _sum(words, currency) if kind.is_money else (words, "")
    if said and currency and not _same(said, currency):
        raise Refused(
            f"“{clip(words, 40)}” is in {said}, and this case is reckoned in {clip(currency, 20)}. Reckon it over and"
            f" write the number alone, for example: {kind.example}."
        )
    reckoned(kind, figures)
    return ((name, figures), *(((CURRENCY, said),) if said and not currency else ()))


def _one_currency(words: str) -> str:
    if _CODE.fullmatch(words) is None and not _is_known(words):
        raise Refused(f"“{clip(words, 40)}” is not one currency. Write one, for example: EUR; reckon the others over.")
    return words


def _sum(words: str, currency: str) -> tuple[str, str]:
    """(the figures, the currency beside them); all of it as figures where nothing beside them is a currency, be it
    known or the one that was stated before."""
    match = _SUM.fullmatch(words)
    beside = [each for each in (match["before"], match["after"]) if each] if match is not None else []
    if match is None or len(beside) != 1 or not _is_currency(beside[0], currency):
        return words, ""
    return match["figures"].strip(), beside[0]


def _is_currency(word: str, stated_before: str) -> bool:
    is_sign = len(word) == 1 and unicodedata.category(word) == "Sc"
    return is_sign or _is_known(word) or word.casefold() == stated_before.casefold()


def _is_known(currency: str) -> bool:
    plain = _plain(currency)
    return plain in _CODES or plain in _MAY_BE


def _plain(currency: str) -> str:
    """One way to write it: `USD` for `US$`, `US $` and `US dollars`."""
    words = currency.upper().removesuffix(".")
    spelled = words.replace(" ", "") if "$" in words else words
    return _SAME.get(spelled, _SAME.get(spelled.removesuffix("S"), spelled))


def _same(one: str, other: str) -> bool:
    """Whether two ways to write a currency may mean the same; a dollar sign may be any dollar."""
    first, second = _plain(one), _plain(other)
    return first == second or first in _MAY_BE.get(second, ()) or second in _MAY_BE.get(first, ())


def reckoned(kind: Assumption, text: str) -> float:
    """The number that somebody wrote; raises Refused, with an example, for what is none or cannot be."""
    value, shown, example = number(text), f"“{clip(text, 40)}”", f"for example: {kind.example}"
    if value is None:
        raise Refused(f"{shown} {_why_none(text)}, {example}.")
    if "%" in text and kind.unit != "%":
        asked = "how much money it is" if kind.is_money else f"the number of {kind.words}"
        raise Refused(f"{shown} is a share. Write {asked}, {example}.")
    if kind.unit == "%" and "%" not in text and 0 < value <= 1:
        raise Refused(f"{shown} may be a part of one or of a hundred. Write it with its sign, {example}.")
    if kind.unit == "%" and value > kind.most:
        raise Refused(f"{shown} is more than all of it. Write a share from 0 to 100, {example}.")
    if value > kind.most:
        raise Refused(f"{shown} is too much for {kind.words}. Count the zeros once more, {example}.")
    if value == 0 and not kind.may_be_nothing:
        raise Refused(f"{shown} says that it took nothing. Leave it empty where nobody knows; otherwise {example}.")
    return value


def _why_none(text: str) -> str:
    words = text.strip()
    if re.match(r"[-−–]\s*\d", words):
        return "is less than nothing. Write how much it is"
    if _ambiguous(words):
        return "means one thing to some and a thousand times that to others. Write it without the dot"
    if re.search(r"\d", words) and re.search(r"[^\W_\d]", words):
        return "is no number. Write the number without further words"
    return "is no number. Write it in figures"


def _ambiguous(text: str) -> bool:
    """`12.000`, but neither `0.125` nor `12,345.678`."""
    match = _NUMBER.fullmatch(text)
    if match is None or match[2] != "." or len(match[3]) != 3:
        return False
    return "," not in match[1] and match[1].strip() != "0"


def number(text: str) -> float | None:
    """`12000`, `12 000`, `12,000`, `12k`, `1.5m`, `2 million`, `1,5`, `30 %`; None for anything else, and for
    `12.000`, which is twelve to some and twelve thousand to others."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or _ambiguous(text.strip()):
        return None
    whole, fraction = re.sub(r"[\s ',]", "", match[1]), match[3] or ""
    if len(whole + fraction) > LONGEST:
        return None
    return float(f"{whole}.{fraction or 0}") * _TIMES.get((match[4] or "").lower().removesuffix("s"), 1)


def known(incident: Incident, name: str) -> float | None:
    """What somebody stated, as a number; None where nobody did, or where it cannot be reckoned with."""
    try:
        return reckoned(ASSUMPTIONS[name], incident.fact(name))
    except Refused:
        return None


def stated(incident: Incident, name: str) -> str:
    """An assumption with its unit, as people read it; empty where nobody said anything."""
    words, value = clean_line(incident.fact(name)), known(incident, name)
    if name == CURRENCY or not words:
        return words
    return measured(value, name, incident.fact(CURRENCY)) if value is not None else f"“{words}” is no use here"


def measured(value: float, name: str, currency: str) -> str:
    """A number of an assumption with its unit."""
    unit = ASSUMPTIONS[name].unit.replace(MONEY, clean_line(currency)).strip()
    return in_units(amount(value), unit)


_ONE: Final = {"users": "user", "people": "person", "hours": "hour", "user hours": "user hour"}


def in_units(figures: str, unit: str) -> str:
    """Figures as they are shown, with what they count: `2 hours`, but `1 hour`, `about 1 hour`, `less than 1 hour`."""
    return f"{figures} {_ONE.get(unit, unit) if figures.split()[-1:] == ['1'] else unit}".rstrip()


def amount(value: float) -> str:
    """A number as people read it: `12 400`, `0.5`."""
    rounded = round(value, 1) if abs(value) < 100 else round(value)
    return f"{rounded:,}".replace(",", " ").removesuffix(".0")
