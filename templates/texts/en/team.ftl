## Signing in
team-sign-in-title = Sign in
team-sign-in = Sign in
team-sign-in-wrong = This address and this password do not belong together. Check both and try again.
team-sign-in-help = No password yet, or lost it? Ask your administrator for a one-time link.
team-sign-in-with-password = Sign in with a password
team-email = E-mail address
team-password = Password
team-too-many = { $seconds ->
    [one] Too many attempts. Wait { $seconds } second, then try again.
   *[other] Too many attempts. Wait { $seconds } seconds, then try again.
 }
team-link-title = Your one-time link
team-link-about = This link signs you in once. Then you choose a password; a password you had before ceases to be valid.
team-link-spent-title = This link no longer signs in
team-link-spent = It was used already, is too old, or never was one. Nothing was changed. Ask your administrator for a new one.

## Passwords
team-password-title = Choose a password
team-password-first = Your account has no password yet. Without one you need a new one-time link every time.
team-password-current = Present password
team-password-new = New password
team-password-again = The new password again
team-password-rule = At least { $least } characters. Several words are easier to remember than signs.
team-password-set = Set the password
team-password-later = Not now
team-password-short = The password is too short. Use at least { $least } characters, for instance four words.
team-password-long = The password is too long. Use at most { $most } characters.
team-password-guessable = This password is easy to guess: it is a common one, or made of common words, dates, rows of keys or your address. Choose another.
team-password-breached = This password stands in a list of passwords that became known elsewhere. Choose another.
team-password-differs = The two new passwords differ. Type both again.
team-password-not-current = The present password is not the right one. Type it again.

## Roles and who may
team-role-administrator = administrator
team-role-owner = process owner
team-role-member = team member
team-role-representative = staff representative
team-only-administrator = Only administrators may see this page.
team-only-owner = Only process owners may see this page.
team-only-member = Only members of the team “{ $team }” may see this page.
team-api-key-needed = This address needs an API key: send “Authorization: Bearer KEY”. “relais key add” makes one.
team-api-scope = This key lacks “{ $lacks }”; it has “{ $has }”. Use another key, or have one made with “relais key add”.
team-to-setup = Set-up
team-to-password = Password

## Refusals of commands
team-unknown-role = There is no role “{ $role }”. Use administrator, owner, member or representative.
team-unknown-scope = There is no scope “{ $scope }”. Use events:write or breakdown:read.
team-unknown-team = There is no team “{ $team }”. Teams come with the blueprint: apply it first with “relais blueprint apply”.
team-unknown-site = There is no site “{ $site }”. Sites come with the blueprint or with the events.
team-unknown-setting = There is no setting “{ $setting }”. Use minimum_answers, minimum_heads or embargo_days.
team-unknown-account = Nobody of this organisation signs in with that address. “relais account add” makes an account.
team-unknown-key = No key called “{ $label }” is in force.
team-account-exists = That address has an account already. “relais account link” makes a new one-time link for it.
team-member-needs-team = A team member needs a team, and no other role has one. Name it, or leave it out.
team-has-administrator = The organisation has an administrator already. Use “relais account add” for another one.
team-key-label = A key needs a name of 1 to 100 characters, so that it can be told from others and revoked.
team-setting-bounds = { $setting } must be from { $least } to { $most }. The floor is built in: no setting goes below it.
team-setting-nobody-agreed = Name who agreed: a team, a works council. This setting protects the staff.
team-zone-is-fixed = Weeks have been published in the present time zone, so it can no longer be changed.
team-pilot-is-over = The organisation is not in pilot any more.
team-pilot-future = The works council cannot have been informed on a day that has not come yet.

## The set-up page
team-setup-title = Set-up
team-next = What to do next.
team-next-events = Import an event log: the blueprint is discovered from it, and nothing needs to be typed that the log says.
team-next-blueprint = Say which team does each step. Export the blueprint, write the teams into it and apply it.
team-next-headcounts = Enter how many people each team has. Without headcounts nothing is shown to teams and owners. Write them into the blueprint under [[team]] and apply it.
team-next-answers = Publish the questionnaire: each finished journey then leads to an invitation. Or import answers of customers from another survey tool.
team-next-publish = Everything is there. Close the weeks that are over; teams see a week first, the process owner some days later.
team-types = Journey types
team-type = Journey type
team-types-none = None yet. The first import makes one.
team-steps = Steps
team-missing = Missing
team-nothing = Nothing
team-steps-without-team = No team does: { $steps }.
team-no-answers = Nobody is asked yet, and no answers were imported.
team-to-questionnaire = Questionnaire
team-to-power = What could be found with its traffic
team-teams = Teams and headcounts
team-headcounts-why = A headcount is a number, never a list of names. A figure is shown only when enough people stand behind it, so that it is about a team and not about a person.
team-teams-none = None yet. They come with the blueprint.
team-team = Team
team-heads = Heads
team-at-sites = Sites
team-no-heads = Its headcount.
team-no-heads-at = Its headcount at: { $sites }.
team-sites = Sites
team-sites-count = { $n ->
    [0] No site yet. Sites come with the events or with the blueprint.
    [one] { $n } site.
   *[other] { $n } sites.
 }
team-sites-without-region = Without a region: { $sites }. Answers of small sites are pooled by region, so without one fewer can be shown.
team-imports = Imports
team-import = Import
team-imports-none = Nothing has been imported yet.
team-import-events = Events
team-import-answers = Answers
team-import-read = Rows read
team-import-kept = Kept
team-import-repeated = Known already
team-import-refused = Refused
team-letters-title = Mail about your teams
team-letters-on = You are written to when a period of one of your teams is published and when the review of an action is due.
team-letters-stop = No more of these mails
team-letters-off = You are not written to any more about your teams. What you read there does not change.
team-letters-again = Write to me again
