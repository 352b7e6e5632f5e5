"""What in a text is for inside: names, money, tickets, hosts, and words that only colleagues use. Pure. It is strict on
purpose, because it only decides what may be proposed to customers; it must not judge what somebody wrote for them."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.events import Event
from incident_console.domain.text import clean_line

Sign = tuple[str, re.Pattern[str]]
"""(what it is, in a word or two; how it is spelled)."""


_PLAIN: Final = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"})
"""Letters that have no accent to take away."""


def readable(text: str) -> str:
    """The text as it is read: full-width letters plain, accents and invisible signs gone."""
    spelled = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(sign for sign in spelled if unicodedata.category(sign) not in ("Mn", "Cf"))


def _spelled(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _words(phrases: str) -> str:
    """Whole words, large or small, one or many of them; a blank in a phrase may be a hyphen or nothing."""
    each = (re.escape(" ".join(phrase.split())).replace("\\ ", r"[\s-]?") for phrase in phrases.split(","))
    return rf"(?<!\w)(?i:{'|'.join(each)})(?i:e?s)?(?!\w)"


_CODES: Final = (
    "EUR|USD|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|AUD|NZD|BRL|MXN|ZAR|SGD|HKD|KRW|AED|ILS|RUB|CAD|TRY"
)
_BESIDE: Final = rf"(?:{_CODES}|kr|rs|zl|kc)"
"""Currencies beside figures; letters that are short for one only there."""

_SCALE: Final = r"(?:k|m|mn|mio|bn|thousand|million|billion)s?"
_FIGURES: Final = r"(?<!\d)(?<!\d[.,])\d[\d.,]*"
"""From the first of them on, so that long ones are looked at once."""

_LARGE: Final = rf"{_FIGURES}\s?{_SCALE}(?!\w)"
"""`40k`, `2 million`: of users as often as of money, and `45 m` are minutes."""

_COUNTED: Final = (
    r"(?:\w+\s)?(?:users?|customers?|people|shoppers?|visitors?|guests?|accounts?|orders?|requests?|messages?|e-?mails?"
    r"|records?|rows?|files?|projects?|sessions?|items?|events?|calls?|bookings?|visits?|changes?|comments?|searches)\b"
)
_ABOUT: Final = r"(?:(?:us|of|about|some|around|over|nearly|almost|roughly|up to|at least|more than|another|a)\s){0,3}"

_MONEY: Final = _spelled(
    rf"(?i:{_FIGURES}\s?(?:{_SCALE}\s?)?{_BESIDE}(?!\w)|(?<!\w){_BESIDE}\.?\s?\d[\d.,]*(?:\s?{_SCALE}(?!\w))?)",
    rf"(?<!\w)(?:{_CODES})(?!\w)",
    rf"(?i:{_LARGE}(?=\s?(?:an|a|each|every)\s(?:hour|minute|day|week|month)\b))",
    rf"(?i:{_LARGE}(?=\s(?:(?:was|were|is|are|has been|had been|may be|will be)\s)?(?:lost|worth|paid|owed|short)\b))",
    rf"(?i:{_LARGE}(?=\s(?:in|of)\s(?:(?:our|lost|missed)\s)?(?:orders|bookings|purchases|payments|credits?|refunds)\b))",
    r"(?i:\b(?:lose|loses|losing|lost|loss|losses|worth|pay|paid|owe|owed|charge|charged|spend|spent|refund|refunded"
    rf"|credit|credits|credited|fined?|forfeit|missed|burn|burned|burnt)\s{_ABOUT}(?P<sum>{_LARGE})(?!\s{_COUNTED}))",
    rf"(?i:{_FIGURES}\s?grand(?!\w))",
    r"(?i:\b(?:per|/)\s?(?:hour|minute|day)\b|/\s?h\b|\bhourly\b)",
    _words("euro, dollar, pound, pence, penny, cent, buck, quid, franc, yen, yuan, rupee, krona, krone, zloty, rouble,"
           " ruble, peso, rand, lira, forint, koruna"),
    _words("revenue, turnover, profit, margin, earnings, income, sale, cost, loss of business, lost business, budget"),
)  # fmt: skip

DETAILS: Final[tuple[Sign, ...]] = (
    ("money", _MONEY),
    (
        "a severity",
        _spelled(
            r"(?i:(?<!\w)sev(?:erity)?\s?-?\d?(?!\w)|(?<!\w)p[0-5](?!\w)|(?<!\w)priority\s?-?\d)",
            r"(?<!\w)S[0-5](?!\w)",
        ),
    ),
    ("an address", _spelled(r"(?i:https?://|www\.)\S+", r"\S*@\S+", r"\b\d{1,3}(?:\.\d{1,3}){3}\b")),
    (
        "a number for inside",
        _spelled(
            r"\b[A-Z][A-Z0-9]{1,9}-\d+\b", r"(?<!\w)#\d+\b",
            r"(?i:\b(?:pr|mr|ticket|case|incident|issue|deploy|deployment|build|release|commit|change|revision|job|run)"
            r"\s+(?:no\.?\s*)?[#!]?\d+)\b",
            r"(?i:\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b)",
        ),
    ),
    ("a room", _spelled(r"(?<!\w)#[^\W\d][\w-]+", _words("slack, channel, war room, incident room"))),
    (
        "a path",
        _spelled(
            r"(?<![\w/])~?/[\w.-]+(?:/[\w.-]*)*", r"\b[A-Za-z]:\\\S+",
            r"(?<![\w/])[\w.-]*[a-z][\w.-]*/[\w.-]+/\S+",
        ),
    ),
    ("a port", _spelled(r"(?i:[a-z]:\d{2,5}(?![\d:])|\bports?\s+\d+)")),
    (
        "an inside name",
        _spelled(
            r"\b\w+_\w+\b", r"(?i:(?<![\w.])(?=[\w.-]*[a-z])[\w-]{2,}(?:\.[\w-]{2,})+(?!\w))",
            r"(?i:(?<![\w-])[a-z]+(?:-[a-z]+)*-?\d[\w-]*)",
        ),
    ),
    ("a version", _spelled(r"\b\d+\.\d+\.\d+\b", r"(?i:\bversions?\s+\d[\w.]*)")),
)  # fmt: skip
"""What customers must not read, whoever was told before."""

_COMPANY: Final = _spelled(
    r"(?i:(?<!our )(?<!your )(?<!their )(?<!support )\bteams?\b)",
    r"(?<!\w)(?:PM|IC|PR|VP|HR|QA)(?!\w)",
    r"(?i:\b(?:the|this|our|their)\s+(?:room|bridge|call)\b|\bhead of\b)",
    _words("leadership, executive, exec, ceo, cto, cfo, coo, ciso, cpo, director, manager, management, board, investor,"
           " stakeholder, employee, staff, colleague, contractor, freelancer, engineer, developer, operator,"
           " technician, sre, dba, devops, sysadmin, intern, trainee, responder, incident commander, commander, scribe,"
           " comms, on call, on duty, night shift, pager, paged, paging, woken, escalate, escalated, escalation,"
           " postmortem, post mortem, retrospective, action item, blameless, runbook, playbook, roadmap, sprint, okr,"
           " tech debt, technical debt, headcount, hiring, layoff, salary, overtime, rca, internal, internally,"
           " confidential, embargo, off the record, do not share, credential, deprioritised, deprioritized"),
)  # fmt: skip
_BUSINESS: Final = _spelled(
    _words("sla, slo, service level, error budget, penalty, penalties, contract, contractual, churn, churned, renewal,"
           " goodwill, service credit, compensation, compensate, compensated, liable, liability, insurance, lawsuit,"
           " legal, lawyer, regulator, regulatory, gdpr, audit, auditor, key account, vip, account manager, competitor,"
           " press, reputation, reputational, share price, enterprise"),
    r"(?i:\b(?:support|help ?desk|service desk|customer)\s+tickets?\b)",
    r"(?i:\b(?:open|opens|opened|raise|raised|file|filed|log|logged|answer|answered)\s+(?:a|an|the|\d+)\s+tickets?\b)",
    r"(?i:\btickets?\b(?=\s+(?:\w+\s+){0,2}(?:in|opened|raised|filed|logged|created|answered|closed|escalated)\b))",
)  # fmt: skip
_TRADE: Final = _spelled(
    _words("node, pod, cluster, container, kubernetes, docker, helm, terraform, ansible, ingress, egress, ingressroute,"
           " proxy, nginx, apache, traefik, envoy, haproxy, vpc, vm, lambda, host, hosts, instance, hypervisor, kernel,"
           " daemon, cpu, heap, thread, mutex, primary, secondary, replica, replication, failover, shard, partition,"
           " index, indexes, indices, query, queries, table, schema, column, migration, dump, cache, postgres,"
           " postgresql, mysql, redis, kafka, rabbitmq, mongodb, elasticsearch, cassandra, memcached, dynamodb, sqlite,"
           " pgbouncer, orm, sql, connection pool, pool, deploy, deployed, deployment, redeploy, rollout, commit, repo,"
           " repository, pull request, manifest, middleware, backend, frontend, endpoint, cron, cron job, batch job,"
           " null, exception, stack trace, traceback, undefined, regression, config, module, library, package,"
           " dependency, dependencies, runtime, script, shell, prompt, stdout, stderr, staging, resource request,"
           " resource limit, throttled, backoff, semaphore, socket, tcp, udp, vpn, ssh, iam, ldap, grafana, prometheus,"
           " datadog, sentry, pagerduty, opsgenie, splunk, jenkins, github actions, canary, payload, json, yaml, xml,"
           " regex, parser, bucket, snapshot, unix, linux"),
)  # fmt: skip

SHOP_TALK: Final[tuple[Sign, ...]] = (
    ("about people inside", _COMPANY),
    ("about business", _BUSINESS),
    ("a word of the trade", _TRADE),
)
"""What colleagues say to each other: fine where customers were told so on purpose, nothing to pass on unasked."""


def _bag(words: str) -> frozenset[str]:
    return frozenset(words.split())


NOBODY: Final = _bag(
    "root admin administrator user users ops system me you us we all team support nobody somebody someone test unknown"
    " none bot on-call oncall the"
)
"""Names of accounts and groups that are words, too; as names they would hold back “root cause” and many a text."""

_COMMON: Final = _bag(
    "the and for bank group company service services health systems system cloud support team online national"
    " international customer customers account accounts shop store media data payment payments checkout search login"
    " order orders database network platform infrastructure engineering security mobile web api billing finance"
    " marketing operations provider users site app"
)
"""Parts of names that say nothing on their own."""

_ALSO_WORDS: Final = _bag("will mark may june april grace hope rose bill rob drew art sue pat max dean ray jay")
"""Names that are words when they are written small."""


_PUBLIC: Final = _bag(
    "I January February March April May June July August September October November December Monday Tuesday Wednesday"
    " Thursday Friday Saturday Sunday Christmas Easter Europe European Asia Asian Africa African America American"
    " Americas North South East West Northern Southern Eastern Western Central Middle Pacific Atlantic United States"
    " Kingdom Britain British England English Scotland Wales Ireland Irish Germany German France French Spain Spanish"
    " Italy Italian Portugal Netherlands Dutch Belgium Switzerland Swiss Austria Austrian Poland Polish Sweden Norway"
    " Denmark Finland Canada Canadian Mexico Brazil India Indian China Chinese Japan Japanese Korea Singapore Australia"
    " Australian New Zealand Internet Web Android Windows Safari Chrome Firefox Edge"
    " UTC GMT CET CEST BST EST EDT PST PDT CST CDT MST MDT EU US USA UK API APIS SMS PDF CSV GPS VAT SEPA ID IDS PIN QR"
    " FAQ URL URLS HTTP HTTPS DNS SSO SDK OK TV ATM AM"
)
"""Words with a large first letter that name no person, no customer and no machine."""

_PROPER: Final = re.compile(r"(?<=[\w,;:%)]\s)[^\W\d_][^\W\d_]+(?:['’]s)?(?!\w)")
"""A word that does not begin a sentence."""


def found_details(text: str, names: Iterable[str] = (), given: Collection[str] = frozenset()) -> str:
    """A name, a sum or an inside detail, quoted and with what it is; empty where there is none. `given`: first names,
    as they are spelled; `names`: whoever and whatever the record names."""
    plain = readable(text)
    found = _name(plain, names) or _first(plain, given)
    return _quoted(found, "a name") or _quoted(_sum_in(text), "money") or _sign(plain, DETAILS)


def found_inside(text: str, names: Iterable[str] = (), given: Collection[str] = frozenset()) -> str:
    """The same, and the words that only colleagues use, and names that nobody listed."""
    plain = readable(text)
    return found_details(text, names, given) or _sign(plain, SHOP_TALK) or _quoted(_proper(plain), "perhaps a name")


def found_service(text: str, services: Iterable[str]) -> str:
    """The name of one of some services, whole and in any letters, quoted; empty where none of them is named."""
    plain, names = readable(text), (readable(clean_line(name)) for name in services)
    found = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain, re.IGNORECASE) for name in names if len(name) > 1)
    return next((_quoted(match[0], "an inside name") for match in found if match is not None), "")


def _sign(plain: str, signs: Iterable[Sign]) -> str:
    found = ((what, match) for what, sign in signs if (match := sign.search(plain)) is not None)
    return next((_quoted(match[match.lastgroup or 0], what) for what, match in found), "")


def _proper(plain: str) -> str:
    """A word with a large first letter within a sentence: whoever or whatever it is, nobody listed it."""
    words = (match[0].removesuffix("'s").removesuffix("’s") for match in _PROPER.finditer(plain))
    return next((word for word in words if word[0].isupper() and not {word, word.upper()} & _PUBLIC), "")


def _sum_in(text: str) -> str:
    """A sign of a currency, with the figures beside it."""
    sign = next((each for each in text if unicodedata.category(each) == "Sc"), "")
    match = re.search(rf"[\d.,]*\s?{re.escape(sign)}\s?[\d.,]*\w?", text) if sign else None
    return match[0].strip() if match is not None else ""


def _quoted(words: str, what: str) -> str:
    return f"“{clean_line(words)[:60]}” ({what})" if words else ""


def _first(plain: str, given: Collection[str]) -> str:
    """A first name that is on the list; large letters alone tell it from a word."""
    words = (match[0] for match in re.finditer(r"(?<!\w)[^\W\d_]{2,}(?!\w)", plain))
    known = {readable(name) for name in given}
    return next((word for word in words if word[0].isupper() and word in known), "")


def _name(plain: str, names: Iterable[str]) -> str:
    for name in dict.fromkeys(readable(clean_line(name)) for name in names):
        match = _spelling(name).search(plain) if len(name) > 1 and name.casefold() not in NOBODY else None
        if match is not None:
            return match[0]
    return ""


def _spelling(name: str) -> re.Pattern[str]:
    """The whole name in any letters; each telling part of it with a large first letter."""
    parts = [part for part in re.findall(r"[^\W\d_]{3,}", name) if part.casefold() not in _COMMON | NOBODY]
    spelled = {form for part in parts for form in (part[:1].upper() + part[1:], part.capitalize(), part.upper())}
    whole = [rf"(?i:{re.escape(name)})"] if name.casefold() not in _ALSO_WORDS | _COMMON else []
    each = [*whole, *map(re.escape, sorted(spelled))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)") if each else re.compile(r"(?!)")


def names_in(history: Iterable[Event]) -> tuple[str, ...]:
    """Everybody and every customer that the record of an incident names, each once: who wrote, held a role, owns an
    item or an account, was asked, called in or told personally; also where that was changed later."""
    found = (
        name.strip() for event in history for words in (event.actor, *_named(event.body)) for name in words.split(",")
    )
    return tuple(dict.fromkeys(name for name in found if name))  # fmt: skip


def _named(body: e.Body) -> Iterator[str]:
    for kind, fields in _NAMING.items():
        if isinstance(body, kind):
            yield from (getattr(body, field) for field in fields)
    if isinstance(body, e.Declared | e.Imported):
        yield from (name for _, name in body.roles)


_NAMING: Final[dict[type[e.Body], tuple[str, ...]]] = {
    e.RoleAssigned: ("name", "previous"),
    e.AccountListed: ("name", "owner"),
    e.ActionAdded: ("owner",),
    e.ActionChanged: ("owner",),
    e.MessageSent: ("account", "approved_by"),
    e.ApprovalAsked: ("account",),
    e.Decided: ("by",),
    e.Escalated: ("to",),
    e.TimerStarted: ("who",),
}
"""Where events keep names."""
