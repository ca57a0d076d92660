journey-person-email = Cette valeur ressemble à une adresse électronique. Rien sur une personne ne doit entrer ; la ligne n’a pas été enregistrée. Retirez-la à la source.
journey-person-phone = Cette valeur ressemble à un numéro de téléphone. Rien sur une personne ne doit entrer ; la ligne n’a pas été enregistrée. Retirez-la à la source.
journey-person-title = Cette valeur ressemble au nom d’une personne (un titre comme « Mme » la précède). Rien sur une personne ne doit entrer ; la ligne n’a pas été enregistrée. Si c’est vraiment le nom d’une étape, déclarez-la dans le plan du service.
journey-person-staff-number = Cette valeur ressemble à un matricule. Rien sur une personne ne doit entrer ; la ligne n’a pas été enregistrée. Si c’est vraiment un nom à vous, déclarez-le dans le plan du service.
journey-person-name = Cette valeur ressemble au nom complet d’une personne. Rien sur une personne ne doit entrer ; la ligne n’a pas été enregistrée. Si c’est vraiment le nom d’une étape ou d’un site, déclarez-le dans le plan du service.
journey-time-malformed = Ce n’est pas une heure. Écrivez 2026-07-06T14:30:00+02:00, ou 2026-07-06 14:30 dans le fuseau de l’organisation.
journey-time-impossible = Ce jour ou cette heure n’existe pas. Les années de 1900 à 2199 sont acceptées.
journey-time-skipped = Cette heure locale n’existe pas : le passage à l’heure d’été l’a sautée. Ajoutez le décalage, par exemple +02:00.
journey-no-journey = L’identifiant du parcours manque.
journey-no-step = Le nom de l’étape manque.
journey-no-time = L’heure manque : il faut un début ou une fin.
journey-end-before-start = La fin précède le début.
journey-promised-before-requested = La date promise précède celle que le client demandait.
journey-promised-end-before-start = La fin promise précède le début promis.
journey-unknown-step = Le plan du service n’a pas d’étape « { $name } ». Ajoutez-la, ou ajoutez ce nom aux activités d’une étape, avec « relais blueprint apply ».
journey-unknown-site = Il n’y a pas de site « { $name } ». Ajoutez-le au plan du service avec « relais blueprint apply ».
journey-too-long = Cette valeur dépasse { $most } caractères, c’est trop long pour un nom.
journey-control-character = Cette valeur contient un caractère de contrôle.
journey-bad-contact = Ce n’est ni une adresse électronique ni un numéro de téléphone.
journey-bad-locale = La langue est fr ou en.
journey-too-many-events = Ce parcours a plus de { $most } événements. La colonne de l’identifiant est-elle la bonne ?
journey-wrong-width = Cette ligne a { $found ->
    [one] un champ
   *[other] { $found } champs
 } au lieu de { $expected }. Y a-t-il un séparateur ou un guillemet de trop, ou manquant ?
journey-file-empty = Le fichier est vide.
journey-file-not-found = Ce fichier n’existe pas.
journey-file-is-folder = C’est un dossier, pas un fichier.
journey-file-truncated = Le fichier est coupé. Rien n’en a été enregistré. Copiez-le de nouveau depuis sa source.
journey-file-damaged = Le fichier est abîmé et illisible. Copiez-le de nouveau depuis sa source.
journey-file-too-large = L’archive se décompresse en bien plus que la normale. Rien n’en a été enregistré.
journey-line-too-long = Cette ligne est beaucoup trop longue : un guillemet est peut-être resté ouvert. La suite n’a pas été lue.
journey-import-too-long = L’import a pris trop de temps et a été arrêté. Découpez le fichier ; ce qui est déjà enregistré sera reconnu.
journey-encoding-latin1 = Le texte n’est pas en UTF-8 (peut-être en Windows-1252 ou Latin-1). Rien n’a été enregistré. Enregistrez le fichier en UTF-8.
journey-encoding-utf16 = Le texte est en UTF-16. Rien n’a été enregistré. Enregistrez le fichier en UTF-8.
journey-encoding-binary = Ce n’est pas du texte : il contient un octet nul. Rien n’a été enregistré. Enregistrez le fichier en CSV, XES ou OCEL, en UTF-8.
journey-column-missing = Aucune colonne pour « { $column } ». Nommez-la dans un fichier de correspondance : { $column } = "le nom de la colonne".
journey-mapping-malformed = Le fichier de correspondance est illisible : { $why }. Une ligne par colonne : journey = "le nom de la colonne".
journey-mapping-not-text = Il faut ici le nom d’une colonne, entre guillemets.
journey-mapping-unknown-name = Le fichier de correspondance nomme ce que les événements n’ont pas. Sont possibles journey, step, start, end, time, promised_start, promised, requested, site, contact, locale, lifecycle, instance et les attributs déclarés.
journey-mapping-person = La colonne « { $column } » contient des personnes qui travaillent là ; elle ne peut pas être lue.
journey-mapping-no-column = Le fichier n’a pas de colonne « { $column } ».
journey-mapping-twice = La colonne « { $column } » est nommée deux fois.
journey-xml-doctype = Le fichier contient un type de document (DOCTYPE), jamais nécessaire dans un journal d’événements et refusé par sécurité. Retirez-le.
journey-xml-too-deep = Les éléments sont imbriqués trop profondément pour un journal d’événements.
journey-xml-not-xes = Ce n’est ni du XES ni de l’OCEL 2.0 : l’élément extérieur doit être « log ».
journey-xml-malformed = Ce XML est mal formé.
journey-xml-broken = Le XML se casse ici (colonne { $column }). Les parcours qui précèdent sont gardés ; la suite n’a pas été lue.
journey-xml-truncated = Le fichier s’arrête en plein milieu (colonne { $column }). Les parcours entiers qui précèdent sont gardés.
journey-ocel-sqlite = C’est une base SQLite. Si c’est un journal OCEL 2.0, exportez-le en JSON (.jsonocel) ou en XML (.xmlocel) et importez ce fichier.
journey-ocel-needed = Seul un journal OCEL 2.0 a des types d’objets. Retirez --object-type.
journey-ocel-which = Le journal a plusieurs types d’objets. Dites avec --object-type lesquels sont les parcours : { $types }.
journey-ocel-no-such-type = Le journal n’a pas d’objets de ce type. Avec --object-type, choisissez l’un de ceux-ci : { $types }.
journey-ocel-people = Les objets de ce type sont des personnes qui travaillent chez vous ; ils ne peuvent pas être les parcours. Choisissez un autre type avec --object-type.
journey-ocel-no-objects = Le journal n’a pas d’objets qui puissent être des parcours. Exportez-le en OCEL 2.0, avec ses objets.
journey-ocel-mapping = Dans un journal OCEL, le parcours est un objet, et l’étape et sa fin sont le type et l’heure d’un événement. Retirez ce nom du fichier de correspondance.
journey-ocel-shape = Ce n’est pas conforme à OCEL 2.0 (colonne { $column }) : « objects » et « events » sont des listes, et chaque valeur est un texte. Rien n’a été enregistré.
journey-ocel-truncated = Le fichier s’arrête en plein milieu (colonne { $column }). Rien n’en a été enregistré. Copiez-le de nouveau depuis sa source.
journey-ocel-broken = Le XML se casse ici (colonne { $column }). Rien du fichier n’a été enregistré.
journey-ocel-too-long = Un objet ou un événement est beaucoup trop long (colonne { $column }) : un guillemet est peut-être resté ouvert. Rien du fichier n’a été enregistré.
journey-ocel-too-many = Le journal a plus de { $objects } objets ou plus de { $types } types d’objets. Rien n’a été enregistré. Découpez-le par période.
journey-ocel-object-incomplete = Cet objet n’a pas d’identifiant ou pas de type.
journey-ocel-object-twice = Cet identifiant appartient déjà à un objet d’un autre type.
journey-ocel-no-object = Cet événement nomme un objet qui n’est pas dans le fichier. Exportez le journal avec tous ses objets.
journey-json-malformed = Ce n’est pas du JSON (colonne { $column }).
journey-json-truncated = Le JSON s’arrête en plein milieu (colonne { $column }).
journey-json-too-deep = Le JSON est imbriqué trop profondément.
journey-json-not-an-event = Un événement est un objet JSON avec des champs comme journey, step et end.
journey-json-unknown-field = Les événements n’ont pas ce champ. Déclarez-le comme attribut du type de parcours, ou retirez-le.
journey-json-person-field = Les champs sur les personnes qui travaillent là ne sont pas acceptés. Retirez-le.
journey-json-field-twice = Ce champ est donné deux fois.
journey-json-not-text = Cette valeur doit être un texte entre guillemets.
journey-cloudevents-version = Seul CloudEvents 1.0 est compris.
journey-cloudevents-missing = Une enveloppe CloudEvents exige ce champ.
journey-no-type = Il n’y a pas de type de parcours « { $code } ».
journey-type-missing = Dites à quel type de parcours appartiennent les événements : /api/v1/events?journey_type=…
journey-media-type = Envoyez application/x-ndjson, application/cloudevents+json ou application/cloudevents-batch+json.
journey-bad-code = « { $code } » ne peut pas être un code : 120 caractères au plus, sans « : » ni caractère de contrôle.
journey-blueprint-malformed = { $why }
journey-blueprint-reason-missing = Dites pourquoi en une phrase : reason = "…". Elle va dans le journal des réglages.
journey-blueprint-other-type = Le fichier décrit « { $found } », pas « { $expected } ».
journey-blueprint-no-steps = Un plan du service a au moins une [[step]].
journey-blueprint-no-frontstage = Au moins une étape doit être en scène (frontstage) : un client la rencontre.
journey-blueprint-code-twice = « { $code } » y est deux fois.
journey-blueprint-activity-twice = L’activité « { $code } » appartient à deux étapes.
journey-blueprint-unknown-team = Il n’y a pas d’équipe « { $code } ». Ajoutez [[team]] avec ce code, ou corrigez-le.
journey-blueprint-unknown-site = Il n’y a pas de site « { $code } ». Ajoutez [[site]] avec ce code, ou corrigez-le.
journey-blueprint-unknown-planner = Il n’y a pas d’étape « { $code } » qui pourrait donner les dates.
journey-blueprint-heads-twice = Une équipe a soit « central », soit « sites », pas les deux.
journey-blueprint-heads-too-many = Un effectif est un nombre de 0 à 100000.
journey-blueprint-days = Les jours de silence vont de 1 à 365, la marge de 0 à 30 jours.
journey-feeds-title = Ce que vos événements rendent visible
journey-feeds-about = Les systèmes qui racontent vos étapes alimentent ce que vous lisez, vous et vos voisins. Les nombres portent sur tout le réseau, arrondis à la dizaine inférieure.
journey-feeds-no-steps = Aucune étape d’un service ne revient à cette équipe.
journey-feeds-silent = Plus rien n’arrive depuis le { $date }, soit { $days } jours ; jusque-là, la plus longue pause était { $usual ->
    [one] d’un jour
   *[other] de { $usual } jours
 }. Demandez à qui gère le système si l’envoi fonctionne encore.
journey-feeds-newest = Derniers événements : { $date }
journey-feeds-never = aucun
journey-feeds-what = Ce qu’ils rendent visible
journey-feeds-lately = Depuis hier
journey-feeds-weeks = En 28 jours
journey-feeds-events = Passages de clients
journey-feeds-promised = Dates promises
journey-feeds-timed = Durées, du début à la fin
journey-feeds-few = moins de { $floor }
journey-feeds-nav = Sources
