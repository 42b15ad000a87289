"""What the published files say: one description, from which every other description is made."""
