"""Agreements, programmes and projects: known ones, and names built around their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.entities.page import Page, Stretches, flat
from landbridge.evidence.model import Fact, Kind

_CAP = r"[A-ZÀ-ÞА-ЯЁ][\w’'&-]*"
_AGREEMENT = re.compile(
    r"(?:(?<=\b[Aa] )|(?<=\b[Aa]n )|(?<=\b[Tt]he )|(?<=\b[Tt]heir )|)"
    rf"\b(?:(?:{_CAP}|cooperation|framework|bilateral|trilateral|joint|investment|loan|trade|free"
    rf" trade|visa|transit|customs|intergovernmental"
    r"|strategic|partnership|agreement and)[ \u00a0])*"
    r"(?:[Aa]greement|[Tt]reaty|[Mm]emorandum(?:[ \u00a0]of[ \u00a0][Uu]nderstanding)?|MoU|MOU"
    r"|[Cc]onvention|[Pp]rotocol"
    r"|[Aa]ccord|[Rr]oadmap|[Rr]oad map|[Dd]eclaration|[Jj]oint [Ss]tatement|[Ll]etter of intent"
    r"|[Cc]harter)\b(?!s)"
    r"(?P<about>(?:[ \u00a0](?!on (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|\d))(?:on|of|in|for|between|with|and cooperation in"
    r"|to)[ \u00a0][^.;:()\n]{3,110}?)?)"
    r"(?=[.;:()\n]|[ \u00a0]on (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|\d)|,? as well as|, which|,? and a |,? (?:was|were|is|has|have"
    r"|had|will|during|signed|at the)\b|$)"
)
_AGREEMENT_RUSSIAN = re.compile(
    r"(?:[А-ЯЁ]\w+ое\s|(?<!\w)рамочн\w+\s|(?<!\w))(?:соглашени[еяю]|договор[аеу]?"
    r"|меморандум[ау]?(?: о взаимопонимании)?|конвенци[яию]|протокол[а]?"
    r"|дорожн\w+ карт\w+|деклараци[яию])\s(?:о|об|по|между)\s[^.;:()\n,]{3,110}(?:,\s\w+\sи\s\w+)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b(?:signed|concluded|inked|sealed)\b|(?<!\w)подписа\w+", re.IGNORECASE)
_PROGRAMME = re.compile(
    rf"(?:{_CAP}[ \u00a0](?:(?:and|of|for|the)[ \u00a0]){{0,2}}){{1,6}}(?:Program|Programme"
    rf"|Strategy|Initiative|Concept|Doctrine|Plan)\b(?:[ \u00a0](?:20\d\d|of[ \u00a0]{_CAP}))?"
    rf"|(?:[Pp]rogram(?:me)?|[Ss]trategy|[Cc]oncept)[ \u00a0][“«\"][A-Z][^”»\"\n]{{2,60}}[”»\"]"
    rf"|[“«\"][A-Z][^”»\"\n]{{2,60}}[”»\"][ \u00a0](?:state[ \u00a0])?(?:program(?:me)?|strategy"
    rf"|initiative)\b"
    r"|(?<!\w)(?:программ[аыуе]|стратеги[яию]|инициатив[аыуе]"
    r"|концепци[яию])\s[«\"][^»\"\n]{2,60}[»\"]"
)
_PROJECT = re.compile(
    rf"\b(?:{_CAP}[ \u00a0]?[-–—][ \u00a0]?)+{_CAP}[ \u00a0](?:(?:high-speed|freight|economic"
    rf"|transport|gas|oil|railway|multimodal)[ \u00a0])*(?:railway|railroad|rail line|line"
    rf"|highway|motorway|expressway|corridor|[Rr]ailway|[Cc]orridor|[Hh]ighway|pipeline"
    rf"|[Pp]ipeline|route|bridge|tunnel)\b"
    rf"|\b(?:{_CAP}[ \u00a0])+(?:[Ii]ndustrial [Pp]ark|[Ss]pecial [Ee]conomic [Zz]one|[Ff]ree"
    rf" [Tt]rade [Zz]one|[Dd]ry [Pp]ort|SEZ|FEZ|[Ll]ogistics (?:[Cc]ent(?:er|re)|[Hh]ub)|[Pp]ower"
    rf" [Pp]lant|[Pp]ipeline|[Rr]ailway|[Ee]xpressway)\b"
    r"|\bjoint[ \u00a0](?:[\w-]+[ \u00a0](?:and[ \u00a0])?){0,4}projects[ \u00a0](?:between|of"
    r"|with)[ \u00a0][A-Z][^.,;:\n]{2,60}"
)
_OPENERS = re.compile(
    r"^(?:(?:The|A|An|In|On|For|This|Under|With|And)\s|(?:\w+\s)?(?:Head|Director|Manager"
    r"|Coordinator)\sof\s(?:the\s)?)+"
)


def undertakings(page: Page) -> Iterator[Fact]:
    """Yield agreements, programmes and projects, each at its first mention."""
    seen: set[tuple[str, str]] = set()
    for fact in [*_known(page), *_agreements(page), *_built(page)]:
        if (fact.kind, fact.subject.lower()) not in seen:
            seen.add((fact.kind, fact.subject.lower()))
            yield fact


def _known(page: Page) -> Iterator[Fact]:
    for mention in sorted(page.mentions, key=lambda m: m.garbled):
        kind = mention.name.kind
        if kind not in {"agreement", "programme", "project"}:
            continue
        attributes = {
            "type": mention.name.type,
            "name_as_written": mention.written if mention.written != mention.name.name else None,
            "likely_meaning": mention.name.name if mention.garbled else None,
        }
        named: Kind = (
            "agreement"
            if kind == "agreement"
            else "programme"
            if kind == "programme"
            else "project"
        )
        yield page.fact(named, (mention.start, mention.end), mention.name.name, attributes)


def _agreements(page: Page) -> Iterator[Fact]:
    text = page.text
    taken = Stretches((m.start, m.end) for m in page.mentions if m.name.kind == "agreement")
    for rule in (_AGREEMENT, _AGREEMENT_RUSSIAN):
        for match in rule.finditer(text):
            sentence = page.sentence_at(match.start())
            before = page.sentence_at(max(0, sentence.start - 2))
            signed = bool(_SIGNED.search(text, before.start, sentence.end))
            about = rule is _AGREEMENT_RUSSIAN or bool(match.group("about"))
            capital = (
                len(
                    re.findall(
                        _CAP,
                        match.group()[: match.start("about") - match.start()]
                        if rule is _AGREEMENT
                        else "",
                    )
                )
                > 1
            )
            if not ((about and (signed or match.group()[0].isupper())) or capital) or taken.touch(
                match.span()
            ):
                continue
            parties = [
                m.name.name
                for m in page.mentions_in(sentence.start, sentence.end, "place")
                if m.name.type == "country"
            ]
            article = re.search(
                r"\b(?:an?|the)[ \u00a0]$", text[max(0, match.start() - 5) : match.start()]
            )
            start = match.start() - (len(article.group()) if article else 0)
            yield page.fact(
                "agreement",
                (start, match.end()),
                flat(match.group()),
                {"parties": list(dict.fromkeys(parties)), "status": "signed" if signed else None},
            )


def _built(page: Page) -> Iterator[Fact]:
    taken = Stretches(
        (m.start, m.end)
        for m in page.mentions
        if m.name.kind in {"programme", "project", "agreement", "organisation"}
    )
    pairs: list[tuple[Kind, re.Pattern[str]]] = [("programme", _PROGRAMME), ("project", _PROJECT)]
    for kind, rule in pairs:
        for match in rule.finditer(page.text):
            opener = _OPENERS.match(match.group())
            start = match.start() + (opener.end() if opener else 0)
            if taken.touch((start, match.end())) or len(
                page.text[start : match.end()].split()
            ) < len("ab"):
                continue
            last = match.group().split()[-1].strip('”»"').lower()
            type_ = "economic_corridor" if "economic corridor" in match.group().lower() else last
            yield page.fact(
                kind, (start, match.end()), flat(page.text[start : match.end()]), {"type": type_}
            )
