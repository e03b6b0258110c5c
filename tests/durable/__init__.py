"""What must survive: kills, a failing network, broken updates, restarts."""
