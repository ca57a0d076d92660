## Le journal des réglages
journal-title = Journal des réglages
journal-about = Chaque changement de réglage, avec son auteur et sa raison. On peut ajouter une entrée, jamais la modifier : chacune est scellée avec celle qui la précède.
journal-empty = Rien n’a encore été changé.
journal-what = Ce qui a changé
journal-before = Avant
journal-after = Après
journal-why = Pourquoi
journal-number = nº { $number }
journal-effective = En vigueur à partir du
journal-nothing = rien
journal-unfold = Montrer
journal-older = Entrées plus anciennes
journal-verify = « relais journal verify » contrôle chaque sceau et désigne la première entrée altérée. Qui conserve le dernier sceau affiché s’apercevra plus tard si les entrées les plus récentes ont été retranchées.
journal-command-line = ligne de commande
journal-program = programme muni d’une clé
journal-what-minimum-answers = Réponses nécessaires à tout ce qui est montré
journal-what-minimum-heads = Effectif derrière tout ce qui est montré
journal-what-embargo-days = Jours pendant lesquels les équipes voient une semaine d’abord
journal-what-blueprint = Plan de service de { $name }
journal-what-asking = Sollicitation des clients de { $name }
journal-what-questionnaire = Questionnaire de { $name }
journal-what-pilot = Pilote
journal-what-organisation = Organisation
journal-what-account = Compte
journal-what-sign-in-link = Lien de connexion à usage unique
journal-what-second-factor = Second facteur d’un compte
journal-what-key = Clé d’API « { $name } »
journal-what-names = Noms de l’équipe « { $name } » masqués dans les commentaires
journal-field = { $name } : { $value }
journal-field-version = version
journal-field-languages = langues
journal-field-agreed-by = avec l’accord de
journal-field-number = compte
journal-field-added = noms ajoutés
journal-all-removed = tous retirés
journal-field-teams = équipes
journal-field-scope = portée
journal-field-eyes = yeux
journal-field-name = nom
journal-field-time-zone = fuseau horaire
journal-field-reviewed-by = relu par l’équipe
journal-field-council-informed = comité social et économique informé le
journal-field-council-not-needed = comité social et économique non informé, car
journal-stage-running = En service
journal-place-breakdown = Décomposition de { $name }, { $part }
journal-place-team = Première page de l’équipe, { $name }, { $part }
journal-place-pack = Feuille pour une discussion, { $name }, { $part }
journal-place-chart = Semaine après semaine de { $name } ({ $about }), { $part }
journal-place-part = Ce qui se trouve derrière { $name } ({ $about }), { $part }
journal-place-site = site { $code }
journal-place-region = région { $code }
journal-place-network = tout le réseau

## Le journal des consultations
journal-readers-title = Qui a regardé : { $team }
journal-all-readers-title = Qui a regardé
journal-readers-about = Chaque fois que les données d’une équipe sont lues, le rôle, l’endroit et l’heure sont inscrits ici. Personne n’y est nommé : ce journal protège celles et ceux dont on parle sans surveiller qui lit.
journal-readers-empty = Personne n’a encore regardé.
journal-when = Quand
journal-who = Rôle
journal-team = Équipe
journal-where = Quoi
journal-every-team = toutes les équipes
journal-only-readers = Seuls les membres de cette équipe, la représentation du personnel et l’administration peuvent voir qui a regardé.
journal-only-all-readers = Seules la représentation du personnel et l’administration peuvent voir qui a regardé les données de toutes les équipes.

## Refus et constats
journal-no-reason = Un changement demande une raison. Dites pourquoi, en une phrase que chacun peut lire.
journal-long-reason = La raison est trop longue. Il en faut au plus { $most } caractères.
journal-whole = { $entries ->
    [0] Le journal n’a encore aucune entrée.
    [one] { $entries } entrée, telle qu’elle a été écrite. Dernier sceau : { $last }
   *[other] { $entries } entrées, chacune telle qu’elle a été écrite. Dernier sceau : { $last }
 }
journal-missing = L’entrée { $number } manque.
journal-unlinked = L’entrée { $number } ne fait pas suite à la précédente : une entrée a été mise à sa place.
journal-altered = L’entrée { $number } a été modifiée après avoir été écrite.
