"""What the files of an instance may say (format 1): one typed model per kind of file."""
