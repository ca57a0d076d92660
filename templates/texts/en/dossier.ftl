dossier-title = Relais: file for the works council and the data-protection officer
dossier-about = { $organisation }, { $day }. Made by version { $version } of Relais from what is in force on that day.
dossier-days = { $days ->
    [one] one day
   *[other] { $days } days
 }
dossier-hours = { $hours } hours

## Purposes
dossier-purposes = Purposes
dossier-purposes-text = Relais asks customers how a whole service went – from the first call to the hand-over – and sets what they say beside what happened: which steps the journey took, how long each waited for the next, which promises were kept. It shows the teams of the chain, first, and the owner of the process, later, at which steps and above all at which handoffs journeys lose points, so that the teams can decide together what to try and learn whether it helped.
dossier-never = It does not serve, and is built so that it cannot serve:
dossier-never-assess = to assess, pay, promote, warn or watch anybody who works here: it knows teams with their number of heads, and no person
dossier-never-rank = to rank sites or teams: nothing sorts or labels them by a figure
dossier-never-cross = to be joined with other data about staff: no identifier of a person, a post or a shift is taken in
dossier-never-decide = to decide anything by machine about a customer or about anybody who works here
dossier-basis = The legal basis of asking customers, and the information they are given, are for the organisation to decide and to enter in its register of processing activities. The page for customers says who asks, why, for how long their address is kept, and how an answer is taken back.

## Data
dossier-data = Categories of data
dossier-data-text = All that is stored, by category, with the tables of the database. The list is checked against the live database (chapter 7, “no-person” and “dossier”).
dossier-data-what = Category
dossier-data-holds = What it holds
dossier-data-tables = Tables
dossier-data-none = Of people who work here nothing is stored but the accounts of those who sign in, in tables that are linked to nothing measured. No name, number, role, post, shift or schedule of a person is stored anywhere else; what feeds send of that kind is refused or dropped.
dossier-data-organisation = The organisation
dossier-data-organisation-holds = sites, regions, teams with their headcount – a number, never a list –, services and their steps, the settings in force
dossier-data-journeys = Journeys
dossier-data-journeys-holds = for each passage of a customer: steps with their times, dates promised and asked for, site, a few declared attributes; the source’s identifier only as a keyed hash; reports of imports, and the weeks whose exact times have faded
dossier-data-addresses = Customers’ addresses
dossier-data-addresses-holds = e-mail or phone number, encrypted; keyed hashes of those who want no more mail and of those written to lately
dossier-data-asking = Asking
dossier-data-asking-holds = questionnaires, whom to ask and how often at most, which journey was asked and when, digests of the links that were sent
dossier-data-answers = Answers
dossier-data-answers-holds = a customer’s ratings of the whole, of steps and of handoffs, and the frictions ticked; no question is about a person
dossier-data-comments = Comments
dossier-data-comments-holds = a customer’s own words, held until names are taken out of them; keyed hashes of the names that a team asked to be taken out, linked to nothing
dossier-data-published = Published sums
dossier-data-published-holds = sums of answers, and of waits and paths through the service, over at least ten answers and seven people; they hold nothing of anybody
dossier-data-discussions = Discussions
dossier-data-discussions-holds = what two teams wrote about a handoff, redacted and without an author: notes, actions and their answers; what kept a team from good work, by team and month; sentences for customers; which mail was handed over to which team
dossier-data-access = Access
dossier-data-access-holds = address, password hash, role and teams of those who sign in; digests of sessions, links, keys and recovery codes; the encrypted secret of a second factor
dossier-data-journals = Journals
dossier-data-journals-holds = who (by role) changed which setting, from what to what and why; which role looked at which team’s data, where and when
dossier-data-work = Work of the program
dossier-data-work-holds = jobs to do, which carry identifiers only, and the version of the tables

## Recipients
dossier-recipients = Recipients and roles
dossier-role = Role
dossier-role-reads = Reads
dossier-role-never = Never reads
dossier-role-team = Team member
dossier-role-team-reads = the published figures of its team, its site, its region and the network, before anyone else; the settings journal; who looked at its data
dossier-role-team-never = other teams’ pages; anything under the thresholds
dossier-role-owner = Process owner
dossier-role-owner-reads = the published figures of the network, its regions and sites, after the teams, and none during a pilot; the settings journal
dossier-role-owner-never = anything under the thresholds; a single answer; a comment that was not redacted, or in which somebody might still be recognised
dossier-role-administrator = Administrator
dossier-role-administrator-reads = the set-up, the settings journal, the access log
dossier-role-administrator-never = any figure: who sets the service up is not who is told
dossier-role-representative = Staff representative
dossier-role-representative-reads = the guarantees, the settings journal, every team’s access log
dossier-role-representative-never = any figure
dossier-role-program = Program with a key
dossier-role-program-reads = what its key says: to send events, or to read what a process owner or a team reads
dossier-role-program-never = anything under the thresholds
dossier-role-machine = Whoever runs the machine
dossier-role-machine-reads = the files, with raw rows (see chapter 9); on the command line the same thresholds hold, and looks are written down
dossier-role-machine-never = addresses, without the organisation’s secret
dossier-recipients-text = Nothing is sent to anybody else. The program asks no other server but the mail server that the organisation names, and loads nothing from elsewhere into a page.

## Retention
dossier-retention = Retention
dossier-kept = Kept
dossier-kept-organisation = as long as the organisation uses Relais
dossier-kept-journeys = exact times some weeks after publication, see below; the rest as long as the organisation uses Relais; erased with its customer
dossier-kept-addresses = some days after the link has ended, see below
dossier-kept-asking = as long as the journey; digests of links end, see below
dossier-kept-answers = as long as the organisation uses Relais; erased when the customer takes the answer back
dossier-kept-comments = as its answer; the original goes when it is redacted
dossier-kept-published = for good: nothing in it is about anybody
dossier-kept-discussions = as long as the organisation uses Relais
dossier-kept-access = as long as the account; sessions and links end, see below
dossier-kept-journals = for good: an entry is never changed nor removed
dossier-kept-work = as long as the organisation uses Relais
dossier-retention-exact = What goes by itself, and after how long:
dossier-keep-address = A customer’s address, after the last link to him has ended
dossier-keep-contact = A customer’s address, when he is not asked, after his journey
dossier-keep-contacted = That an address was written to, as a keyed hash
dossier-keep-link = The digest of a link, after it has ended
dossier-keep-times = The exact times of a journey, after its publication (its week stays, and how long everything took)
dossier-keep-sign-in-link = A link to sign in once
dossier-keep-session = A session, at most
dossier-retention-erasure = A customer takes his answer back by his own link: the answer, its words and whatever was saved are deleted. Sums that were published before stay, since they are about nobody.

## Thresholds
dossier-thresholds = Thresholds in force
dossier-threshold = Threshold
dossier-threshold-value = In force
dossier-threshold-bound = Bound
dossier-never-below = never below { $floor }, compiled in
dossier-at-most = 0 to { $days } days
dossier-compiled = compiled in
dossier-seam = People in each of the two teams of a handoff that is shown
dossier-notice = Notice before a change of these settings comes into force
dossier-pilot-lasts = Length of a pilot, at most
dossier-pilot-services = Services published during a pilot, at most
dossier-stage-pilot = The organisation is in pilot until { $day }: figures go to the teams alone, nothing to management.
dossier-stage-running = The pilot has ended; how, and who reviewed it, stands in the journal (chapter 8).
dossier-thresholds-text = Both sizes must be reached at once: enough customers who answered, and enough people behind the figure. A reception desk of one person is therefore never shown at its site; it is seen in the whole journey of the site, or over the network. What would let a smaller group be worked out by subtraction is hidden too. A team sees first; this time is never shortened for a period that is being collected. Whoever changes one of these settings names who agreed, and every member reads it for seven days before it holds.

## Statistics
dossier-statistics = Statistics, in one paragraph
dossier-statistics-text = The outcome is the mean of the customers’ overall answers on 0 to 100; what is missing to 100 is the shortfall. A regression over all journeys of the period – with the ratings of steps, the frictions of handoffs and the promises kept or missed – splits the shortfall over these elements and what is left untraced, so that the parts add up exactly. Each figure has an interval at a stated level, computed by leaving out parts of the answers in turn; what does not stand out from chance is said not to. Nothing is estimated for a person, nothing is predicted, and no figure enters with a weight that somebody chose.

## The journal
dossier-journal = Extract of the settings journal
dossier-journal-text = The newest entries, { $most } at most. The whole journal is open to every member; it can be added to and not be changed.
dossier-entry = No.
dossier-entry-day = Day
dossier-entry-from = { $after }, from { $day }
dossier-entry-long = (in the journal)

## Limits
dossier-limits = What Relais cannot do, and what it does not protect against
dossier-limit = { $name }: { $told }
dossier-limits-text = A file that named only strengths would not be worth signing.

## Verifying
dossier-verifying = How to verify
dossier-verify-guarantees = “relais guarantees” checks every promise on the live database and fails when one does not hold
dossier-verify-journal = “relais journal verify” finds one altered byte in the settings journal or the access log, and names the entry
dossier-verify-page = the page /guarantees shows the last check to anybody, and /.well-known/relais-guarantees.json to programs, with the newest seals of both chains: whoever keeps them notices when entries are cut off
dossier-verify-build = This file was made by version { $version }, whose program file has the SHA-256 { $build }.

## Signatures
dossier-signatures = Signatures
dossier-signatures-text = The parties have read this file. Day, name and signature:
dossier-sign-controller = For the organisation
dossier-sign-council = For the works council
dossier-sign-officer = Data-protection officer
