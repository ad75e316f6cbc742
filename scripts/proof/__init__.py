"""What scripts/audit and scripts/crash-matrix are made of. Shares no code with billdrop, and reads none of it."""
