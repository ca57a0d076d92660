//! Every limit, in one place, with its reason.

use std::time::Duration;

use relais_analytics::cell::OTHER_CHANNEL;

/// The smallest number of answers that anything is shown for. Settings may only raise it.
pub const MINIMUM_ANSWERS: u32 = 10;
/// The smallest number of people behind anything shown. Settings may only raise it.
pub const MINIMUM_HEADS: u32 = 7;
/// The smallest number of comments that are shown together.
pub const MINIMUM_COMMENTS: usize = 3;
/// The `minimum_heads` that a new organisation starts with.
pub const DEFAULT_HEADS: u32 = 8;
/// The fewest heads that one team of a shown handoff may have.
pub const HEADS_AT_A_HANDOFF: u32 = 3;
/// The longest time for which teams see a release before anyone else, in days.
pub const EMBARGO_DAYS: u32 = 21;
/// What a new organisation starts with.
pub const EMBARGO_DAYS_FIRST: u32 = 7;

/// Rows of one table that a check of the guarantees reads; of a longer one it reads as many from
/// any place on.
pub const GUARANTEE_ROWS: u64 = 200_000;
/// Cases against a guarantee that are listed one by one; the others are counted.
pub const CASES_TOLD: usize = 10;
/// Entries of the settings journal that the dossier quotes: the newest.
pub const ENTRIES_QUOTED: usize = 30;

/// Connections that read a SQLite file at once.
pub const READERS: u32 = 4;
/// Connections to PostgreSQL, reading and writing.
pub const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a statement waits for the database, also while another process writes to the same
/// file.
pub const DATABASE_PATIENCE: Duration = Duration::from_secs(10);
/// Writes that may wait for the writer before senders wait themselves.
pub const WRITES_WAITING: usize = 4096;
/// Writes that share one commit.
pub const WRITES_IN_A_COMMIT: usize = 256;

/// Elements of one journey type that the method takes; the rarest handoffs fold into
/// `handoff:other`.
pub const ELEMENTS: usize = 40;
/// Handoffs that fewer than this share of journeys have fold into `handoff:other`.
pub const RARE_HANDOFF: f64 = 0.01;
/// A time that at least this share of the journeys through a step have is missing where it is not
/// there.
pub const USUAL_TIMES: f64 = 0.1;
/// How many journeys are looked at to tell rare handoffs from common ones: one in a hundred is
/// then known to within two in a thousand.
pub const JOURNEYS_SAMPLED: u64 = 10_000;

/// Channels of one journey type that have a number of their own; all others are folded together.
pub const CHANNELS: usize = OTHER_CHANNEL as usize - 1;
/// Channels that fewer than this share of journeys came through, or fewer than [`MINIMUM_ANSWERS`]
/// of a sample, are folded together too: a name that hardly anybody shares is no group.
pub const RARE_CHANNEL: f64 = 0.01;

/// How long a job is leased before somebody else may take it.
pub const JOB_LEASE: Duration = Duration::from_secs(300);
/// Small jobs of one kind that are done together.
pub const JOBS_AT_ONCE: u64 = 255;
/// How often a job is tried before it is given up.
pub const JOB_ATTEMPTS: i32 = 8;

/// The largest body of a request that sends events.
pub const EVENTS_BODY: usize = 8 * 1024 * 1024;
/// The largest body of any other request.
pub const BODY: usize = 64 * 1024;
/// Fields of a customer's page; the longest of ours sends a dozen.
pub const FORM_FIELDS: usize = 64;
/// How long a request may take.
pub const REQUEST: Duration = Duration::from_secs(30);
/// How long a service that is asked to stop waits for connections: longer than any request may
/// take.
pub const STOPPING: Duration = Duration::from_secs(32);

/// How long the headers of a request may take to arrive.
pub const HEADERS: Duration = Duration::from_secs(10);
/// The longest head of a request, in bytes.
pub const REQUEST_HEAD: usize = 32 * 1024;
/// How long a connection stays on which nothing happens.
pub const CONNECTION_IDLE: Duration = Duration::from_secs(30);
/// Connections that there are at once, where the process may open as many files.
pub const CONNECTIONS: usize = 4_096;
/// Connections that one network holds at once: an office stands behind one address, and each
/// browser opens a few.
pub const CONNECTIONS_OF_A_NETWORK: usize = 256;
/// Files that the process itself needs: the database, mails, keys, the probe of its readiness.
pub const DESCRIPTORS_KEPT: usize = 128;
/// Files that a process may open where the system does not say: the usual number.
pub const OPEN_FILES: usize = 1_024;
/// How long nothing is accepted after it failed.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
/// How often the log says that one network has come to a limit: a flood must not fill the disk.
pub const LIMIT_EVENTS: (u32, Duration) = (1, Duration::from_secs(60));

/// Refusals of one network that the log tells at once, and the pause after which it tells one more.
pub const REFUSAL_EVENTS: (u32, Duration) = (30, Duration::from_secs(2));

/// How long it is believed that the service can write, or cannot.
pub const READINESS: Duration = Duration::from_secs(1);
/// What is written into the data folder to see whether there is room, in bytes.
pub const PROBE: usize = 64 * 1024;
/// A database is looked through for damage for one part in so many of the time.
pub const DAMAGE_ONE_IN: u32 = 20;

/// How long nobody may do anything before a session ends, in seconds.
pub const SESSION_IDLE: i64 = 30 * 60;
/// How long a session lasts at most, in seconds.
pub const SESSION: i64 = 12 * 3600;
/// Sessions whose last request is remembered at once.
pub const SESSIONS_REMEMBERED: usize = 20_000;
/// How long a one-time sign-in link lasts, in seconds: over a weekend.
pub const SIGN_IN_LINK: i64 = 72 * 3600;
/// Attempts to sign in to one account from one network at once, and the pause after which there is
/// one more.
pub const ATTEMPTS_ACCOUNT: (u32, Duration) = (8, Duration::from_secs(30));
/// Attempts to sign in from one address prefix at once, and the pause after which there is one
/// more: a whole office may stand behind one address.
pub const ATTEMPTS_PREFIX: (u32, Duration) = (40, Duration::from_secs(2));
/// Codes of a second factor that may be tried at once, and the pause after which there is one more,
/// for one account from all networks together that it was never let in from, and from each of the
/// others: whoever knows a password guesses one of a million codes, of which three are right, some
/// five hundred times a day.
pub const ATTEMPTS_FACTOR: (u32, Duration) = (6, Duration::from_secs(180));
/// Networks that accounts were let in from and that are remembered.
pub const NETWORKS_REMEMBERED: usize = 20_000;
/// How long after the password the code of the second factor is waited for, in seconds.
pub const FACTOR_WAIT: i64 = 10 * 60;
/// Recovery codes of one account.
pub const RECOVERY_CODES: usize = 10;
/// How long a sign-in at an organisation's provider may take, in seconds.
pub const PROVIDER_WAIT: i64 = 10 * 60;
/// How long a provider may take to answer one request of ours.
pub const PROVIDER_REPLY: Duration = Duration::from_secs(10);
/// The largest answer of a provider, in bytes.
pub const PROVIDER_BODY: usize = 1 << 20;
/// How long what a provider says of itself is believed, in seconds.
pub const PROVIDER_REMEMBERED: i64 = 600;
/// How long a page waits for the mail to somebody who is invited; then it shows the link instead.
pub const ACCOUNT_MAIL: Duration = Duration::from_secs(15);
/// Fields of a form about an account: each team is two.
pub const ACCOUNT_FIELDS: usize = 128;
/// Accounts, networks, links and keys that are counted before quiet ones are forgotten.
pub const KEYS_COUNTED: usize = 20_000;
/// Pages sent through one customer's link at once, and the pause after which there is one more: a
/// person needs three.
pub const PAGES_OF_A_LINK: (u32, Duration) = (60, Duration::from_secs(2));
/// Requests with one program's key at once, and the pause after which there is one more: a hundred
/// a second for good.
pub const REQUESTS_OF_A_KEY: (u32, Duration) = (1_000, Duration::from_millis(10));
/// Passwords hashed at once, each in 19 MiB.
pub const HASHES: usize = 2;
/// How long a change of a setting that touches privacy waits, in seconds.
pub const PRIVACY_NOTICE: i64 = 7 * 86_400;
/// How many times as many people at once are worth asking about.
pub const JUMP_OF_HEADS: i64 = 2;
/// From how many sites with one person each on somebody may ask whether a site is a person.
pub const SITES_OF_ONE: usize = 3;
/// How many journey types an organisation in pilot publishes.
pub const PILOT_JOURNEY_TYPES: usize = 3;
/// How long a pilot lasts at most, in seconds.
pub const PILOT: i64 = 90 * 86_400;
/// The largest file of events once unpacked, in bytes.
pub const INFLATED: u64 = 64 << 30;
/// Up to this size an archive may unpack as it likes.
pub const INFLATED_FREELY: u64 = 64 << 20;
/// Beyond it, how many times larger than the archive its content may be; real logs stay under 60.
pub const INFLATION: u64 = 200;
/// The longest line, record or XML tag of a file, in bytes: what one of them may take of the
/// memory.
pub const LINE: usize = 1 << 20;
/// The deepest nesting of an XML or JSON file.
pub const DEPTH: usize = 64;
/// How long one file may be read and stored.
pub const IMPORT: Duration = Duration::from_secs(6 * 3600);
/// Answers that are stored in one transaction.
pub const BATCH: usize = 20_000;
/// Events that are stored in one transaction: a log in the order of time comes back to a journey
/// in few of them.
pub const EVENTS_BATCH: usize = 60_000;
/// Events of one journey; more are a mistake in the choice of the identifier.
pub const EVENTS_IN_A_JOURNEY: usize = 2_000;
/// Steps that a log may add to a blueprint that nobody has written; more are free text.
pub const STEPS: usize = 500;
/// Sites that a log may add likewise.
pub const SITES: usize = 10_000;
/// Objects of one file, of all types; their identifiers are in memory while it is read.
pub const OBJECTS: usize = 2_000_000;
/// Types of objects in one file; more are a mistake in the export.
pub const OBJECT_TYPES: usize = 500;
/// Names of attributes that events, or objects of one type, may have in one file; values under
/// more are not read.
pub const ATTRIBUTES: usize = 1_000;
/// What journeys whose events are gathered from all over a file take of the memory, in bytes. The
/// file is read once more for those that do not fit.
pub const GATHERED: usize = 256 << 20;
/// The longest identifier of a journey in its source, in bytes.
pub const SOURCE_ID: usize = 500;
/// The longest name of a step, site, attribute or its value, in bytes.
pub const NAME: usize = 120;
/// Starts or completions of activities that wait for their other half, in one file.
pub const HALVES_WAITING: usize = 100_000;
/// Refusals that a report lists one by one; the others are counted.
pub const REFUSALS_TOLD: usize = 100;
/// Columns that a report counts one by one.
pub const COLUMNS_TOLD: usize = 100;
/// Values of `org:group` that a report lists.
pub const GROUPS_TOLD: usize = 50;
/// Different variants that a discovery counts one by one; rarer ones that come later are counted
/// together.
pub const PATHS: usize = 20_000;
/// Steps that published process measures list one by one, those that no blueprint knows included;
/// what comes later is folded together.
pub const STEPS_PUBLISHED: usize = 1_000;
/// Variants that published process measures list one by one; the others are folded together.
pub const PATHS_PUBLISHED: usize = 200;
/// Variants that fewer than this share of journeys take are folded together.
pub const RARE_PATH: f64 = 0.001;
/// Steps of a variant that is listed by itself; longer ones are read by nobody.
pub const STEPS_IN_A_PATH: usize = 100;
/// Days for which a customer's address is kept after the journey, unless an invitation needs it
/// for longer.
pub const CONTACT_DAYS: i64 = 30;
/// How long after its end the customer of a journey may still be asked, in seconds: later the
/// customer has forgotten it.
pub const ASK_WITHIN: i64 = 14 * 86_400;
/// Days for which an address, and its keyed hash, is kept after the last link to its customer has
/// ended.
pub const ADDRESS_DAYS: i64 = 30;
/// Days for which it is known when an address was written to: longer than any rest.
pub const CONTACTED_DAYS: i64 = 366;
/// Days after its publication for which it is known when exactly something happened to a customer;
/// then only its week and how long it took.
pub const TIMES_DAYS: i64 = 30;
/// Journeys whose times fade in one transaction.
pub const FADED_AT_ONCE: usize = 500;
/// Days for which a mail is kept as a file, and for which one that nobody takes waits.
pub const MAIL_DAYS: i64 = 30;
/// Days after the end of a link for which its digest is kept, so that an old mail can still be
/// used to stop.
pub const LINK_DAYS: i64 = 60;
/// Rows that have expired and go in one transaction.
pub const PURGED_AT_ONCE: i64 = 1_000;
/// Journeys that are decided about in one transaction.
pub const DECIDED_AT_ONCE: usize = 500;
/// Mails that one sender has in hand at once: so many connections to the mail server at most.
pub const MAILS_AT_ONCE: u64 = 16;
/// How long a sender may have a mail in hand before its outcome counts as unknown, in seconds:
/// longer than any conversation with a mail server may take.
pub const MAIL_LEASE: i64 = 1_800;
/// The longest pause before a mail is tried again, in seconds.
pub const MAIL_PAUSE: i64 = 6 * 3600;
/// How often a mail is tried that a server put off, each time after twice as long.
pub const MAIL_ATTEMPTS: i32 = 8;
/// One customer in so many is asked whether somebody suggested an answer.
pub const PRESSURE_ONE_IN: u32 = 10;
/// Days of which arrivals tell the usual pace of a feed, and arrivals that are read of them: the
/// newest.
pub const PACE_DAYS: i64 = 180;
/// See [`PACE_DAYS`].
pub const ARRIVALS_READ: u64 = 20_000;
/// Reports that are kept for whoever asks the very same next.
pub const ANSWERS_REMEMBERED: usize = 64;
/// A list of journeys that says whom links are made for holds at least this share, in percent, of
/// the journeys of each of its places and weeks…
pub const LISTED_PERCENT: u64 = 80;
/// … and at least so many of them.
pub const LISTED: u64 = 30;
/// Steps of one team that fewer of the rarer one's journeys than this share meet together share the
/// team's people among them.
pub const MET_TOGETHER: f64 = 0.1;
/// Over how long a team's journeys tell how it divides among journey types, in seconds.
pub const VOLUME: i64 = 12 * 7 * 86_400;
/// Pooled fits that are kept, one for each set of releases.
pub const POOLS_REMEMBERED: usize = 16;
/// Releases of which it is kept what a search of them found.
pub const SEARCHES_REMEMBERED: usize = 2_000;
/// Rendered pages that are kept as long, of one service.
pub const PAGES_REMEMBERED: usize = 512;
/// How long the names and questions of a service are kept for the next page, in seconds.
pub const SERVICE_REMEMBERED: i64 = 10;
/// Services of which that is kept at once.
pub const SERVICES_REMEMBERED: usize = 256;
/// The longest comment that is taken, in bytes.
pub const COMMENT: usize = 10_000;
/// Comments that are redacted and released in one transaction.
pub const COMMENTS_AT_ONCE: i64 = 500;
/// Names that a team may add at once; more are a file of something else.
pub const STAFF_NAMES: usize = 1_000;
/// How late or early a journey can have been, in days; beyond it the column holds something else.
pub const LATE_DAYS: i32 = 3_660;

/// How long a release is news, in seconds: longer than a service stands still over a weekend.
pub const NEWS: i64 = 3 * 86_400;
/// The hour at which teams are reminded.
pub const MORNING: i32 = 8;
/// Actions of one discussion that are tried at once: whoever tries more learns nothing about any.
pub const ACTIONS_TRIED: u64 = 2;
/// The longest note of a discussion, action or answer to one, in characters.
pub const NOTE: usize = 1_000;
/// Sentences that a customer is told after answering, and in a mail: more are read by nobody.
pub const SENTENCES_TOLD: usize = 2;
/// The longest sentence that customers are told, in characters: their page stays a page.
pub const SENTENCE: usize = 280;
/// The longest name of a role, in characters.
pub const ROLE: usize = 60;
/// Weeks from now that a review may be away: nobody waits longer for a verdict.
pub const REVIEW_WEEKS: i32 = 52;

/// How long after the end of a week its closing waits, in seconds, so that feeds that are a little
/// late are in it.
pub const CLOSING_PAUSE: i64 = 3600;

/// How long a mail server may take to be reached, to become encrypted and to greet. Failing is
/// harmless: it is tried again.
pub const MAIL_GREETING: Duration = Duration::from_secs(30);
/// How long it may take for each reply before it has the content: harmless likewise.
pub const MAIL_REPLY: Duration = Duration::from_secs(60);
/// How long it may take for its verdict on the content: the ten minutes of RFC 5321, because
/// whoever gives up earlier never learns whether the mail went.
pub const MAIL_VERDICT: Duration = Duration::from_secs(600);
/// Mails that the memory keeps, the newest: a setting for trials must not fill the machine.
pub const MAILS_IN_MEMORY: usize = 10_000;
