"""The example: five real municipalities with invented figures, made by the real ``prepare``."""
