"""Errors as data: what is wrong, where, and what to write instead, all at once and in Swedish."""

from est_build.problems.problem import Kind, Place, Problem, ProblemsError, nearest

__all__ = ["Kind", "Place", "Problem", "ProblemsError", "nearest"]
