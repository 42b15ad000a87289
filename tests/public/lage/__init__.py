"""The pages of the fortnights: start, archive, the file that stands alone, easy Swedish and English."""
