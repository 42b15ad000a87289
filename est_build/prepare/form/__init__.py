"""The form of the digital survey, written for each tool from the code lists of the instance."""
