"""The questionnaire of an edition that asks questions, from its framework: a workbook per state, and an XLSForm."""
