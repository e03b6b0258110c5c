"""Every change the tables went through, for Alembic; `versions/` holds one file for each."""
