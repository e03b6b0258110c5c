"""Where a person is, as far as their clock goes: a typed place or a shared location to a zone."""
