# Backups.
backup-made = The backup is written to { $file } ({ $bytes } KiB).
backup-keep = It has the database and its keys: whoever has it has everything. Keep it where few can go.
backup-keep-secret-too = It has the database. The secret comes from the environment (RELAIS_SECRET) and is not in it: keep that too, elsewhere.
backup-restored = The backup of { $at } is restored.
backup-needs-secret = The secret was not in the backup: set RELAIS_SECRET as it was before you serve.
backup-file-there = { $file } exists already. Choose another name; a backup is never written over.
backup-not-empty = There is something already: { $file }. Restore into an empty data folder and an empty database, so that nothing is lost.
backup-not-ours = { $file } is not a backup of Relais.
backup-damaged = { $file } is damaged: what is in it is not what it says. Nothing was restored; use another copy.
backup-other-database = The backup is of the other kind of database (SQLite or PostgreSQL). Set database_url to the kind that it was made of.
backup-unknown-database = The address of the database cannot be read. Correct database_url.
backup-no-program = “{ $program }” was not found. Install the client programs of PostgreSQL (Debian: postgresql-client) and try again.
backup-program-failed = “{ $program }” failed: { $why }
help-relais-backup = Write database and keys into one file, also while the service runs
help-relais-backup-file = Where to; a file that is there stays as it is
help-relais-restore = Read a backup into an empty data folder and an empty database
help-relais-restore-file = The backup
