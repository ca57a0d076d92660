token-bad-secret = Le secret ne compte pas 52 caractères en base32 (A à Z, 2 à 7). Restaurez le fichier de clé depuis sa sauvegarde, ou donnez son contenu à RELAIS_SECRET. Sans lui, les parcours déjà enregistrés ne peuvent plus être reconnus.
token-no-address-file = Il n’y a pas de dossier de données où garder une clé des adresses. Indiquez-le avec --data.
token-bad-address-key = Le fichier address.key contient autre chose que des clés. Restaurez-le depuis sa sauvegarde : sans lui, aucune adresse de client ne peut être lue.
calendar-unknown-zone = « { $zone } » n’est pas un fuseau horaire. Utilisez un nom comme Europe/Paris.
calendar-day = { $weekday ->
    [1] lundi
    [2] mardi
    [3] mercredi
    [4] jeudi
    [5] vendredi
    [6] samedi
   *[other] dimanche
 } { $day ->
    [1] 1er
   *[other] { $day }
 } { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[other] décembre
 }
calendar-date = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
 } { $year }
