//! Every limit, in one place, with its reason.

use std::time::Duration;

/// The smallest number of answers that anything is shown for. Settings may only raise it.
pub const MINIMUM_ANSWERS: u32 = 10;
/// The smallest number of people behind anything shown. Settings may only raise it.
pub const MINIMUM_HEADS: u32 = 7;
/// What a new organisation starts with.
pub const DEFAULT_HEADS: u32 = 8;
/// The fewest heads that one team of a shown handoff may have.
pub const HEADS_IN_A_SEAM: u32 = 3;
/// The longest time for which teams see a release before anyone else, in days.
pub const EMBARGO_DAYS: u32 = 21;

/// Connections that read a SQLite file at once.
pub const READERS: u32 = 4;
/// Connections to PostgreSQL, reading and writing.
pub const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a statement waits for the database.
pub const DATABASE_PATIENCE: Duration = Duration::from_secs(10);
/// How often beginning a write is tried again when another process holds the file.
pub const DATABASE_RETRIES: u32 = 20;
/// Writes that may wait for the writer before senders wait themselves.
pub const WRITES_WAITING: usize = 4096;
/// Writes that share one commit.
pub const WRITES_IN_A_COMMIT: usize = 256;

/// Elements of one journey type that the method takes; the rarest handoffs fold into `handoff:other`.
pub const ELEMENTS: usize = 40;
/// Handoffs that fewer than this share of journeys have fold into `handoff:other`.
pub const RARE_HANDOFF: f64 = 0.01;

/// How long a job is leased before somebody else may take it.
pub const JOB_LEASE: Duration = Duration::from_secs(300);
/// How often a job is tried before it is given up.
pub const JOB_ATTEMPTS: i32 = 8;

/// The largest body of a request that sends events.
pub const EVENTS_BODY: usize = 8 * 1024 * 1024;
/// The largest body of any other request.
pub const BODY: usize = 64 * 1024;
/// How long a request may take.
pub const REQUEST: Duration = Duration::from_secs(30);

/// How long nobody may do anything before a session ends, in seconds.
pub const SESSION_IDLE: i64 = 30 * 60;
/// How long a session lasts at most, in seconds.
pub const SESSION: i64 = 12 * 3600;
/// Sessions whose last request is remembered at once.
pub const SESSIONS_REMEMBERED: usize = 20_000;
/// How long a one-time sign-in link lasts, in seconds: over a weekend.
pub const SIGN_IN_LINK: i64 = 72 * 3600;
/// Attempts to sign in to one account at once, and the pause after which there is one more.
pub const ATTEMPTS_ACCOUNT: (u32, Duration) = (8, Duration::from_secs(30));
/// Attempts to sign in from one address prefix at once, and the pause after which there is one more: a whole office may
/// stand behind one address.
pub const ATTEMPTS_PREFIX: (u32, Duration) = (40, Duration::from_secs(2));
/// Accounts and prefixes whose attempts are remembered before quiet ones are forgotten.
pub const ATTEMPTS_REMEMBERED: usize = 20_000;
/// Passwords hashed at once, each in 19 MiB.
pub const HASHES: usize = 2;
/// How long a change of a setting that touches privacy waits, in seconds.
pub const PRIVACY_NOTICE: i64 = 7 * 86_400;
/// How long a pilot lasts at most, in seconds.
pub const PILOT: i64 = 90 * 86_400;
