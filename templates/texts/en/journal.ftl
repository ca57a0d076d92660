## The settings journal
journal-title = Settings journal
journal-about = Every change of a setting, with its author and its reason. Entries can be added, never altered: each is sealed together with the one before it.
journal-empty = Nothing has been changed yet.
journal-what = What was changed
journal-before = Before
journal-after = After
journal-why = Why
journal-number = no. { $number }
journal-effective = In force from
journal-nothing = nothing
journal-unfold = Show
journal-older = Older entries
journal-verify = “relais journal verify” checks every seal and names the first entry that was altered. Who keeps the last seal that it prints notices later if newest entries were cut off.
journal-command-line = command line
journal-program = program with a key
journal-what-minimum-answers = Answers that anything shown needs
journal-what-minimum-heads = People behind anything shown
journal-what-embargo-days = Days for which the teams see a week first
journal-what-blueprint = Blueprint of { $name }
journal-what-asking = Asking customers of { $name }
journal-what-questionnaire = Questionnaire of { $name }
journal-what-pilot = Pilot
journal-what-organisation = Organisation
journal-what-account = Account
journal-what-sign-in-link = One-time sign-in link
journal-what-second-factor = Second factor of an account
journal-what-key = API key “{ $name }”
journal-what-names = Names of the team “{ $name }” masked in comments
journal-field = { $name }: { $value }
journal-field-version = version
journal-field-languages = languages
journal-field-agreed-by = agreed by
journal-field-number = account
journal-field-added = names added
journal-all-removed = all removed
journal-field-teams = teams
journal-field-scope = scope
journal-field-eyes = eyes
journal-field-name = name
journal-field-time-zone = time zone
journal-field-reviewed-by = reviewed by the team
journal-field-council-informed = works council informed on
journal-field-council-not-needed = works council not informed, because
journal-stage-running = Running
journal-place-breakdown = Breakdown of { $name }, { $part }
journal-place-team = Team’s first page, { $name }, { $part }
journal-place-pack = Sheet for a discussion, { $name }, { $part }
journal-place-chart = Week after week of { $name } ({ $about }), { $part }
journal-place-part = Evidence of { $name } ({ $about }), { $part }
journal-place-site = site { $code }
journal-place-region = region { $code }
journal-place-network = the network

## The access log
journal-readers-title = Who has looked: { $team }
journal-all-readers-title = Who has looked
journal-readers-about = Every time somebody reads a team’s data, the role, the place and the time are written down here. It names nobody: it protects those who are talked about without watching those who read.
journal-readers-empty = Nobody has looked yet.
journal-when = When
journal-who = Role
journal-team = Team
journal-where = What
journal-every-team = every team
journal-only-readers = Only members of this team, staff representatives and administrators may see who has looked.
journal-only-all-readers = Only staff representatives and administrators may see who has looked at every team’s data.

## Refusals and findings
journal-no-reason = A change needs a reason. Say why, in a sentence that everybody may read.
journal-long-reason = The reason is too long. Use at most { $most } characters.
journal-whole = { $entries ->
    [0] The journal has no entry yet.
    [one] { $entries } entry, as it was written. Last seal: { $last }
   *[other] { $entries } entries, each as it was written. Last seal: { $last }
 }
journal-missing = Entry { $number } is missing.
journal-unlinked = Entry { $number } does not follow on the one before it: an entry was put in its place.
journal-altered = Entry { $number } was altered after it was written.
