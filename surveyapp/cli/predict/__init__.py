"""surveyapp predict ACTION: one file per action, thin; `command` puts them together."""
