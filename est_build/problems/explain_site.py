"""Explanations, 641-659: a built site afterwards, and work that is shared out."""

from __future__ import annotations

from est_build.problems.explain import explained as e

TEXTS = {
    "EST641": e(
        "Fillistan ligger överst i varje byggd webbplats. I den angivna mappen finns den inte.",
        "Every built site has manifest-sha256.txt in its top folder. The folder lacks it.",
        "est-build verify site/karta",
        "est-build verify site",
    ),
    "EST642": e(
        "En fillista ska ha en rad för varje fil, med ett fingeravtryck av filen och dess namn i mappen. "
        "Den här är skadad, eller skriven av någon annan än est-build.",
        "A list has a row for each file, with its sha256 and its name within the folder. This one is "
        "damaged, or made by somebody else.",
        "f2ca…  ../annat.txt",
        "f2ca…  index.html",
        why="rad 3: namnet leder ut ur mappen",
    ),
    "EST643": e(
        "Någon, eller något på vägen, har ändrat filen sedan webbplatsen byggdes.",
        "Somebody, or something on the way, has changed the file since the site was built.",
        "en tabell som är öppnad och sparad i ett kalkylprogram",
        "samma tabell hämtad på nytt",
    ),
    "EST644": e(
        "Filen är borttagen, eller följde inte med när webbplatsen hämtades.",
        "The file was removed, or was not fetched with the rest.",
        "est-build verify hamtat",
        "est-build verify hamtat --utan-saknade",
    ),
    "EST645": e(
        "Någon har lagt till filen efteråt, eller så gäller fillistan en annan version av webbplatsen.",
        "Somebody has added the file, or the list is that of another version of the site.",
        "site/anteckningar.txt",
    ),
    "EST646": e(
        "Delarna är gjorda på olika håll, och något har skilt sig: inställningar, data eller version.",
        "The parts were made in different places, and something differed: settings, data or version.",
        "två delar gjorda före och efter en ändring i skydd.yml",
        "båda gjorda efter ändringen",
        why="skydd.yml är inte densamma",
    ),
    "EST647": e(
        "En del är inte angiven, eller är angiven två gånger.",
        "A part was not named, or was named twice.",
        "est-build foga sajt del-1",
        "est-build foga sajt del-1 del-2",
        why="del 2 av 2 saknas",
    ),
}
