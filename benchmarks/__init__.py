"""The same work done by this bot and by what people would use instead, in one run."""
