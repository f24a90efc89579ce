"""What a census is: waves, questions, choices, filters, reports. Frozen dataclasses, standard library only."""
