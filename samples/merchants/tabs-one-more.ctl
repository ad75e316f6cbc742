run = 2025-08-01
bills = 11
