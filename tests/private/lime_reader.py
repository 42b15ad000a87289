"""A second reader of LimeSurvey's tab-separated structure: the rules by which LimeSurvey imports it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field

ATTRIBUTES_THAT_ARE_NONE = {"class", "type/scale", "name", "text", "validation", "relevance", "help",
                            "language", "mandatory", "other", "same_default", "default"}  # fmt: skip
"""Columns that are no attributes of a question: any other with content becomes one."""


@dataclass
class Question:
    code: str
    kind: str
    group: str
    relevance: str
    mandatory: str
    other: str
    texts: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    """Code -> language -> text; answers, or the sub-questions of a multiple choice."""


@dataclass
class Survey:
    settings: dict[str, str]
    languages: dict[str, dict[str, str]]
    groups: dict[str, dict[str, str]]
    group_relevance: dict[str, str]
    questions: dict[str, Question]


def read_lime(raw: bytes) -> Survey:
    """Read a structure. Whatever LimeSurvey would refuse or misread fails here."""
    # The encoding is guessed from the first thousand bytes, which may end inside a letter.
    raw[:1000].decode("ascii")
    lines = raw.decode("utf-8").split("\n")
    rows = list(csv.DictReader(lines, delimiter="\t", quotechar='"', strict=True))
    assert all(None not in row for row in rows), "en rad har fler celler än rubriken"
    assert set(rows[0]) == ATTRIBUTES_THAT_ARE_NONE
    survey = Survey({}, {}, {}, {}, {})
    group, question = "", None
    for row in rows:
        kind, name, lang = row["class"], row["name"], row["language"]
        if kind == "S":
            survey.settings[name] = row["text"]
        elif kind == "SL":
            survey.languages.setdefault(lang, {})[name] = row["text"]
        elif kind == "G":
            group = row["type/scale"]
            survey.groups.setdefault(group, {})[lang] = name
            survey.group_relevance.setdefault(group, row["relevance"])
        elif kind == "Q":
            known = survey.questions.get(name)
            if known is None:
                shape = (row["relevance"], row["mandatory"], row["other"])
                known = survey.questions[name] = Question(name, row["type/scale"], group, *shape)
            assert known.group == group, "samma kod i två grupper"
            assert lang not in known.texts, "samma kod två gånger"
            known.texts[lang] = row["text"]
            question = known
        else:
            assert kind in ("A", "SQ"), kind
            assert question is not None
            assert (kind == "SQ") == (question.kind == "M")
            texts = question.answers.setdefault(name, {})
            assert lang not in texts, f"{question.code}: {name} två gånger"
            texts[lang] = row["text"]
    _check(survey)
    return survey


def _check(survey: Survey) -> None:
    base, *others = [survey.settings["language"], *survey.settings["additional_languages"].split()]
    wanted = {base, *others}
    assert set(survey.languages) == wanted
    for texts in survey.languages.values():
        assert texts["surveyls_title"]
    for group in survey.groups.values():
        assert set(group) == wanted
    for question in survey.questions.values():
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", question.code), question.code
        assert set(question.texts) == wanted
        assert question.kind in ("L", "!", "M")
        assert question.answers, question.code
        for code, texts in question.answers.items():
            assert re.fullmatch(r"[A-Za-z0-9]{1,5}", code), code
            assert set(texts) == wanted
        for lang in wanted:
            said = [texts[lang] for texts in question.answers.values()]
            assert len(set(said)) == len(said), f"{question.code}: två svar lika"
    for relevance in [*survey.group_relevance.values(), *(q.relevance for q in survey.questions.values())]:
        if relevance != "1":
            match = re.fullmatch(r'(\w+)\.NAOK == "(\w+)"', relevance)
            assert match, relevance
            assert match[2] in survey.questions[match[1]].answers, relevance
