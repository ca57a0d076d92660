token-bad-secret = The secret is not 52 characters of base32 (A to Z, 2 to 7). Restore the key file from its backup, or set RELAIS_SECRET to its content. Without it, journeys that are already stored cannot be recognised.
token-no-address-file = There is no data folder in which a key of addresses could stand. Name it with --data.
token-bad-address-key = The file address.key holds something that is no key. Restore it from its backup: without it no customer’s address can be read.
calendar-unknown-zone = “{ $zone }” is no time zone. Use a name such as Europe/Paris.
calendar-day = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[other] Sunday
 } { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
 }
calendar-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
