"""The library of affirmations, and which of its lines comes next."""
