"""PRIVATE side: sees answers. Public code (``model`` and everything after it) must not import this."""
