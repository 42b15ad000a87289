"""Survey tools that are known by name: what each adds to an export, as its documentation describes it.

Everything here is a default: what ``enkat.yml`` says wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from est_build.prepare.folding import fold
from est_build.schema.survey import Link, Survey


@dataclass(frozen=True, slots=True)
class Tool:
    """One survey tool. Headings are compared whatever their case."""

    name: str
    """As in ``verktyg``."""
    ids: tuple[str, ...]
    """Headings of the answer's id, the best first."""
    arrived: tuple[str, ...]
    """Headings of the moment when the answer was sent in."""
    own: tuple[str, ...]
    """Headings that the tool adds and nobody reads; ``*`` stands for any text."""
    signs: tuple[frozenset[str], ...]
    """Sets of headings: a table with all of one set comes from this tool."""
    separator: str | None = None
    """Between several choices in one cell."""
    link: Link | None = None
    utc: bool = False
    rows_are_answers: bool = False
    drafts: bool = False
    """True if answers that were never sent in stand among the others, without a moment."""
    formats: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    """What stands in a cell of a question that was not asked."""


MICROSOFT = Tool(
    # Export "Open in Excel": ID, three moments and two names, then a column for each question. Several
    # choices end with a semicolon each; a question text that occurs again gets a number.
    "Microsoft Forms",
    ids=("ID",),
    arrived=("Completion time", "Slutförandetid", "Sluttid"),
    own=(
        *("Start time", "Starttid", "Email", "E-post", "E-postadress", "Name", "Namn"),
        *("Last modified time", "Tid för senaste ändring", "Senast ändrad", "Language", "Språk"),
        *("Total points", "Totalt antal poäng", "Quiz feedback", "Testfeedback"),
    ),
    signs=(frozenset({"id", "completion time"}), frozenset({"id", "slutförandetid"})),
    separator=";",
)
GOOGLE = Tool(
    # Download of the answers as CSV, or of the sheet that a form is tied to: a moment (with AM or em and
    # the time zone in the first) and the questions, no id. A question text may occur several times. Several
    # choices are joined by a comma and a blank, also where a choice has a comma in it.
    "Google Forms",
    ids=(),
    arrived=("Timestamp", "Tidstämpel", "Tidsstämpel"),
    own=("Email address", "E-postadress", "Username", "Användarnamn", "Score", "Poäng"),
    signs=(frozenset({"timestamp"}), frozenset({"tidstämpel"}), frozenset({"tidsstämpel"})),
    separator=",",
    rows_are_answers=True,
    formats=("%Y-%m-%d %H.%M.%S",),
)
KOBO = Tool(
    # Export as XLS: a sheet of answers and one for each group that repeats, tied by _index and
    # _parent_index. Several choices as a summary in one cell, as a column for each (0 or 1), or both.
    # Export as CSV has semicolons, and leaves groups that repeat out.
    "KoboToolbox",
    ids=("_uuid", "_id", "meta/instanceID"),
    arrived=("_submission_time",),
    own=(
        *("start", "end", "today", "deviceid", "username", "phonenumber", "simserial", "subscriberid"),
        *("audit", "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"),
        *("_submitted_by", "__version__", "_version_", "_tags", "_index", "_parent_index"),
        *("_parent_table_name", "_submission_*", "meta/*", "formhub/uuid", "_xform_id_string"),
        *("_geolocation", "_attachments", "$edited"),
    ),
    signs=(frozenset({"_id", "_uuid", "_submission_time"}),),
    separator=" ",
    link=Link(barn="_parent_index", foralder="_index"),
    utc=True,
)
ODK = Tool(
    # A zip with a CSV of the answers and one for each repeat, tied by KEY and PARENT_KEY; moments end in Z.
    "ODK",
    ids=("KEY", "meta-instanceID", "instanceID"),
    arrived=("SubmissionDate",),
    own=(
        *("start", "end", "today", "meta-*", "instanceID", "instanceName", "KEY", "PARENT_KEY", "SET-OF-*"),
        *("SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status"),
        *("ReviewState", "DeviceID", "Edits", "FormVersion"),
    ),
    signs=(frozenset({"key", "submissiondate"}),),
    separator=" ",
    link=Link(barn="PARENT_KEY", foralder="KEY"),
    utc=True,
)
LIMESURVEY = Tool(
    # Export of responses as CSV or Excel, with question codes or question texts as headings. A choice of
    # several has a column: question[choice], question_choice or "Question [Choice]", with Y or Ja in it.
    # N/A: the question was not asked. Without submitdate: begun and not sent in.
    "LimeSurvey",
    ids=("id", "Response ID", "Svars-ID", "Svars ID", "Respons-ID"),
    arrived=("submitdate", "Date submitted", "Datum inskickat", "Inskickat datum"),
    own=(
        *("lastpage", "Last page", "Sista sidan", "Sista sida", "startlanguage", "Start language"),
        *("Startspråk", "seed", "Frö", "token", "Access code", "startdate", "Date started", "Datum startat"),
        *("datestamp", "Date last action", "Datum senaste åtgärd", "ipaddr", "IP address", "IP-adress"),
        *("refurl", "Referrer URL", "Hänvisande URL", "interviewtime", "Total time", "groupTime*", "*Time"),
        *("Question time: *", "Group time: *"),
    ),
    signs=(
        frozenset({"id", "submitdate", "lastpage"}),
        frozenset({"response id", "date submitted"}),
        frozenset({"svars-id", "datum inskickat"}),
        frozenset({"svars-id", "inskickat datum"}),
    ),
    drafts=True,
    blank=("N/A", "Ej tillämpligt"),
)
SURVEY123 = Tool(
    # Export as Excel (a sheet for each table) or CSV (a file for each, in a zip), tied by GlobalID and
    # ParentGlobalID; several choices are joined by a comma, moments are in UTC.
    "Survey123",
    ids=("GlobalID",),
    arrived=("CreationDate",),
    own=(
        *("ObjectID", "GlobalID", "ParentGlobalID", "CreationDate", "Creator", "EditDate", "Editor"),
        *("x", "y", "uniquerowid", "Shape__Area", "Shape__Length"),
    ),
    signs=(frozenset({"objectid", "globalid", "creationdate"}),),
    separator=",",
    link=Link(barn="ParentGlobalID", foralder="GlobalID"),
    utc=True,
    formats=("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S"),
)
TOOLS = (MICROSOFT, KOBO, ODK, LIMESURVEY, SURVEY123, GOOGLE)
"""In the order in which their signs are looked for: the weakest last."""
UNKNOWN = Tool("okänt", ids=(), arrived=(), own=(), signs=())
_SPACE = "mellanslag"
"""How a blank is written in ``enkat.yml``."""


def tool_called(name: str) -> Tool:
    """The tool that ``verktyg`` names; :data:`UNKNOWN` if it is none of ours."""
    wanted = fold(name).replace(" ", "")
    return next((tool for tool in TOOLS if fold(tool.name).replace(" ", "") == wanted), UNKNOWN)


def tool_of(tables: Iterable[Iterable[str]]) -> Tool:
    """The tool that the headings of the tables point to."""
    headers = [{fold(heading) for heading in header} for header in tables]
    for tool in TOOLS:
        if any(sign <= header for sign in tool.signs for header in headers):
            return tool
    return UNKNOWN


@dataclass(frozen=True, slots=True)
class Manner:
    """How one survey's exports are read: ``enkat.yml``, and the tool's own ways where it is silent."""

    tool: Tool
    link: Link | None
    separator: str | None
    utc: bool
    rows_are_answers: bool
    drafts: bool
    formats: tuple[str, ...]


def manner_of(survey: Survey) -> Manner:
    """Put the survey's settings before the tool's."""
    tool, said = tool_called(survey.verktyg), survey.model_fields_set
    separator = survey.flerval if "flerval" in said else tool.separator
    return Manner(
        tool,
        survey.koppling if "koppling" in said else tool.link,
        " " if separator == _SPACE else separator,
        survey.tidszon == "UTC" if "tidszon" in said else tool.utc,
        survey.rad_per_svar if "rad_per_svar" in said else tool.rows_are_answers,
        survey.oavslutade if "oavslutade" in said else tool.drafts,
        survey.datumformat if "datumformat" in said else (*survey.datumformat, *tool.formats),
    )


def written_separator(separator: str) -> str:
    """A separator as ``enkat.yml`` has it."""
    return _SPACE if separator == " " else separator


@cache
def pattern(heading: str) -> re.Pattern[str]:
    """A heading with ``*`` as a pattern: each star is a group, the last one the choice."""
    parts = [re.escape(part) for part in heading.split("*")]
    return re.compile("(.*?)".join(parts), re.IGNORECASE | re.DOTALL)


def is_own(tool: Tool, heading: str) -> bool:
    """True if the tool adds this heading itself."""
    return any(pattern(own).fullmatch(heading) for own in (*tool.ids, *tool.arrived, *tool.own))
