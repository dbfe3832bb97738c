"""Nothing that a person reads claims more than docs/claims.md allows.

`RULES` are the claims that are never made, each with its reason. A sentence that denies a claim ("a description, not a
risk") may name it. Read are: every sentence of a brief as it is spoken, every text constant of the package, every card
and docstring of an algorithm, templates, notebooks and documentation.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from fitintel.core.units import UnitSystem
from fitintel.intelligence.registry import catalogue
from fitintel.views.words import SENTENCES

ROOT = Path(__file__).resolve().parents[1]
DENIES = re.compile(r"\b(not|no|never|neither|nor|none|nothing|cannot|without|may not|nobody)\b|n't\b", re.I)


@dataclass(frozen=True)
class Rule:
    """A claim that is not made."""

    name: str
    pattern: str
    reason: str
    unless: str = ""
    """words in the same sentence that make it a lesser claim, which may be made"""


RULES = (
    Rule("injury risk", r"injury[- ](risk|probab|likel|predict|score|forecast)|\b(risk|probability|chance|likelihood) "
         r"of (an? |getting )?(injur|overuse)|predict\w* (an? )?injur|likely to (get|be) injured",
         "the best published model has an AUC of 0.72; at its prevalence 36 of 37 alarms are false (Loevdal 2021)"),
    Rule("prevention", r"\bprevent(s|ed|ing|ion)? (an? |your )?(injur|illness|overtrain)|injury[- ](free|proof)|"
         r"\b(avoid|reduce|lower)\w* (your |the )?(risk|injur)|protect\w* (you )?(from|against) (injur|illness)",
         "no trial shows that following any load ratio or band prevents injuries"),
    Rule("safe zone", r"\bsafe[rst]* (zone|range|band|load|ratio|increase|limit|to (train|run|increase))|sweet spot|"
         r"danger(ous)? zone|\b(high|low|moderate|elevated|increased)[- ]risk\b|\bat risk\b|optimal (zone|range|load)",
         "the 0.8-1.3 band has no support where load is continuous (Impellizzeri 2021)"),
    Rule("diagnosis", r"\bdiagnos\w*|\boverreach\w*|\bovertrain\w*|\byou are (ill|sick|injured)|"
         r"\bdetect\w* (an? )?(illness|infection|disease|arrhythmia|apnoea|stress)|\bsymptom",
         "nothing here is validated against clinical outcomes; such a claim would make it a medical device"),
    Rule("treatment", r"\btreatment|\bcures?\b|\btherap|\brehab(ilitation)?\b|return[- ]to[- ](sport|play|run)|"
         r"\bmedical advice|\bdoctor recommends",
         "an action on health belongs to a person who has seen the athlete"),
    Rule("readiness", r"\b(fully|well|not) recovered\b|\bready to (race|perform|compete|train hard)|"
         r"\byour (readiness|recovery) (is|score)|readiness (score|of \d)|recovery score",
         "no published composite of recovery signals is validated as a predictor of an outcome",
         unless=r"vendor|one source"),
    Rule("measured oxygen uptake", r"(?<!\w)(?-i:VO[2₂] ?max)|(maximal|maximum) oxygen uptake",
         "an estimate from a field test or two heart rates: its error is as large as the spread between people",
         unless=r"estimat|index|rough|formula|from races|expected"),
    Rule("load as fitness", r"\b(CTL|ATL|TSB|chronic load|acute load|load balance)\b[^.;]*\b(is|are|means?|shows?|"
         r"measures?|tells?)\b[^.;]*\b(fitness|fatigue|form|freshness|tired\w*)\b|\byour fitness\b|"
         r"\bfitness (score|level)|"
         r"\b(peak|top) form\b|\byou are (tired|fresh|fatigued|fitter|unfit)|\bfitter\b",
         "CTL and ATL are smoothed load without a gain term; bands of TSB are folklore"),
    Rule("certainty", r"\bguarantee|\bproven\b|\bclinically\b|\bscientifically\b|\byou will (run|finish|ride|improve|"
         r"lose|gain|reach|be)\b|\bwill (surely|certainly|definitely)\b|\b100 % (sure|certain|accura)",
         "a forecast is an interval with the share that its like have held in back-tests"),
    Rule("invented cause", r"\bbecause you (slept|trained|ate|were|are|did)|\b(due to|caused by) (your |poor |too )?"
         r"(stress|sleep|overtraining|diet|fatigue)",
         "what goes together is not shown to cause; nothing here tests a cause"),
    Rule("hard-and-fast target", r"\b(correct|ideal|optimal|perfect) (cadence|pace|weight|heart rate|HRV)|"
         r"\b180 steps\b(?=[^.]*\b(aim|target|should|ideal)\b)",
         "figures are compared with the person's own, not with a general number"),
    Rule("trademark", r"\bNormalized Power\b|\bIntensity Factor\b|\bTraining Stress Score\b|\bTSS\b|\bBikeScore\b|"
         r"\bBody Battery\b|\bTraining Readiness\b",
         "names that belong to others: weighted power, intensity and stress score are said instead",
         unless=r"source|as in|Coggan|GoldenCheetah|Garmin|column|export|called"),
)  # fmt: skip


def claims(text: str) -> list[str]:
    """Names of the rules that a text breaks, sentence by sentence."""
    found = []
    for sentence in re.split(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=[-*|#>])", text):
        for rule in RULES:
            match = re.search(rule.pattern, sentence, re.I)
            if match and not (rule.unless and re.search(rule.unless, sentence, re.I)) and not DENIES.search(sentence):
                found.append(f"{rule.name}: {sentence.strip()[:160]!r} ({rule.reason})")
    return found


def constants(path: Path) -> Iterator[str]:
    """Texts of a module that may reach a person: its string constants of more than three words (fewer are a name, a key
    or a column of a vendor), docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
            and len(node.value.split()) > 3
        ):
            yield node.value


@pytest.mark.parametrize(
    "claim",
    [
        "Your injury risk is 73 %.", "A ratio of 1.1 is in the safe zone.", "Easy weeks prevent injuries.",
        "You are overtrained.", "Signs of overreaching.", "Your VO2max is 52.", "Your readiness score is 81.",
        "You are fully recovered.", "CTL shows your fitness.", "Form -15: you are tired.", "You will run 42 km.",
        "Your HRV fell because you slept badly.", "The ideal cadence is 180.", "TSS 120", "High risk week",
        "Reduce your risk with an easy week.", "This detects illness early.", "Start rehab with a walk.",
    ],
)  # fmt: skip
def test_the_rules_find_what_they_are_made_for(claim):
    assert claims(claim)


@pytest.mark.parametrize(
    "text",
    [
        "A description of change, not of risk; no range of it is safe.",
        "Your load this week is higher than 95 % of your own last-year weeks.",
        "A change like this is a reason to check how you feel.",
        "These are smoothed loads. They are often called fitness, fatigue and form, but measure none of them.",
        "Maximal oxygen uptake estimated from a 12-minute run.",
        "Week of 6 Oct: 42.1 km expected, 80 % interval 30.0 to 55.2 km.",
        "HRV: 3 of 7 nights, too few to say anything.",
    ],
)
def test_what_may_be_said_passes(text):
    assert claims(text) == []


def test_no_sentence_of_a_brief_claims_more():
    spec = spec_from_file_location("spoken_examples", ROOT / "tests" / "views" / "test_words.py")
    assert spec is not None
    assert spec.loader is not None
    examples = module_from_spec(spec)
    spec.loader.exec_module(examples)
    spoken = {
        (code, units): examples.everything(examples.words(code, units)) for code in SENTENCES for units in UnitSystem
    }
    assert {where: found for where, text in spoken.items() if (found := claims(text))} == {}


def test_no_text_of_the_package_claims_more():
    found = {
        str(path.relative_to(ROOT)): said
        for path in sorted((ROOT / "fitintel").rglob("*.py"))
        if (said := [one for text in constants(path) for one in claims(text)])
    }
    assert found == {}


def test_no_template_claims_more():
    templates = [*(ROOT / "fitintel").rglob("*.j2"), *(ROOT / "reports").rglob("*.j2")]
    assert templates
    assert {path.name: found for path in templates if (found := claims(path.read_text("utf-8")))} == {}


def test_no_card_claims_more():
    found = {}
    for name, algorithm in catalogue().items():
        card = algorithm.card
        texts = [card.title, card.description, card.output[0], *card.limits, algorithm.function.__doc__ or ""]
        if said := [one for text in texts for one in claims(text)]:
            found[name] = said
    assert found == {}


def test_no_notebook_claims_more():
    found = {}
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if said := claims("".join(cell["source"])):
                found[path.name] = said
    assert found == {}


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/glossary.md", "docs/rules.md", "docs/cli.md"])
def test_no_page_claims_more(name):
    path = ROOT / name
    assert not path.is_file() or claims(path.read_text("utf-8")) == []


def test_each_rule_is_explained_in_the_documentation():
    page = (ROOT / "docs" / "claims.md").read_text("utf-8")
    for rule in RULES:
        assert f"**{rule.name}**" in page, rule.name
    for family in ("Injury", "Readiness", "VO2max", "Training load", "CTL, ATL and TSB", "Consistency", "Forecasts",
                   "Race prediction", "Heart rate variability"):  # fmt: skip
        assert f"## {family}" in page, family
