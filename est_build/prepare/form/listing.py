"""The form as a plain list of questions and answers, for tools into which it is copied by hand.

Microsoft Forms and Google Forms take several pasted lines as one answer each, so an answer is a bare line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from est_build.prepare.form.questions import Choice, Form, Question, Text

_HOW = {
    "sv": (
        "SÅ GÖR DU",
        "1. Skapa ett nytt formulär i Microsoft Forms eller Google Forms. Välj att inte samla in namn och "
        "e-post.",
        "2. Klistra in inledningen som formulärets beskrivning.",
        "3. Lägg in frågorna i den här ordningen. Kopiera texten precis som den står.",
        "4. Markera alla svar till en fråga och klistra in dem på en gång. Varje rad blir ett svar.",
        "5. Låt alla frågor kräva ett svar. Låt ingen fråga ha svaret ”Annat”. Använd listruta när svaren är "
        "många.",
        "6. Gör avsnittet Iakttagelse en gång. Kopiera det sedan, så att det finns {count} stycken. Ändra "
        "inte frågornas text i kopiorna. Ta bort den sista frågan i det sista avsnittet.",
        "7. Förgrena: ”{nothing}” leder till slutet, och det gör även ”{no}” på ”{more}”.",
        "8. Lägg inte till egna frågor. Låt aldrig någon fråga ha en ruta för egen text.",
        "Exportera svaren som Excel (Microsoft Forms) eller CSV (Google Forms).",
    ),
    "en": (
        "HOW TO DO IT",
        "1. Make a new form in Microsoft Forms or Google Forms. Choose not to collect names and e-mail.",
        "2. Paste the introduction as the description of the form.",
        "3. Put the questions in, in this order. Copy the text exactly as it stands.",
        "4. Mark all answers to a question and paste them at once. Each line becomes an answer.",
        '5. Make every question required. Let none have the answer "Other". Use a drop-down list where the '
        "answers are many.",
        "6. Make the section Observation once. Then copy it, so that there are {count} of them. Do not "
        "change the text of the questions in the copies. Remove the last question of the last section.",
        '7. Branch: "{nothing}" leads to the end, and so does "{no}" to "{more}".',
        "8. Add no questions of your own. Never let a question have a box for free text.",
        "Export the answers as Excel (Microsoft Forms) or CSV (Google Forms).",
    ),
}
_WORDS = {
    "sv": ("INLEDNING", "AVSNITT", "Vem som svarar", "Iakttagelse", "ett svar", "flera svar",
           "{} att välja på"),
    "en": ("INTRODUCTION", "SECTION", "Who is answering", "Observation", "one answer", "several answers",
           "{} to choose from"),
}  # fmt: skip
LANGUAGES = ("sv", "en")


def listing(form: Form, lang: str) -> str:
    """The whole list in Swedish (``sv``) or English (``en``). Same form, same text."""
    intro, section, who, observation = _WORDS[lang][:4]
    words = {
        "count": str(form.count),
        "nothing": _in(form.report.choices[0].text, lang),
        "no": _in(form.more.choices[0].text, lang),
        "more": _in(form.more.text, lang),
    }
    lines = [_in(form.title, lang), ""]
    lines += [line.format_map(words) for line in _HOW[lang]]
    lines += ["", intro, *(_in(text, lang) for text in form.intro)]
    lines += ["", f"{section}: {who}"]
    for question in (form.report, form.town, organisations(form)):
        if question is not None:
            lines += _question(question, lang)
    lines += ["", f"{section}: {observation}"]
    for question in (form.category, areas(form), form.place, form.time, form.more):
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
    one, several, count = _WORDS[lang][4:]
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
