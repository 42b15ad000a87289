"""Bytes to typed values with file, line and column; code lists, calendar and areas."""
