"""The form as a plain list of questions and answers, for tools into which it is copied by hand.

Microsoft Forms and Google Forms take several pasted lines as one answer each, so an answer is a bare line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from est_build.prepare.form.questions import Choice, Form, Question, Text

_HOW = {
    "sv": (
        "SÅ GÖR DU",
        "Skapa ett nytt formulär i Microsoft Forms eller Google Forms. Samla inte in namn eller e-post.",
        "Klistra in inledningen som formulärets beskrivning.",
        "Lägg in avsnitten och frågorna i den här ordningen. Kopiera texten precis som den står.",
        "Markera alla svar till en fråga och klistra in dem på en gång. Varje rad blir ett svar.",
        "Låt alla frågor kräva ett svar. Lägg inte till svaret ”Annat”. Välj listruta när svaren är många.",
        "Lägg inte till egna frågor. Låt aldrig någon fråga ha en ruta för egen text.",
        "Förgrena: ”{nothing}” leder till slutet.",
    ),
    "en": (
        "HOW TO DO IT",
        "Make a new form in Microsoft Forms or Google Forms. Do not collect names or e-mail.",
        "Paste the introduction as the description of the form.",
        "Put the sections and the questions in, in this order. Copy the text exactly as it stands.",
        "Mark all answers to a question and paste them at once. Each line becomes an answer.",
        'Make every question required. Let none have the answer "Other". Use a drop-down for long lists.',
        "Add no questions of your own. Never let a question have a box for free text.",
        'Branch: "{nothing}" leads to the end.',
    ),
}
_SEVERAL = {
    "sv": (
        "Gör avsnitt 3 en gång. Kopiera det sedan, så att det finns {count} stycken. Ändra inte frågornas "
        "text i kopiorna. Ta bort den sista frågan i det sista avsnittet.",
        "Förgrena: ”{no}” på ”{more}” leder till slutet.",
    ),
    "en": (
        "Make section 3 once. Then copy it, so that there are {count} of them. Do not change the text of the "
        "questions in the copies. Remove the last question of the last section.",
        'Branch: "{no}" to "{more}" leads to the end.',
    ),
}
_EXPORT = {
    "sv": "Exportera svaren som Excel (Microsoft Forms) eller CSV (Google Forms).",
    "en": "Export the answers as Excel (Microsoft Forms) or CSV (Google Forms).",
}
_WORDS = {
    "sv": (
        *("INLEDNING", "AVSNITT", "Vem som svarar", "Rapporten", "Iakttagelse"),
        *("ett svar", "flera svar", "{} att välja på"),
    ),
    "en": (
        *("INTRODUCTION", "SECTION", "Who is answering", "The report", "Observation"),
        *("one answer", "several answers", "{} to choose from"),
    ),
}
LANGUAGES = ("sv", "en")


def listing(form: Form, lang: str) -> str:
    """The whole list in Swedish (``sv``) or English (``en``). Same form, same text."""
    intro, section, who, report, observation = _WORDS[lang][:5]
    words = {
        "count": str(form.count),
        "nothing": _in(form.report.choices[0].text, lang),
        "no": _in(form.more.choices[0].text, lang),
        "more": _in(form.more.text, lang),
    }
    head, *steps = _HOW[lang]
    steps += [*(_SEVERAL[lang] if form.count > 1 else ()), _EXPORT[lang]]
    lines = [_in(form.title, lang), "", head]
    lines += [f"{number}. {step.format_map(words)}" for number, step in enumerate(steps, start=1)]
    lines += ["", intro, *(_in(text, lang) for text in form.intro)]
    lines += ["", f"{section} 1: {who}"]
    for question in (form.town, organisations(form)):
        if question is not None:
            lines += _question(question, lang)
    # A section of its own: Microsoft Forms leaves at once, and who answered must be asked before that.
    lines += ["", f"{section} 2: {report}", *_question(form.report, lang)]
    lines += ["", f"{section} 3: {observation}"]
    more = (form.more,) if form.count > 1 else ()
    for question in (form.category, areas(form), form.place, form.time, *more):
        lines += _question(question, lang)
    return "\n".join(lines) + "\n"


def organisations(form: Form) -> Question:
    """Every organisation once: the municipality is a question of its own."""
    once = {choice.text.sv: choice for choice in form.organisation.choices}
    return Question(form.organisation.name, form.organisation.text, tuple(once.values()))


def areas(form: Form) -> Question:
    """All areas in one list, with the municipality before the name where there are several."""
    if form.town is None:
        return form.area
    towns = {town.name: town.text for town in form.town.choices}
    choices = [_of_town(choice, towns[choice.under]) for choice in form.area.choices]
    return Question(form.area.name, form.area.text, tuple(choices))


def _of_town(choice: Choice, town: Text) -> Choice:
    text = Text(f"{town.sv}: {choice.text.sv}", f"{town.en}: {choice.text.en}")
    return Choice(choice.name, choice.short, text, choice.under)


def _question(question: Question, lang: str) -> Iterator[str]:
    one, several, count = _WORDS[lang][5:]
    yield ""
    yield _in(question.text, lang)
    if question.hint is not None:
        yield _in(question.hint, lang)
    kind = several if question.several else one
    yield f"[{kind}, {count.format(len(question.choices))}]"
    yield from _texts(question.choices, lang)


def _texts(choices: Sequence[Choice], lang: str) -> list[str]:
    return [_in(choice.text, lang) for choice in choices]


def _in(text: Text, lang: str) -> str:
    return text.en if lang == "en" else text.sv
