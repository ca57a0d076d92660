token-bad-secret = The secret is not 52 characters of base32 (A to Z, 2 to 7). Restore the key file from its backup, or set RELAIS_SECRET to its content. Without it, journeys that are already stored cannot be recognised.
calendar-unknown-zone = “{ $zone }” is no time zone. Use a name such as Europe/Paris.
