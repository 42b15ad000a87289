"""The catalogue, 411-429: what may not stand in a text that is published.

A message never repeats a number or an address in full: logs and pull requests are public too.
"""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems.problem import Kind

_SIGN = (
    "Ska det stå kvar: låt två roller läsa texten. Skriv sedan en rad i content/godkannanden.yml med fil "
    "{file}, uttryck ”{value}”, godkant_av, datum och skal."
)
_SIGN_EN = (
    "To keep it, let two roles read the text and add a row to content/godkannanden.yml: fil {file}, "
    'uttryck "{value}", godkant_av, datum and skal.'
)

NATIONAL_ID = Kind(
    "EST411",
    "fel",
    "Texten har ett personnummer eller samordningsnummer ({value}).",
    "Ta bort det. Har det redan skickats till GitHub: räkna det som spritt och följ rutinen för incidenter.",
    "The text holds a personal identity number ({value}).",
    "Remove it. If it has been pushed, treat it as disclosed and follow the incident routine.",
)
PHONE = Kind(
    "EST412",
    "fel",
    "Texten har ett telefonnummer ({value}).",
    "Ta bort det, eller skriv kommunens växel. Nummer i telefon i webbplats.yml får stå i alla texter.",
    "The text holds a telephone number ({value}).",
    "Remove it, or list the switchboard under telefon in webbplats.yml.",
)
EMAIL = Kind(
    "EST413",
    "fel",
    "Texten har en e-postadress som inte är en funktionsbrevlåda ({value}).",
    "Skriv en brevlåda som hör till en uppgift, till exempel den under kontakt i webbplats.yml.",
    "The text holds an e-mail address that is no functional mailbox ({value}).",
    "Use a functional mailbox, such as the one under kontakt in webbplats.yml.",
)
PLATE = Kind(
    "EST414",
    "fel",
    "Texten har något som ser ut som ett registreringsnummer ({value}).",
    "Ta bort det. Skriv ”en bil” eller ”en A-traktor”.",
    "The text holds what looks like a registration plate ({value}).",
    'Remove it. Write "a car".',
)
STREET = Kind(
    "EST415",
    "fel",
    "Texten har en gatuadress ({value}).",
    "Skriv området eller sorten av miljö, till exempel ”en gata i centrum”. Numret pekar ut ett hem.",
    "The text holds a street address ({value}).",
    "Write the area or the kind of place instead.",
)
FLAT = Kind(
    "EST416",
    "fel",
    "Texten har en lägenhet, en uppgång eller ett trapphus med nummer ({value}).",
    "Skriv ”ett trapphus” utan nummer.",
    "The text holds a flat or a stairwell with its number ({value}).",
    'Write "a stairwell" without its number.',
)
COORDINATES = Kind(
    "EST417",
    "fel",
    "Texten har koordinater eller en punkt på en karta ({value}).",
    "Skriv området. Bara ytor är tillåtna: en punkt pekar ut någon.",
    "The text holds coordinates ({value}).",
    "Write the area instead.",
)
PROPERTY = Kind(
    "EST418",
    "fel",
    "Texten har en fastighetsbeteckning ({value}).",
    "Skriv området. Är det ett klockslag: skriv klockan före, till exempel klockan 14.15.",
    "The text holds a property designation ({value}).",
    'Write the area. A time of day is written "klockan 14.15".',
)
ACCOUNT = Kind(
    "EST419",
    "fel",
    "Texten har ett konto eller en länk som kan leda till en människa ({value}).",
    "Ta bort det. Länka till en sida hos en myndighet eller en kommun.",
    "The text holds an account or a link that may lead to a person ({value}).",
    "Remove it. Link to a public body's own page.",
)
COUNT = Kind(
    "EST420",
    "fel",
    "Texten har ett antal eller en andel av rapporter (”{value}”). Bara publicerade intervall får nämnas.",
    "Skriv intervallet i tabellen, till exempel ”5–9 rapporter”, eller ”fler”, ”färre”, ”några”.",
    'The text holds a number or a share of reports ("{value}"). Only published intervals may be named.',
    'Write the interval of the table, such as "5–9 rapporter", or "fler" or "färre".',
)
WORD_STOP = Kind(
    "EST421",
    "fel",
    "”{value}” får inte stå här: {why}.",
    "{instead}",
    '"{value}" may not stand here: {why}.',
    "{instead}",
)
WORD_SIGN_OFF = Kind(
    "EST422",
    "varning",
    "”{value}” kräver godkännande: {why}.",
    "{instead} " + _SIGN,
    '"{value}" needs a sign-off: {why}.',
    "{instead} " + _SIGN_EN,
)
WORD_HINT = Kind(
    "EST423",
    "not",
    "”{value}”: {why}.",
    "{instead}",
    '"{value}": {why}.',
    "{instead}",
)
NAME = Kind(
    "EST424",
    "varning",
    "”{value}” ser ut som en persons namn. Det kräver godkännande.",
    "Skriv en roll eller en organisation. " + _SIGN,
    '"{value}" looks like the name of a person. It needs a sign-off.',
    "Write a role or an organisation. " + _SIGN_EN,
)
NAME_MAYBE = Kind(
    "EST425",
    "not",
    "”{value}” kan vara ett namn.",
    "Är det en person: skriv en roll i stället. Annars behöver du inte göra något.",
    '"{value}" may be a name.',
    "If it is a person, write a role instead.",
)
DETAIL = Kind(
    "EST426",
    "varning",
    "”{value}” är {why}. Det kan peka ut någon och kräver godkännande.",
    "Skriv mer allmänt. " + _SIGN,
    '"{value}": this detail may point somebody out and needs a sign-off.',
    "Write in more general words. " + _SIGN_EN,
)
EVENTS = Kind(
    "EST427",
    "varning",
    "”{value}” är ett antal eller en andel som kan avslöja dolda siffror. Det kräver godkännande.",
    "Skriv ”flera”, ”några” eller ”färre”, eller det intervall som tabellen visar. " + _SIGN,
    '"{value}" may give a hidden figure away and needs a sign-off.',
    'Write "flera" or "några". ' + _SIGN_EN,
)
APPROVAL_UNUSED = Kind(
    "EST428",
    "varning",
    "Godkännandet av ”{value}” i {file} gäller inget: {why}.",
    "Ta bort raden, eller rätta fil och uttryck så att de är som i texten.",
    'The sign-off of "{value}" in {file} applies to nothing.',
    "Remove the row, or correct fil and uttryck.",
)
HIDDEN = Kind(
    "EST429",
    "varning",
    "Texten har tecken som inte syns, eller som bara liknar våra bokstäver och siffror ({value} stycken).",
    "Skriv ordet på nytt för hand i stället för att klistra in det.",
    "The text holds characters that are invisible or only look like ours ({value} of them).",
    "Type the word again by hand.",
)
