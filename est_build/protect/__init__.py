"""Protection: the plan of tables, the rules R1-R7, intervals, attestation."""
