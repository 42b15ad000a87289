"""The text scanner: no published text may point anybody out (``disclosure.md`` 6.1, ``domain.md`` 10)."""

from est_build.protect.text.finding import Finding, Rules
from est_build.protect.text.scan import DETECTORS, rules_of, scan_instance, scan_text, shown_intervals

__all__ = ["DETECTORS", "Finding", "Rules", "rules_of", "scan_instance", "scan_text", "shown_intervals"]
