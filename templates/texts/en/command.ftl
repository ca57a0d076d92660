# What the commands print, and their help.
command-check-fine = The settings are fine: the database opens and the address is free.
command-check-plain = The database is on another machine, and its address does not ask for TLS: whoever stands between may read everything. Add ?sslmode=verify-full to it.
command-serving = Relais serves at { $url } (stop with Ctrl+C)
command-init-reason = First set-up
command-key = The key, shown this once: { $key }
command-key-revoked = The key no longer opens anything.
command-setting-announced = The change of { $name } is announced in the settings journal and holds from { $from }.
command-pilot-ended = The pilot has ended. From now on the process owner reads what was published, after the teams.
command-journal-settings = Settings journal
command-journal-access = Access log
command-journal-found = { $chain }: { $found }
command-guarantees-broken = These guarantees do not hold: { $names }. What is against each is printed above.
command-link = The sign-in link, good for one use: { $url }
command-link-reason = Recovery
command-account-changed = The account is something else now, and its sessions have ended.
command-account-removed = The account is removed.
command-factor-reset = The second factor is gone, and so are the account’s sessions. The password is enough again.
command-account-line = { $number }  { $email }  { $role } { $teams }
command-key-line = { $label }: { $scope } { $eyes }, last used { $used }
command-bad-email = “{ $email }” is not an e-mail address.
command-redact-unsure = Line { $line }: somebody might still be recognised; this comment would be for the team alone.
command-names-added = The names are added: no comment released from now on shows them. The journal says how many, never which.
command-names-known = These names were in the list already.
command-names-cleared = The team's list is empty.
command-names-none = The team's list was empty already.
command-comments-released = { $comments ->
    [one] { $comments } comment redacted and released; the original is gone.
   *[other] { $comments } comments redacted and released; the originals are gone.
 }
command-nothing-to-publish = There is no journey type yet. Import an event log first: relais import events FILE --journey-type CODE.
command-publishing = Publishing { $type }
command-importing-events = Importing events
command-importing-answers = Importing answers
command-import-dry-run = Nothing was stored. This is what would happen:
command-column-person = left out: about a person who works there
command-column-ignored = not used
command-imported = { $read } read, { $kept } kept, { $repeated } known already, { $refused } refused
command-joined = { $count } rows were the start of an activity whose end is the event
command-passed-over = { $count } rows were neither a start nor an end, or of no journey, and tell nothing here
command-partial = { $count } kept without an overall answer
command-unknown-journeys = { $count } about journeys that no event names: each became a journey of its own
command-comments-held = { $count } comments, held until they are redacted
command-persons-dropped = Column { $column }: { $count } values about persons dropped
command-more-refused = The first { $most } refusals are listed.
command-blueprint-reason = Say why this is put into force
command-applied = The blueprint of { $type } is in force, and the settings journal says why.
command-applied-waits = More people, and steps that go to another team, count in { $days } days; until then, and for answers collected before, the fewer do.
command-applied-nothing = The blueprint of { $type } says what is in force already; nothing was changed.
command-written = Written to { $file }
command-discovered = { $journeys } journeys, { $events } events, { $variants } variants. Journeys by step:
command-discovered-handoffs = Handoffs that customers notice, with their waits:
command-waits = half of them under { $median } h, nine in ten under { $p90 } h
command-withheld = Nothing can be shown: { $why }
command-published =
    { $type }: { $weeks ->
        [0] no week was over that was not closed already
        [one] one week closed
       *[other] { $weeks } weeks closed
    }; { $answers ->
        [one] one answer
       *[other] { $answers } answers
    } released in { $atoms ->
        [one] one atom
       *[other] { $atoms } atoms
    }; { $waiting ->
        [0] none waits
        [under] fewer than 10 wait
       *[other] { $waiting } wait
    }.
command-published-searched = Searched before it is shown: { $figures } figures at their places, { $equations } sums that a reader can know; the fewest people that anything can be worked out about are { $people }. { $withheld ->
    [0] Nothing had to be withheld beside them.
    [one] One figure is withheld because of what could be worked out beside it.
   *[other] { $withheld } figures are withheld because of what could be worked out beside them.
 }
command-published-nothing-told = Searched: nothing is told of any part of the journey yet.
command-questionnaire-published = Customers of { $type } are asked version { $version } of the questionnaire from now on.
command-questionnaire-none = No version: nobody is asked. “relais questionnaire publish” publishes ours.
command-questionnaire-imported = Version { $version }: another tool’s questionnaire, imported on { $at }
command-questionnaire-draft = Version { $version }: draft of { $at }
command-questionnaire-in-force = Version { $version }: in force since { $at }
command-questionnaire-replaced = Version { $version }: published on { $at }, replaced since
help-relais = Satisfaction of whole service journeys: where the points are lost, without anyone being rated.
help-option-data = The data folder
help-option-database-url = Another database than the one inside the data folder, such as postgres://…
help-option-json = One JSON document on standard output
help-option-lang = The language of what is printed
help-option-help = Print help
help-option-version = Print the version
help-relais-demo = A garage network with a year of journeys, ready to look at
help-relais-demo-port = The port to serve at
help-relais-demo-seed = The same seed makes the same year
help-relais-demo-no-serve = Make the data, print the links, and stop
help-relais-serve = The service: pages, API and jobs
help-relais-init-listen = The address at which it will be served, for the link
help-relais-serve-listen = The address to listen at
help-relais-serve-check = Print every setting with its origin, try the database and the address, and stop
help-relais-init = A new organisation and its first administrator’s sign-in link
help-relais-init-administrator = The e-mail address of the administrator
help-relais-init-name = The name of the organisation
help-relais-init-time-zone = Where its weeks begin, such as Europe/Paris
help-relais-import = Bring in events or answers
help-relais-import-events = Bring in an event log: CSV, XES, OCEL 2.0 (JSON, XML), NDJSON, plain or gzip
help-relais-import-events-file = The file
help-relais-import-events-journey-type = The journey type it is about
help-relais-import-events-site = The site of all its journeys
help-relais-import-events-mapping = A file that says which column means what
help-relais-import-events-object-type = In an OCEL log, the type of the objects that are the journeys
help-relais-import-events-dry-run = Read and report, store nothing
help-relais-import-answers = Bring in answers from another survey tool
help-relais-import-answers-file = The CSV file
help-relais-import-answers-journey-type = The journey type it is about
help-relais-import-answers-site = The site of answers that name none
help-relais-import-answers-scale = The scale of the outcome, such as 0-10
help-relais-import-answers-item-scale = The scale of the items, such as 1-5
help-relais-import-answers-dry-run = Read and report, store nothing
help-relais-blueprint = What the service is meant to be: discover, export or apply it
help-relais-blueprint-discover = Show the steps, handoffs, variants and waits of the imported log
help-relais-blueprint-discover-file = Write the discovered blueprint to this file
help-relais-blueprint-discover-journey-type = The journey type
help-relais-blueprint-export = Write the blueprint in force as a file
help-relais-blueprint-export-file = The file; standard output without it
help-relais-blueprint-export-journey-type = The journey type
help-relais-blueprint-apply = Put a blueprint file into force, through the settings journal
help-relais-blueprint-apply-file = The file
help-relais-blueprint-apply-journey-type = The journey type, when the file is to be refused for another
help-relais-asking = Whom a journey type asks, when and how often at most; changes what is given
help-relais-asking-journey-type = The journey type
help-relais-asking-rate = Of a hundred customers who could be asked, so many are
help-relais-asking-delay-hours = Hours between the end of a journey and the invitation
help-relais-asking-quiet = Hours in which nobody is written to, such as 20-8; the same hour twice for none
help-relais-asking-reminder-days = Days after the invitation at which a reminder goes out; 0 for none
help-relais-asking-rest-days = Days in which an address is written to about one journey at most
help-relais-asking-link-days = Days for which a link is open
help-relais-asking-reason = Why, for the settings journal
help-relais-rates = What came of asking, by the week in which journeys were over
help-relais-rates-journey-type = The journey type
help-relais-rates-from = From the week of this day
help-relais-rates-to = To the week of this day
help-relais-questionnaire = The questionnaire: what customers are asked
help-relais-questionnaire-show = Show its versions
help-relais-questionnaire-show-journey-type = The journey type
help-relais-questionnaire-publish = Publish the draft, or ours where there is none: from then on customers are asked
help-relais-questionnaire-publish-journey-type = The journey type
help-relais-questionnaire-publish-reason = Why, for the settings journal
help-relais-publish = Close the weeks that are over: raw answers become published cells
help-relais-publish-through = Close no week that ends after this day
help-relais-publish-journey-type = Only this journey type
help-relais-breakdown = Where the points are lost
help-relais-breakdown-journey-type = The journey type; may be left out where there is only one
help-relais-breakdown-partition = Whose journeys
help-relais-breakdown-against = What to compare with: the rest of the network
help-relais-breakdown-from = From the release of this day
help-relais-breakdown-to = To the release of this day
help-relais-breakdown-as-owner = As the process owner sees it (the default)
help-relais-breakdown-as-team = As this team sees it
help-relais-map = The friction map: where journeys go, wait and lose points
help-relais-map-journey-type = The journey type; may be left out where there is only one
help-relais-map-partition = Whose journeys
help-relais-map-against = What to compare with: the rest of the network
help-relais-map-from = From the release of this day
help-relais-map-to = To the release of this day
help-relais-map-as-owner = As the process owner sees it (the default)
help-relais-map-as-team = As this team sees it
help-relais-chart = A figure week after week, with limits, and what is worth asking about
help-relais-chart-journey-type = The journey type; may be left out where there is only one
help-relais-chart-measure = What to follow
help-relais-chart-partition = Whose journeys
help-relais-chart-baseline-until = Limits from the releases up to this day
help-relais-chart-from = From the release of this day
help-relais-chart-to = To the release of this day
help-relais-chart-as-owner = As the process owner sees it (the default)
help-relais-chart-as-team = As this team sees it
help-relais-links = Write survey links for another sender: text messages, codes to scan
help-relais-links-journey-type = The journey type
help-relais-links-csv = The file to write; it must not be there yet
help-relais-links-journeys = A file of the source’s journey identifiers, one a line; without it, all customers who can be reached by telephone alone
help-relais-links-again = Also new links for those who were given one and have not answered
help-relais-links-reason = Why, for the settings journal; needed with a list
help-relais-redact = Mask the names in a text: one comment a line on standard input; with --lang in that language, else in the one that is recognised. Nothing is stored
help-relais-names = The names that a team has masked in comments
help-relais-names-add = Add the names read from standard input, one a line; only keyed hashes of them are kept
help-relais-names-add-team = The team
help-relais-names-add-reason = Why, for the settings journal
help-relais-names-clear = Empty a team's list
help-relais-names-clear-team = The team
help-relais-names-clear-reason = Why, for the settings journal
help-relais-account = Sign-in accounts
help-relais-account-add = Add an account and print its sign-in link
help-relais-account-add-email = Its e-mail address
help-relais-account-add-role = What it is for
help-relais-account-add-team = Of a member: the team, or the team at one site
help-relais-account-add-reason = Why, for the settings journal
help-relais-account-link = Print a new sign-in link for an account
help-relais-account-link-email = Its e-mail address
help-relais-key = Keys of programs
help-relais-key-add = Add a key and print it, this once
help-relais-key-add-label = What the key is for
help-relais-key-add-scope = What it allows
help-relais-key-add-reason = Why, for the settings journal
help-relais-key-revoke = Revoke the keys of a label
help-relais-key-revoke-label = The label
help-relais-key-revoke-reason = Why, for the settings journal
help-relais-pilot = The pilot of the organisation
help-relais-pilot-end = End the pilot, after a team reviewed it
help-relais-pilot-end-reviewed-by = The team that reviewed it
help-relais-pilot-end-council-informed = The day on which the works council was informed
help-relais-pilot-end-council-not-needed = Why the works council need not be informed
help-relais-pilot-end-reason = Why the organisation goes on, for the settings journal
help-relais-setting = Settings that touch privacy
help-relais-setting-change = Announce a change: it waits seven days, and every member reads it
help-relais-setting-change-name = Which setting
help-relais-setting-change-value = Its new value; floors cannot be gone below
help-relais-setting-change-agreed-by = Who agreed: a team or the works council, never a person
help-relais-setting-change-reason = Why, for the settings journal
help-relais-journal = The settings journal and the access log
help-relais-journal-verify = Find any byte that was altered
help-relais-account-list = List the accounts
help-relais-account-change = Make an account something else; its sessions end
help-relais-account-change-email = Its e-mail address
help-relais-account-change-role = What it is for from now on
help-relais-account-change-team = Of a member: the team, or the team at one site
help-relais-account-change-reason = Why, for the settings journal
help-relais-account-remove = Remove an account; its sessions end at once
help-relais-account-remove-email = Its e-mail address
help-relais-account-remove-reason = Why, for the settings journal
help-relais-account-reset-second-factor = Take away a second factor that is lost, and end the account’s sessions
help-relais-account-reset-second-factor-email = The e-mail address of the account
help-relais-account-reset-second-factor-reason = Why, for the settings journal
help-relais-account-link-reason = Why, for the settings journal; “Recovery” without it
help-relais-key-list = List the keys in force
help-relais-key-add-eyes = With whose eyes it reads: owner, or team:CODE
help-relais-guarantees = Check every guarantee on the live database and its files
help-relais-dossier = The file for the works council and the data-protection officer
help-relais-dossier-html = Write it as a page to print on A4, instead of printing it as text
help-relais-pack = The sheet for a team’s discussion: one A4 page to print
help-relais-pack-team = The team whose sheet it is
help-relais-pack-journey-type = The journey type
help-relais-pack-partition = Whose journeys: network, region:CODE or site:CODE
help-relais-pack-from = From the week of this day; without it the last 52 releases
help-relais-pack-to = To the week of this day
help-relais-pack-html = Write the page to this file
