"""The loop: actions, issues, quarters, plan and law."""
