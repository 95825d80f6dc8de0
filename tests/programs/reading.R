# What an analyst does in R with a release: its tables as CSV, and its workbook. Prints lines of: what, key, value.
told <- commandArgs(TRUE)
release <- told[1]
workbook <- told[2]
tell <- function(what, key, value) cat(sprintf("%s\t%s\t%s\n", what, key, value), sep = "")
exactly <- function(numbers) ifelse(is.na(numbers), "", sprintf("%.17g", numbers))

scores <- read.csv(file.path(release, "csv/overall_scores.csv"), na.strings = "", encoding = "UTF-8")
tell("score", scores$iso3, exactly(scores$score))
states <- read.csv(file.path(release, "csv/member_states.csv"), na.strings = "", colClasses = "character", encoding = "UTF-8")
tell("iso2", states$iso3, states$iso2)
tell("m49", states$iso3, states$m49)
tell("name_ar", states$iso3, states$name_ar)

sheet <- readxl::read_excel(workbook, sheet = "States")
tell("sheet", sheet[["ISO 3166 code"]], exactly(sheet[["Overall score (0–100)"]]))
made <- readxl::read_excel(workbook, sheet = "How a score is made", col_names = FALSE, .name_repair = "minimal")
tell("made", "Overall score", exactly(as.numeric(made[[8]][which(made[[1]] == "Overall score")])))
