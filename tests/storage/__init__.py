"""Tests of settings, logs and the sealed storage."""
