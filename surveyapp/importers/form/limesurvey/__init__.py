"""LimeSurvey: response exports with any headings and answers, VV files. Read from LimeSurvey 3 to 7."""
