# Accounts, second factors, sessions, providers and keys.

## Accounts
team-accounts-title = Accounts
team-accounts-about = Accounts exist for signing in, and nothing that was measured is linked to one. Every change below is written into the settings journal with its reason, by role and number, never by address.
team-account = Account
team-account-title = Account { $number }
team-account-number = no. { $number }
team-account-state = State
team-account-used = has signed in
team-account-invited = invited
team-account-factor = with a second factor
team-account-language = Language
team-account-itself = This is your own account. What you change here ends your sessions.
team-role = Role
team-role-hint = An administrator sets the service up and reads no figure. A staff representative reads the journal and the access log.
team-teams-of = Reads for the teams
team-teams-of-hint = Only for a team member. A team at one site reads that site, its region and the network.
team-site = Site
team-every-site = every site
team-reason = Reason
team-reason-hint = Everybody reads it in the settings journal. Name no person.
team-refused = Nothing was changed. Please mend this:
team-invite-title = Invite somebody
team-invite = Invite
team-invite-by-mail = A one-time link goes out by e-mail. It is open for three days.
team-invite-by-hand = No mail server is set, so the one-time link is shown to you, to be handed over. It is open for three days.
team-handed-title = The one-time link
team-handed-mail = It has been sent to { $email }.
team-handed-link = No mail has surely reached { $email }. Hand this link over yourself, to nobody else:
team-handed-once = It is shown this once and signs in once. That it was made stands in the settings journal.
team-alter-title = Role and teams
team-alter-about = The account’s sessions end, so that what holds from now on is what it reads.
team-alter = Change
team-renew-title = New one-time link
team-renew-about = For who lost the password or never used the first link. A second factor stays.
team-renew = Make a new link
team-remove-title = Remove the account
team-remove-about = Its sessions end at once, and the address is erased. The number stays in the journal and is never given again.
team-remove = Remove
team-bad-email = This is not an e-mail address.
team-last-administrator = This is the last administrator: without one, nobody could be let in any more. Invite another one first.
team-letter-subject = { $organisation }: your access to Relais
team-letter-lead = { $organisation } invites you to Relais, which shows teams where customers lose and gain along their journey. It measures steps and handoffs, never persons.
team-letter-button = Sign in
team-letter-until = This link signs you in once and is open until { $until }. Then you choose a password.
team-letter-unexpected = If you did not expect this, do nothing: without the link nobody can sign in.

## The second factor
team-to-own = My access
team-factor-title = Second factor
team-factor-about = Beside the password, a code of an authenticator application on your phone is asked for. Whoever learns your password alone stays out.
team-factor-asked = Your role needs a second factor. Set one up first; it takes a minute.
team-factor-begin = Set up a second factor
team-factor-scan = Scan this picture with your authenticator application.
team-factor-picture = QR code for an authenticator application; the same secret stands below in letters.
team-factor-type = Or type this secret into it:
team-factor-confirm = Confirm the code
team-factor-again-title = Another picture
team-factor-again = Start again
team-factor-confirmed = A second factor is set up. It is asked for each time you sign in.
team-factor-codes-left = { $n ->
    [0] No recovery code is left. Make new ones, with a code of the application.
    [one] { $n } recovery code is left.
   *[other] { $n } recovery codes are left.
 }
team-factor-new-codes = Make new recovery codes
team-factor-remove = Remove the second factor
team-recovery-title = Recovery codes
team-recovery-about = Keep these where your phone is not. Each stands for the application once. They are shown this once; older ones no longer open anything.
team-recovery-done = I have kept them
team-code-title = One more step
team-code = Code
team-code-hint = Six digits of your authenticator application, or a recovery code.
team-code-help = Lost both? Whoever runs the service can reset your second factor: “relais account reset-second-factor”.
team-code-wrong = This code is not right, or was used already. Wait for the next one and type it.
team-no-factor = This account has no second factor.

## Sessions
team-sessions-title = Sessions
team-sessions-about = Where you are signed in. Of a session only the times are known, nothing of the machine or the place.
team-session-began = Began
team-session-last = Last request
team-session-end = End
team-session-end-it = End it
team-session-end-others = End all others
team-session-this = this one

## Signing in through a provider
team-sign-in-through = Sign in with { $provider }
team-provider-back = { $provider } has recognised you. One more press signs you in.
team-provider-refused-title = You are not signed in
team-provider-again = Back to signing in
team-provider-stale = This sign-in was begun in another browser, took too long or was finished already. Begin again.
team-provider-refused = The provider’s answer could not be trusted, or it said no. Begin again; if that does not help, tell your administrator the time.
team-provider-unknown = No account here belongs to the address that the provider vouches for. Ask your administrator to invite you.
team-provider-away = The provider does not answer. Try again later, or sign in with a password.

## Keys of programs
team-keys-title = API keys
team-keys-about = A program shows its key instead of signing in. A key allows what its list says and no more, and every look at a team’s data is written into the access log.
team-keys-none = No key is in force.
team-key-name = Name
team-key-name-hint = What the program is. It stands in the settings journal, so name no person.
team-key-allows = Allows
team-key-made = Made
team-key-used = Last day of use
team-key-never = never used
team-key-eyes = with the eyes of { $eyes }
team-eyes = Reads with the eyes of
team-eyes-none = nobody
team-eyes-hint = Only for a key that reads. The process owner’s eyes see a week after the teams’.
team-scope-events-write = Send events (events:write)
team-scope-breakdown-read = Read breakdowns (breakdown:read)
team-key-make-title = Make a key
team-key-make = Make the key
team-key-title = The new key
team-key-once = It is shown this once. Give it to the program as “Authorization: Bearer …”.
team-key-revoke-title = Revoke a key
team-key-revoke-about = It opens nothing from then on.
team-key-revoke = Revoke
team-key-no-scope = Say what the key allows: events:write, breakdown:read, or both.
team-key-needs-eyes = A key that reads needs somebody’s eyes: owner, or team:CODE.
team-key-needs-no-eyes = A key that only sends events reads nothing and has nobody’s eyes.
team-key-label-taken = A key called “{ $label }” is in force already. Revoke it first, or choose another name.
team-unknown-eyes = There are no eyes “{ $eyes }”. Use owner or team:CODE.
