"""The raw-export guard: pure functions from a path and its bytes to what is wrong with having it in git.

Deny by default (``places``), then what a known file may hold (``known_*``, ``images``, ``svg``), then a
second net of heuristics on every text (``score``, ``encoded``). ``inspect`` puts them together; only ``cli``
calls git. It runs before every commit: nothing in here imports pandas or anything else that takes long.
"""
