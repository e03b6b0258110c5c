"""Tests of local times, appointments, times as people type them, and places."""
