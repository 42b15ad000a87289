"""What leaves the site as data: downloads now; feeds, catalogue and letter later."""
