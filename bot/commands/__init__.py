"""What a person can do beside a flow: one file a family."""
