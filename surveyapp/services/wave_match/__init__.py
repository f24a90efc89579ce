"""The same question in several waves: what is sure, what is proposed, what a person decided."""
