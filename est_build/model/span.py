"""Spans of time as the public side knows them (the values are made when files are loaded)."""

from est_build.load.span import MONTHS, Span, SpanKind, date_range, day, week_label

__all__ = ["MONTHS", "Span", "SpanKind", "date_range", "day", "week_label"]
