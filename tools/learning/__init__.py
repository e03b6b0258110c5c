"""Learns what `conversations/listening/learned` holds; README.md says how."""
