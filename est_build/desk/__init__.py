"""What people who write the files get help with: repairs, new files, schemas for editors."""
