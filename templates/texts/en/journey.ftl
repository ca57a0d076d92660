journey-person-email = This value looks like an e-mail address. Nothing about a person may come in; the row was not stored. Remove it at the source.
journey-person-phone = This value looks like a telephone number. Nothing about a person may come in; the row was not stored. Remove it at the source.
journey-person-title = This value looks like a person’s name (a title such as “Mr” before it). Nothing about a person may come in; the row was not stored. If it really is the name of a step, declare it in the blueprint.
journey-person-staff-number = This value looks like a staff number. Nothing about a person may come in; the row was not stored. If it really is a name of yours, declare it in the blueprint.
journey-person-name = This value looks like a person’s whole name. Nothing about a person may come in; the row was not stored. If it really is the name of a step or site, declare it in the blueprint.
journey-time-malformed = This is not a time. Write it as 2026-07-06T14:30:00+02:00, or 2026-07-06 14:30 in the organisation’s time zone.
journey-time-impossible = This day or time does not exist. Years from 1900 to 2199 are taken.
journey-time-skipped = This local time does not exist: the clock was put forward over it. Add the offset, such as +02:00.
journey-no-journey = The identifier of the journey is missing.
journey-no-step = The name of the step is missing.
journey-no-time = The time is missing: a start or an end is needed.
journey-end-before-start = The end is before the start.
journey-promised-before-requested = The date promised is before the date that the customer asked for.
journey-promised-end-before-start = The promised end is before the promised start.
journey-unknown-step = The blueprint has no step “{ $name }”. Add it, or add this name to the activities of a step, with “relais blueprint apply”.
journey-unknown-site = There is no site “{ $name }”. Add it to the blueprint with “relais blueprint apply”.
journey-too-long = This value is longer than { $most } characters, too long for a name.
journey-control-character = This value holds a control character.
journey-bad-contact = This is neither an e-mail address nor a telephone number.
journey-bad-locale = The language must be fr or en.
journey-too-many-events = This journey has more than { $most } events. Is the column of the identifier the right one?
journey-wrong-width = This row has { $found ->
    [one] one field
   *[other] { $found } fields
 } instead of { $expected }. Is there a delimiter or a quote too many or too few?
journey-file-empty = The file is empty.
journey-file-not-found = There is no such file.
journey-file-is-folder = This is a folder, not a file.
journey-file-truncated = The file is cut off. Nothing of it was stored. Copy it again from its source.
journey-file-damaged = The file is damaged and cannot be read. Copy it again from its source.
journey-file-too-large = The archive unpacks to far more than it should. Nothing of it was stored.
journey-line-too-long = This line is far too long: a quote may be open. What follows was not read.
journey-import-too-long = The import took too long and was stopped. Split the file; what was stored already will be recognised.
journey-encoding-latin1 = The text is not UTF-8 (it may be Windows-1252 or Latin-1). Nothing was stored. Save the file as UTF-8.
journey-encoding-utf16 = The text is UTF-16. Nothing was stored. Save the file as UTF-8.
journey-encoding-binary = This is not text: it holds a zero byte. Nothing was stored. Save the file as CSV, XES or OCEL in UTF-8.
journey-column-missing = There is no column for “{ $column }”. Name it in a mapping file: { $column } = "the column’s name".
journey-mapping-malformed = The mapping cannot be read: { $why }. One line a column: journey = "the column’s name".
journey-mapping-not-text = Here goes the name of a column, in quotes.
journey-mapping-unknown-name = The mapping names something that events do not have. Possible are journey, step, start, end, time, promised_start, promised, requested, site, contact, locale, lifecycle, instance and the declared attributes.
journey-mapping-person = The column “{ $column }” holds people who work there; it cannot be read.
journey-mapping-no-column = The file has no column “{ $column }”.
journey-mapping-twice = The column “{ $column }” is named twice.
journey-xml-doctype = The file holds a document type (DOCTYPE), which is never needed in an event log and is refused for safety. Remove it.
journey-xml-too-deep = The elements are nested too deeply for an event log.
journey-xml-not-xes = This is neither XES nor OCEL 2.0: the outermost element must be “log”.
journey-xml-malformed = This XML is malformed.
journey-xml-broken = The XML breaks here (column { $column }). The journeys before are kept; what follows was not read.
journey-xml-truncated = The file ends in the middle (column { $column }). The whole journeys before are kept.
journey-ocel-sqlite = This is a SQLite database. If it is an OCEL 2.0 log, export it as JSON (.jsonocel) or XML (.xmlocel) and import that.
journey-ocel-needed = Only an OCEL 2.0 log has types of objects. Leave --object-type out.
journey-ocel-which = The log has several types of objects. Say with --object-type which of them are the journeys: { $types }.
journey-ocel-no-such-type = The log has no objects of this type. With --object-type, choose one of: { $types }.
journey-ocel-people = Objects of this type are people who work there; they cannot be the journeys. Choose another with --object-type.
journey-ocel-no-objects = The log has no objects that could be journeys. Export it as OCEL 2.0, with its objects.
journey-ocel-mapping = In an OCEL log the journey is an object, and the step and its end are the type and the time of an event. Leave this name out of the mapping file.
journey-ocel-shape = This is not as OCEL 2.0 has it (column { $column }): “objects” and “events” are lists, and each value is text. Nothing was stored.
journey-ocel-truncated = The file ends in the middle (column { $column }). Nothing of it was stored. Copy it again from its source.
journey-ocel-broken = The XML breaks here (column { $column }). Nothing of the file was stored.
journey-ocel-too-long = An object or event is far too long (column { $column }): a quote may be open. Nothing of the file was stored.
journey-ocel-too-many = The log has more than { $objects } objects or more than { $types } types of objects. Nothing was stored. Split it by time.
journey-ocel-object-incomplete = This object has no identifier or no type.
journey-ocel-object-twice = This identifier belongs to an object of another type already.
journey-ocel-no-object = This event names an object that is not in the file. Export the log with all its objects.
journey-json-malformed = This is not JSON (column { $column }).
journey-json-truncated = The JSON ends in the middle (column { $column }).
journey-json-too-deep = The JSON is nested too deeply.
journey-json-not-an-event = An event is a JSON object with fields such as journey, step and end.
journey-json-unknown-field = Events have no such field. Declare it as an attribute of the journey type, or leave it out.
journey-json-person-field = Fields about people who work there are not taken. Leave it out.
journey-json-field-twice = This field is given twice.
journey-json-not-text = This value must be text in quotes.
journey-cloudevents-version = Only CloudEvents 1.0 is understood.
journey-cloudevents-missing = A CloudEvents envelope needs this field.
journey-no-type = There is no journey type “{ $code }”.
journey-type-missing = Say which journey type the events belong to: /api/v1/events?journey_type=…
journey-media-type = Send application/x-ndjson, application/cloudevents+json or application/cloudevents-batch+json.
journey-bad-code = “{ $code }” cannot be a code: use up to 120 characters, without “:” and control characters.
journey-blueprint-malformed = { $why }
journey-blueprint-reason-missing = Say why in one sentence: reason = "…". It goes into the settings journal.
journey-blueprint-other-type = The file describes “{ $found }”, not “{ $expected }”.
journey-blueprint-no-steps = A blueprint has at least one [[step]].
journey-blueprint-no-frontstage = At least one step must be frontstage: a customer meets it.
journey-blueprint-code-twice = “{ $code }” is there twice.
journey-blueprint-activity-twice = The activity “{ $code }” belongs to two steps.
journey-blueprint-unknown-team = There is no team “{ $code }”. Add [[team]] with this code, or correct it.
journey-blueprint-unknown-site = There is no site “{ $code }”. Add [[site]] with this code, or correct it.
journey-blueprint-unknown-planner = There is no step “{ $code }” that could give the dates.
journey-blueprint-heads-twice = A team has either “central” or “sites”, not both.
journey-blueprint-heads-too-many = A headcount is a number from 0 to 100000.
journey-blueprint-days = Quiet days are from 1 to 365, the buffer from 0 to 30 days.
journey-feeds-title = What your events make visible
journey-feeds-about = The systems that tell of your steps feed what you and your neighbours read. Counts are of the whole network, rounded down to tens.
journey-feeds-no-steps = No step of a service is this team’s.
journey-feeds-silent = Nothing has arrived since { $date }, for { $days } days; before, the longest pause was { $usual ->
    [one] one day
   *[other] { $usual } days
 }. Ask whoever runs the system whether its feed still runs.
journey-feeds-newest = Last events: { $date }
journey-feeds-never = none yet
journey-feeds-what = What they make visible
journey-feeds-lately = Since yesterday
journey-feeds-weeks = In 28 days
journey-feeds-events = Passages of customers
journey-feeds-promised = Promised dates
journey-feeds-timed = Times, from beginning to end
journey-feeds-few = fewer than { $floor }
journey-feeds-nav = Feeds
