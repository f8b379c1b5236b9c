"""A run of suites: JSON lines for a script, JUnit XML for a CI server, Markdown for a reader."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from evals.ask import Outcome
from evals.gate import Gate
from evals.metrics import fault

_CONTROL = dict.fromkeys(set(range(32)) - {9, 10, 13}, "\ufffd")
"""Characters that XML 1.0 has no place for."""

LONGEST = 60_000
"""Characters of the Markdown: a comment on GitHub holds 65,536."""

WORDS = {0: "pass", 1: "fail", 2: "could not be judged"}
"""What each exit status means."""


def write_json(
    done: Sequence[Outcome], judged: Sequence[Gate], verdict: int, file: Path, short: str = ""
) -> None:
    """A line of JSON a case, then one of the verdict, which alone has that key.

    Args:
        done: the outcomes.
        judged: the gates.
        verdict: of ``evals.gate.status``: "pass", "fail" or "unjudged" in the file.
        file: to write.
        short: of ``evals.gate.shortfall`` where that floor is asked for: why a run fails of which
            no gate does.
    """
    lines: list[dict[str, object]] = []
    for outcome in done:
        case = outcome.case
        told = {"suite": case.suite, "id": case.id, "kind": case.kind, "right": outcome.right}
        lines.append({**told, "error": outcome.error, **outcome.answer.to_dict()})
    gates = [
        {
            "name": gate.name,
            "hits": gate.hits,
            "cases": gate.cases,
            "low": gate.low,
            "high": gate.high,
            "verdict": gate.verdict,
            "why": gate.why,
            "lost": gate.lost,
            "gained": gate.gained,
        }
        for gate in judged
    ]
    word = ("pass", "fail", "unjudged")[verdict]
    lines.append({"verdict": word, "why": short, "gates": gates})
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    file.write_text(text, "utf-8")


def write_junit(
    done: Sequence[Outcome], judged: Sequence[Gate], file: Path, short: str = ""
) -> None:
    """A test case a question, and one a gate; crashes are errors, gates that fail are failures.

    Args:
        done: the outcomes.
        judged: the gates.
        file: to write.
        short: of ``evals.gate.shortfall`` where that floor is asked for: one more failure.
    """
    suite = ET.Element("testsuite", name="andromede eval")
    for outcome in done:
        case = ET.SubElement(
            suite,
            "testcase",
            classname=f"{outcome.case.suite}.{outcome.case.language}.{outcome.case.kind}",
            name=_clean(f"{outcome.case.id} {outcome.case.question}"),
            time=f"{outcome.total:.3f}",
        )
        if wrong := fault(outcome):
            # A single question does not fail a build; the gates below do.
            ET.SubElement(case, "system-out").text = _clean(f"{wrong}\n{outcome.answer.text}")
        if outcome.error:
            ET.SubElement(case, "error", message=_clean(wrong))
    for gate in judged:
        name = f"{gate.name} {gate.hits}/{gate.cases}"
        case = ET.SubElement(suite, "testcase", classname="gates", name=name)
        if gate.verdict == "fail":
            ET.SubElement(case, "failure", message=gate.why)
    if short:
        case = ET.SubElement(suite, "testcase", classname="gates", name="all cases")
        ET.SubElement(case, "failure", message=short)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("*/failure"))))
    suite.set("errors", str(len(suite.findall("*/error"))))
    ET.ElementTree(suite).write(file, "utf-8", xml_declaration=True)


def markdown(
    done: Sequence[Outcome],
    judged: Sequence[Gate],
    verdict: int,
    short: str = "",
    told: Sequence[str] = (),
) -> str:
    """The gates as a table, and failed cases with what they cite, as many as a comment holds.

    Args:
        done: the outcomes.
        judged: the gates.
        verdict: of ``evals.gate.status``.
        short: of ``evals.gate.shortfall`` where that floor is asked for.
        told: further lines for information.
    """
    crashed = sum(bool(outcome.error) for outcome in done)
    lines = [f"## Andromède evaluation: {WORDS[verdict]}", ""]
    lines += [f"{len(done)} questions, {crashed} crashed.", ""]
    if short:
        lines += [f"**All cases: {short}.**", ""]
    lines += [
        "| suite | metric | language | share | 95 % | lost | gained | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for gate in judged:
        share = f"{gate.hits}/{gate.cases} = {gate.hits / gate.cases:.0%}"
        lines.append(
            f"| {_plain(gate.suite)} | {gate.metric} | {gate.language} | {share} | "
            f"{gate.low:.0%}–{gate.high:.0%} | {len(gate.lost)} | {len(gate.gained)} | "
            f"{gate.why or 'pass'} |"
        )
    lines += ["", *(f"{_plain(line)}  " for line in told)]
    faults = [(outcome, wrong) for outcome in done if (wrong := fault(outcome))]
    left = LONGEST - sum(map(len, lines))
    for place, (outcome, wrong) in enumerate(faults):
        case = ["", f"**{_plain(outcome.case.id)}** {_plain(outcome.case.question)}  "]
        case += [f"{_plain(wrong)}  ", f"→ {_plain(outcome.answer.text)}"]
        case += [f"> [{c.number}] {_plain(c.quote)}" for c in outcome.answer.citations]
        left -= sum(map(len, case)) + len(case)
        if left < 0:
            lines += ["", f"… and {len(faults) - place} more; the other reports have them all."]
            break
        lines += case
    return "\n".join(lines) + "\n"


def _clean(text: str) -> str:
    return text.translate(_CONTROL)


def _plain(text: str) -> str:
    """On one line, with nothing that Markdown or HTML would read as more than text."""
    text = " ".join(_clean(text).split())
    for mark in "\\`*_{}[]<>#|!":
        text = text.replace(mark, f"\\{mark}" if mark not in "<>" else f"&#{ord(mark)};")
    # What would call somebody by name, or become a link, by itself.
    return text.replace("@", "&#64;").replace("://", "&#58;//").replace("www.", "www&#46;")
