"""surveyapp: from a raw community census to honest statistics and a report worth publishing."""
