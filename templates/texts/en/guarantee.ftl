## The page and the command
guarantee-title = Guarantees
guarantee-about = What Relais promises to those who work here and to its customers, looked for in the live database and its files. Nothing here is a policy: each line was checked, and says what was found.
guarantee-holds = holds
guarantee-broken = does not hold
guarantee-all-hold = All { $count } guarantees hold.
guarantee-some-broken = { $broken ->
    [one] One guarantee of { $count } does not hold.
   *[other] { $broken } guarantees of { $count } do not hold.
 }
guarantee-checked-at = Checked at
guarantee-never-checked = Nothing has been checked yet. A running service checks at its start and every hour; “relais guarantees” checks at once.
guarantee-what = Promise
guarantee-state = State
guarantee-evidence = What was found
guarantee-build = This service runs version { $version } of Relais, whose program file has the SHA-256
guarantee-build-compare = Compare it with what “sha256sum relais” says of the program that you trust: one that you built yourself from the source with “cargo build --release --locked” and the same compiler, or the one whose sum was published with the release.
guarantee-checked-by = The check was made by another program, version { $version }, with the SHA-256 { $build }.
guarantee-programs = For programs:
guarantee-limits = What this page cannot show: whoever holds the database file can read raw rows, and whoever holds the machine can run another program. The guarantees are about the product; “relais guarantees”, run by somebody you trust on a copy of the database, needs no trust in this page.
guarantee-list = { $name }: { $state }
guarantee-point = – { $text }
guarantee-point-against = ! { $text }
guarantee-others = … and { $others } more

guarantee-dossier-file = Download the file for the works council and the data-protection officer
guarantee-strangers = You read this without having signed in: whether each promise holds, and how that was looked for. The numbers of this organisation, and the file for the works council, are for its members.
guarantee-whom-to-ask = Whom to ask
guarantee-members-only = What was found here are numbers of this organisation: members who sign in read them.
guarantee-trust-title = Why believe this page?
guarantee-which-program = Which program runs here, and how to compare it

## What promises are about
guarantee-group-nobody = Nobody who works here is watched
guarantee-group-never-too-few = Nothing is told of too few people
guarantee-group-in-the-open = Nothing happens behind your back
guarantee-group-customers = Customers are protected, too

## The promises in a few words
guarantee-plain-no-person = Nothing that is stored here knows who you are.
guarantee-plain-strict-feeds = No software can send your name in.
guarantee-plain-tool-logs = When a log of the work is imported, who did it is left out.
guarantee-plain-redacted-comments = Names are taken out of customers’ comments before anybody reads them.
guarantee-plain-minimum-sizes = Nothing is shown of fewer than ten answers or fewer than seven people.
guarantee-plain-no-differencing = Nor does anything smaller come out when one figure is taken from another.
guarantee-plain-searched = Every sum that a reader could do was tried: none tells of fewer than seven people.
guarantee-plain-shared-heads = A desk, a service or a channel that may be one person’s is not shown by itself.
guarantee-plain-drawn-links = Nobody picks whose customers are asked: it is drawn by lot.
guarantee-plain-separate-imports = Answers from a file are never mixed with those of customers who were asked.
guarantee-plain-one-gate = Every figure, wherever it is shown, goes through the same check.
guarantee-plain-team-first = Teams see their figures before management does.
guarantee-plain-structure-waits = How many you are, and who does which step, never changes overnight: your representatives can object.
guarantee-plain-settings-journal = No setting that protects you changes in silence.
guarantee-plain-looking-is-seen = Whoever looks at your team’s figures is written down, and you can read it.
guarantee-plain-pilot-first = It begins with a small trial, of which management sees nothing.
guarantee-plain-no-ranking = Sites and teams are never ranked.
guarantee-plain-dossier = The works council has a file that says all of this, made from what is in force.
guarantee-plain-secret-links = Nobody here can open a customer’s link, a key or a session from the database.
guarantee-plain-addresses = Customers’ addresses are encrypted, and then deleted.
guarantee-plain-customer-pages = The page that a customer answers on tracks nobody.

## The promises, exactly
guarantee-no-person = Nothing stored knows a person who works here: no table, no column, no key, no link.
guarantee-strict-feeds = A feed cannot bring a person in: unknown fields and values that look like people are refused, neither stored nor logged.
guarantee-tool-logs = The log of a process tool cannot either: whatever is about people is dropped when it is imported, and counted.
guarantee-redacted-comments = Nobody reads a comment before names are taken out of it, and the original is gone afterwards.
guarantee-minimum-sizes = Nothing is published of fewer than ten answers or of fewer than seven people, whatever the settings say.
guarantee-no-differencing = Nothing smaller can be worked out by subtraction: each answer is published once, in one sum, and everything shown is made of such sums.
guarantee-searched = Everything ever published was searched: by no adding up and subtracting of what is shown can anything be worked out about fewer than seven people.
guarantee-shared-heads = Parts of the work that exclude each other share their team’s people: a desk, a service or a channel that may be one person’s is never shown by itself.
guarantee-drawn-links = The service draws whom it asks: no list chooses whose customers they are, and every giving out of links stands in the journal with its reason.
guarantee-separate-imports = Answers that a file brought in are never published together with those of customers who were asked, and every import stands in the journal.
guarantee-one-gate = Every page, answer of the API, file and mail with figures goes through one gate.
guarantee-team-first = A newly published period belongs to the teams first, and that time is never shortened for a period that is being collected.
guarantee-structure-waits = How many people count, where, and which team does which step, is announced to everybody, waits seven days once something was published, and waits on while a staff representative objects; until then, and for what was collected before, the fewer count.
guarantee-settings-journal = Every setting has an author and a reason that every member reads; those that touch privacy wait seven days and name who agreed.
guarantee-looking-is-seen = Whoever looks at a team’s data is written down, and that team reads it.
guarantee-pilot-first = An organisation starts with a pilot: few services, few weeks, nothing for management; it ends with a team’s review and the works council informed.
guarantee-no-ranking = Nothing sorts or labels sites or teams by a figure.
guarantee-dossier = There is a file for the works council and the data-protection officer, made from what is in force.
guarantee-secret-links = No table holds the secret of a link, a key or a session.
guarantee-addresses = Customers’ addresses are encrypted, stand in a table of their own, and go.
guarantee-customer-pages = A customer’s page sets no cookie, runs nothing, asks no other server and is kept by nobody.

## What was looked at
guarantee-seen-catalogue = { $tables } tables with { $columns } columns, compared with the list compiled into this program
guarantee-seen-links = { $links } links between tables, compared with that list, on which the tables of signing in ({ $tables }) are linked to nothing measured
guarantee-seen-keys = { $keys } different keys of JSON in { $columns } columns, compared with that list
guarantee-seen-rows = { $read } of { $rows } rows read
guarantee-seen-names = { $names ->
    [0] no name came with a journey yet
   *[other] { $names } different names that came with journeys, tried against the patterns of persons; those that an administrator answers for in the blueprint are let through
 }
guarantee-seen-attributes = { $count ->
    [0] no attribute of a journey is stored
    [one] one attribute of journeys is stored: { $names }
   *[other] { $count } attributes of journeys are stored: { $names }
 }
guarantee-seen-strict-parser = what is refused leaves a line number and a reason in the report of the import: that it leaves no value is checked by the tests of the product
guarantee-seen-imports = { $imports ->
    [0] no import was reported
    [one] the report of one import
   *[other] the reports of { $imports } imports
 }
guarantee-seen-nothing-dropped = no import had anything about people
guarantee-seen-dropped = { $values } values about people were dropped, from the columns { $names }
guarantee-seen-held = { $held ->
    [0] no comment is held
    [one] one comment is held, shown to nobody
   *[other] { $held } comments are held, shown to nobody
 }
guarantee-seen-released = { $released ->
    [0] no comment was released
    [one] one comment was released, tried against the patterns of persons
   *[other] { $released } comments were released, tried against the patterns of persons
 }
guarantee-seen-free-pages = { $pages ->
    [0] the database file has no free page
    [one] the one free page of the database file was looked into
   *[other] the { $pages } free pages of the database file were looked into
 }
guarantee-seen-no-file = the database is a server’s: its files cannot be looked into from here
guarantee-seen-floors = in force: at least { $answers } answers and { $heads } people
guarantee-seen-atoms = { $atoms } sums were published, which hold { $marked } answers; the smallest has { $answers } answers, the fewest people behind one are { $heads }
guarantee-seen-no-atoms = nothing was published yet
guarantee-seen-releases = { $releases ->
    [0] nothing was published yet
    [one] one release with { $atoms } sums
   *[other] { $releases } releases with { $atoms } sums
 }
guarantee-seen-sums = looked for: an answer without its sum, a sum without its release, a sum that has grown, a site in two sums of one release
guarantee-seen-search = searched on this organisation’s own data: { $documents } figures at their places and { $equations } sums that a reader can know, in { $releases } releases; the fewest people that anything can be worked out about are { $people }. It took less than { $seconds } s
guarantee-seen-search-hidden = not shown: { $hidden } figures for the few people behind them, and { $withheld } more that could be worked out from the others
guarantee-seen-search-kind = searched exactly: all places, parts of the journey and their totals of a release as one system of equations. A release shares no answer with another, so that several together tell no more
guarantee-seen-search-open = searched: everything published; of it, { $releases ->
    [0] nothing is open to the whole house yet
    [one] one release is open to the whole house, with { $documents } figures at their places and { $equations } sums that a reader can know
   *[other] { $releases } releases are open to the whole house, with { $documents } figures at their places and { $equations } sums that a reader can know
 }
guarantee-seen-no-shared-steps = in { $journeys } journeys, no steps of one team exclude each other
guarantee-seen-shared-steps = { $type }: { $steps } steps of “{ $team }” that hardly any journey meets together share its { $heads } people, the smallest part at a site being { $people ->
    [0] less than one person’s
    [one] one person’s
   *[other] { $people } people’s
 }; { $shown ->
    [0] none of these steps is shown by itself
    [one] one of them is shown by itself, where its part is large enough
   *[other] { $shown } of them are shown by themselves, where their parts are large enough
 }
guarantee-seen-shared-types = { $teams ->
    [0] no team whose work is published works for several services
    [one] one team works for several services: { $parts } parts of it stand behind something published, counted again by the journeys; the smallest has { $people } people
   *[other] { $teams } teams work for several services: { $parts } parts of them stand behind something published, counted again by the journeys; the smallest has { $people } people
 }
guarantee-seen-no-channels = no journey says through which channel it came
guarantee-seen-shared-channels = { $type }: { $channels ->
    [one] one channel
   *[other] { $channels } channels share the people of all teams
 }; the smallest part has { $people } people, and { $few ->
    [0] none is below { $floor }
    [one] one is below { $floor } and told together with others
   *[other] { $few } are below { $floor } and told together
 }
guarantee-seen-shared-again = looked for: a step, or a service, that is shown of a team’s part of too few people; the parts are counted again from the journeys as they are stored now
guarantee-seen-channels-tested = cannot be checked here: that the page of who is heard tells small channels together. It is tested by the product’s tests
guarantee-seen-links-given = { $times ->
    [0] no links were given out for another sender
    [one] links were given out once for another sender; { $links } links are stored
   *[other] links were given out { $times } times for another sender; { $links } links are stored
 }
guarantee-seen-no-lists = no list ever said whom links were for
guarantee-seen-lists = { $lists ->
    [one] one list said whom links were for
   *[other] { $lists } lists said whom links were for
 }; the lowest share of its places and weeks that one held is { $share }%; weeks with links of a list: { $weeks }
guarantee-seen-lists-tested = looked for: links without an entry in the journal, and an entry about a list of less than { $percent }% or of fewer than { $least } journeys of a place and week. Cannot be checked here: which journeys a list named, since it is not kept; the product’s tests try it
guarantee-seen-origins = { $asked ->
    [one] one release
   *[other] { $asked } releases
 } of asked answers and { $imported ->
    [one] one
   *[other] { $imported }
 } of imported ones ({ $answers } answers)
guarantee-seen-import-entries = { $entries ->
    [0] the journal tells of no import of answers
    [one] the journal tells of one import with { $answers } answers
   *[other] the journal tells of { $entries } imports with { $answers } answers
 }
guarantee-seen-made-up = looked for: a release with answers of both kinds. Cannot be checked here: whether what a file brings was made up
guarantee-seen-gate = the gate of this program was tried with { $answers } answers and { $heads } people, with one less of either while the settings ask for one, and for management during a pilot
guarantee-seen-gate-type = that nothing goes around it is checked by the compiler and by the tests of the product, not by this check
guarantee-seen-alone = { $releases ->
    [one] one release, which the teams had for themselves for { $days } days
   *[other] { $releases } releases; the shortest time that the teams had one for themselves is { $days } days
 }
guarantee-seen-no-release = nothing was published yet
guarantee-seen-embargo = in force: { $days } days
guarantee-seen-journal = { $changes ->
    [0] nothing was changed yet
    [one] one entry, { $private } about a setting that touches privacy
   *[other] { $changes } entries, { $private } of them about settings that touch privacy
 }
guarantee-seen-structure = changes of teams, steps and headcounts in the journal: { $changes }; not in force yet: { $later }, of which objected to: { $held }
guarantee-seen-jumps = numbers of people that became at least { $times } times as many at once: { $jumps }
guarantee-seen-heads-in-force = headcounts in force that were held against the journal: { $known } of { $all }
guarantee-seen-structure-tested = that answers collected before count the fewer people is tried by the product’s own tests; it cannot be seen in the tables afterwards
guarantee-against-more-heads = { $heads } people of { $team } count at “{ $site }”, and the journal has brought { $most } into force
guarantee-seen-notice = of those, looked for: a notice shorter than { $days } days, and nobody who agreed
guarantee-seen-in-force = what is in force was compared with what the journal says: { $settings }
guarantee-seen-looks = { $looks ->
    [0] nobody has looked yet
    [one] one look is written down
   *[other] { $looks } looks are written down
 }
guarantee-seen-roles = what each names was compared with the list of roles, which knows no person
guarantee-seen-pilot = in pilot for { $left } days more; services published: { $types }
guarantee-seen-pilot-silent = the gate is shut for everybody but the teams, see “one-gate”
guarantee-seen-review = the pilot was ended by entry { $number } of the settings journal
guarantee-seen-routes = { $routes } addresses of the service and { $columns } columns, searched for words of a league table, and the addresses for those of a person
guarantee-seen-chain-order = that teams and steps stand in the order of the chain is checked by the tests of the product
guarantee-seen-dossier = “relais dossier” says of each of { $tables } tables what it is for, in { $categories } categories
guarantee-seen-digests = { $digests } digests in { $tables }, each to be 32 bytes long
guarantee-seen-no-secret = every word in { $rows } rows was compared with the form of a secret
guarantee-seen-sealed = { $sealed ->
    [0] no address is stored
   *[other] { $opened } of { $sealed } addresses open with this organisation’s secret
 }
guarantee-seen-address-keys = { $keys } keyed hashes in { $tables }, each to be 16 bytes long
guarantee-seen-no-address = an address in plain words was looked for in { $rows } rows, those with which accounts sign in and customers’ unredacted words left out
guarantee-seen-pages = asked: { $pages }
guarantee-seen-headers = headers looked for: { $headers }

## What is not as it was promised
guarantee-against-column = { $column } is not on the list
guarantee-against-link = { $from } points at { $to }, which is not on the list
guarantee-against-shared-key = { $table } knows accounts
guarantee-against-key = a key that is not on the list: { $key }
guarantee-against-program = the database runs something of its own: { $program }
guarantee-against-person = a value in { $column } looks like a person
guarantee-against-attribute = the attribute { $name } is about people
guarantee-against-comment-state = a comment is in the unknown state { $state }
guarantee-against-released = { $count } released comments still have what looks like a person
guarantee-against-free-pages = { $pages } free pages of the database file still have bytes of what was deleted
guarantee-against-floors = the table asks for { $answers } answers and { $heads } people, below what is compiled in: somebody wrote there without the program, which shows nothing under its own floors all the same
guarantee-against-few-answers = the sum { $atom } has too few answers
guarantee-against-few-heads = the sum { $atom } has too few people behind it
guarantee-against-heads = the sum { $atom } counts other people than its own headcounts say
guarantee-against-lost-answers = { $count } answers are marked for sums that do not exist
guarantee-against-grown = the sum { $atom } has more answers now than when it was published
guarantee-against-foreign-site = the sum { $atom } of one site has answers of another
guarantee-against-no-release = the sum { $atom } belongs to no release
guarantee-against-split-sites = { $count } sites are in two sums of one release
guarantee-against-opening = what is shown of { $type } for the week of { $week } lets somebody work out something about too few people
guarantee-against-few-left = something can be worked out about { $people } people
guarantee-against-thin-step = the step { $step } of { $type } is shown for { $places } in the week of { $week }, though the part of the team that does it is { $people ->
    [0] less than one person
    [one] one person
   *[other] { $people } people
 }
guarantee-against-overstated = { $type }, week of { $week }, { $place }: { $told } people of the team { $team } are counted, whose part by the journeys is { $people }
guarantee-against-links = { $count } links for { $type } were given out at { $at } of which the journal says nothing
guarantee-against-chosen = entry { $number } tells of a list that chose whom links were for
guarantee-against-mixed = { $type }, week of { $week }: { $asked } asked answers were published together with { $imported } imported ones
guarantee-against-gate = the gate was wrong in { $count } trials
guarantee-against-early = the week of { $week } was opened to others before the teams had had it as long as announced
guarantee-against-early-atom = the sum { $atom } was opened before its release
guarantee-against-hasty = entry { $number } did not wait for its notice
guarantee-against-nobody-agreed = entry { $number } names nobody who agreed
guarantee-against-no-reason = entry { $number } has no reason
guarantee-against-behind = { $setting } was changed without the journal
guarantee-against-cut-off = entry { $number } was there at an earlier check and is not any more: the newest entries were cut off or written anew. Where a backup was restored, say so to the members, then remove guarantees.json from the data folder
guarantee-against-reader = { $count } entries name something that is no role
guarantee-against-long-pilot = the pilot is to last { $days } days, more than { $most }
guarantee-against-pilot-types = { $types } services were published during the pilot, more than { $most }
guarantee-against-late-pilot = { $type } was published after the pilot had ended
guarantee-against-no-review = the pilot has ended without a team’s review in the journal
guarantee-against-council = the journal does not say on which day the works council was informed, nor why it need not be
guarantee-against-route = the address { $route } has a word of a league table or of a person
guarantee-against-ranking = the column { $column } has a word of a league table
guarantee-against-untold = the dossier does not say what these tables are for: { $tables }
guarantee-against-digest = { $count } digests in { $table } are not 32 bytes long
guarantee-against-secret = something in { $column } looks like a secret
guarantee-against-sealed = { $count } addresses do not open with this organisation’s secret
guarantee-against-overdue = { $count } addresses should have gone
guarantee-against-address-key = { $count } keyed hashes in { $table } are not 16 bytes long
guarantee-against-address = something in { $column } looks like an e-mail address
guarantee-against-no-pages = no page could be asked
guarantee-against-header = { $page } lacks the header { $header }
guarantee-against-unsafe = { $page } may run what is not ours
guarantee-against-cookie = { $page } sets a cookie
guarantee-against-third-party = { $page } loads something from elsewhere
