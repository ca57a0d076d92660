token-bad-secret = Le secret ne compte pas 52 caractères en base32 (A à Z, 2 à 7). Restaurez le fichier de clé depuis sa sauvegarde, ou donnez son contenu à RELAIS_SECRET. Sans lui, les parcours déjà enregistrés ne peuvent plus être reconnus.
calendar-unknown-zone = « { $zone } » n’est pas un fuseau horaire. Utilisez un nom comme Europe/Paris.
