"""Weighs a whole text by what was learned from many labelled messages, where rules name phrases.

`weigher` joins the two steps: the `sieve` lets what is ordinary pass at a glance, and the `encoder`
reads the rest closely. Both are deterministic and work offline; how they were learned, on what and
how well they do is told in docs/listening.md.
"""
