"""The audit (rule R8): no hidden box can be shown to hold anything by all that was ever published.

``nesting``: which box lies in which; ``axes`` and ``universe``: what an attacker can tell apart;
``system``: the least value that fits; ``lattice``: sets of boxes; ``settle``: the audit itself;
``worlds``: the integer worlds that prove it; ``verify``: the check of the proof, which needs nothing
of the above but ``nesting``.
"""
