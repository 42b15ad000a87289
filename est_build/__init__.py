"""est-build: from a survey about insecurity in public places to a safe, honest, public site."""

__version__ = "0.1.0"
