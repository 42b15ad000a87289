"""A dataclass per page kind, a builder per page kind, dumb templates."""
