survey-bad-scale = A scale is two whole numbers, the worst and the best, such as 0-10, 1-5 or 0-1.
survey-published = Version { $version } is published: what customers have read does not change. Save a new draft.
survey-no-draft = Version { $version } is in force already and there is no draft. Save a draft on the questionnaire’s page first.
survey-gaps = Translations are missing: { $missing }. Write them, blank the other language to go back to our words, or take this language out.
