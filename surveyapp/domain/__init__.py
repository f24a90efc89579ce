"""What a census is: waves, questions, choices, filters, reports. Frozen dataclasses and rules, standard library only."""
