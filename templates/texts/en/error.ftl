error-io = { $what }: { $why }
error-internal = Something went wrong on our side. Nothing was changed. The log names the cause.
error-line = line { $line }
error-database = The database refused the work. Nothing was changed. The log names the cause.
error-database-locked = Another program holds the database. Nothing was changed. Wait until it is done, then try again.
error-database-full = The disk of the database is full. Nothing was changed. Free some space, then try again.
error-database-read-only = The database is read-only. Nothing was changed. Make the data folder writable, then try again.
error-database-away = The database does not answer. Nothing was changed. Check that it runs and that the address is right, then try again.
