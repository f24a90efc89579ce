"""Us against a control group: as they are, and as if they were composed as we are."""
