"""Hostile input, written down as data, in every state a person can be in."""
