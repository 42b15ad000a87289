"""What a change does: two versions of an instance compared, and told so that somebody can say yes or no."""
