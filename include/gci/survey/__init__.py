"""The survey: returns and reviews that come in, the questionnaire that goes out."""
