"""The structure of a LimeSurvey survey, as tab-separated text or as .lss: a codebook for its responses."""
