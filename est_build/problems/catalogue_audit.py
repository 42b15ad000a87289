"""The catalogue, the audit (EST451-469): plan, rules over the years, proofs, history."""

# fmt: off (one kind reads best as three short lines)
from __future__ import annotations

from est_build.problems.problem import Kind

PLAN_REFUSED = Kind(
    "EST451",
    "fel",
    "Tabellplanen går inte att granska: {why}.",
    "Ta bort en av tabellerna under tabeller i skydd.yml.",
    "The table plan cannot be audited: {why}.",
    "Remove one of the tables under tabeller in skydd.yml.",
)
RULES_CHANGED = Kind(
    "EST452",
    "fel",
    "Reglerna i skydd.yml har ändrats sedan {span} publicerades.",
    "Regler ändras bara vid ett årsskifte. Återställ skydd.yml. Ska nya regler gälla nästa år: "
    "spara de gamla som skydd/ÅR.yml och skriv galler_fran i båda.",
    "The rules in skydd.yml have changed since {span} was published.",
    "Rules change at a new year only. Restore skydd.yml.",
)
RULES_VERSION = Kind(
    "EST453",
    "fel",
    "Reglerna för olika år går inte ihop: {why}.",
    "Varje fil i mappen skydd/ heter som året i galler_fran. Reglerna i skydd.yml gäller sist.",
    "The rules of different years do not fit together: {why}.",
    "Each file in skydd/ is named after its galler_fran. skydd.yml comes last.",
)
BORDERS_CHANGED = Kind(
    "EST454",
    "fel",
    "Områdenas gränser har ändrats sedan {span} publicerades.",
    "Återställ omraden.geojson. Nya gränser får bara gälla från ett årsskifte.",
    "The borders of the areas have changed since {span} was published.",
    "Restore omraden.geojson. New borders at a new year only.",
)
CODES_CHANGED = Kind(
    "EST461",
    "fel",
    "Kategorierna i kodlistor.yml har ändrats sedan {span} publicerades.",
    "Återställ kodlistor.yml. Skriv fran_ar eller till_ar, så gäller ändringen från ett årsskifte.",
    "The categories in kodlistor.yml have changed since {span} was published.",
    "Restore kodlistor.yml. Use fran_ar or till_ar: changes hold from a new year.",
)
PROOF_FAILED = Kind(
    "EST455",
    "fel",
    "Beviset håller inte: {why}.",
    "Publicera inte. Återställ mappen till det som est-build prepare skrev.",
    "The proof does not hold: {why}.",
    "Do not publish. Restore the folder.",
)
CLOSED_CHANGED = Kind(
    "EST456",
    "fel",
    "Filen har ändrats eller tagits bort efter att den publicerades (ändring {value}).",
    "En publicerad tid ändras aldrig. Återställ filen som den var, och skriv en rättelse i rattelser.yml.",
    "The file was changed or removed after it was published (commit {value}).",
    "A published span never changes. Restore it, and write a correction.",
)
HISTORY_SHALLOW = Kind(
    "EST457",
    "fel",
    "Historiken är inte hel, så det går inte att se om något har ändrats.",
    "Hämta hela historiken: git fetch --unshallow. Eller kör est-build audit --utan-historik.",
    "The history is not whole, so changes cannot be seen.",
    "Fetch all of it: git fetch --unshallow.",
)
HISTORY_MISSING = Kind(
    "EST458",
    "fel",
    "Mappen ligger inte i ett git-förråd ({why}), så historiken går inte att granska.",
    "Kör i ett förråd med git, eller kör est-build audit --utan-historik.",
    "The folder is not in a git repository ({why}).",
    "Run in a repository, or with --utan-historik.",
)
AUDIT_BLOCKED = Kind(
    "EST459",
    "fel",
    "{value}: det som redan är publicerat räcker för att röja en ruta. Att dölja mer hjälper inte.",
    "Inget har skrivits. Publicera inget mer för kommunen i år. Fråga den som ansvarar för reglerna.",
    "{value}: what is already published is enough to expose a box.",
    "Nothing was written. Publish no more of this municipality this year.",
)
AREA_RESTS = Kind(
    "EST460",
    "varning",
    "Området {value} visas inte för sig under den här tiden: {why}.",
    "Rapporterna räknas i kommunens siffror. Slå ihop området med en granne vid årsskiftet.",
    "Area {value} is not shown by itself: {why}.",
    "Its reports count in the municipality's figures. Merge it at the new year.",
)
