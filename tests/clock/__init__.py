"""The clock: who is claimed, what becomes of it, and what a death leaves."""
