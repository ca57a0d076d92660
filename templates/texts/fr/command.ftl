# Ce que les commandes affichent, et leur aide.
command-check-fine = Les réglages conviennent : la base s’ouvre et l’adresse est libre.
command-check-plain = La base de données est sur une autre machine et son adresse n’exige pas TLS : quiconque est sur le chemin peut tout lire. Ajoutez-y « ?sslmode=verify-full ».
command-serving = Relais répond à l’adresse { $url } (arrêt par Ctrl+C)
command-init-reason = Première mise en place
command-key = La clé, affichée cette seule fois : { $key }
command-key-revoked = La clé n’ouvre plus rien.
command-setting-announced = Le changement de { $name } est annoncé dans le journal des réglages et vaudra à partir du { $from }.
command-pilot-ended = Le pilote est terminé. Le responsable du processus lit désormais ce qui est publié, après les équipes.
command-journal-settings = Journal des réglages
command-journal-access = Registre des consultations
command-journal-found = { $chain } : { $found }
command-guarantees-broken = Ces garanties ne sont pas tenues : { $names }. Ce qui s’oppose à chacune est affiché plus haut.
command-link = Le lien de connexion, valable une seule fois : { $url }
command-link-reason = Récupération
command-account-changed = Le compte a changé, et ses sessions ont pris fin.
command-account-removed = Le compte est supprimé.
command-factor-reset = Le second facteur est retiré, les sessions du compte aussi. Le mot de passe suffit à nouveau.
command-account-line = { $number }  { $email }  { $role } { $teams }
command-key-line = { $label } : { $scope } { $eyes }, utilisée pour la dernière fois : { $used }
command-bad-email = « { $email } » n’est pas une adresse électronique.
command-redact-unsure = Ligne { $line } : quelqu’un pourrait encore y être reconnu ; ce commentaire resterait réservé à l’équipe.
command-names-added = Les noms sont ajoutés : aucun commentaire publié désormais ne les montrera. Le journal dit combien, jamais lesquels.
command-names-known = Ces noms étaient déjà dans la liste.
command-names-cleared = La liste de l’équipe est vide.
command-names-none = La liste de l’équipe était déjà vide.
command-comments-released = { $comments ->
    [one] { $comments } commentaire masqué et publié ; l’original n’existe plus.
   *[other] { $comments } commentaires masqués et publiés ; les originaux n’existent plus.
 }
command-nothing-to-publish = Il n’y a encore aucun type de parcours. Importez d’abord un journal d’événements : relais import events FICHIER --journey-type CODE.
command-publishing = Publication de { $type }
command-importing-events = Import des événements
command-importing-answers = Import des réponses
command-import-dry-run = Rien n’a été enregistré. Voici ce qui se passerait :
command-column-person = laissée de côté : concerne une personne qui travaille ici
command-column-ignored = non utilisée
command-imported = { $read } lus, { $kept } gardés, { $repeated } déjà connus, { $refused } refusés
command-joined = { $count } lignes étaient le début d’une activité dont la fin est l’événement
command-passed-over = { $count } lignes n’étaient ni un début ni une fin, ou d’aucun parcours, et n’apprennent rien ici
command-partial = { $count } gardés sans réponse d’ensemble
command-unknown-journeys = { $count } sur des parcours qu’aucun événement ne nomme : chacun est devenu un parcours à part
command-comments-held = { $count } commentaires, retenus jusqu’à leur anonymisation
command-persons-dropped = Colonne { $column } : { $count } valeurs sur des personnes écartées
command-more-refused = Les { $most } premiers refus sont listés.
command-blueprint-reason = Dites pourquoi ceci est mis en vigueur
command-applied = Le parcours { $type } est en vigueur, et le journal des réglages dit pourquoi.
command-applied-waits = Des effectifs plus grands et les étapes confiées à une autre équipe comptent dans { $days } jours ; jusque-là, et pour les réponses recueillies avant, ce sont les plus petits qui comptent.
command-applied-nothing = Le parcours { $type } dit ce qui est déjà en vigueur ; rien n’a été modifié.
command-written = Écrit dans { $file }
command-discovered = { $journeys } parcours, { $events } événements, { $variants } variantes. Parcours par étape :
command-discovered-handoffs = Passages de relais que les clients remarquent, avec leurs attentes :
command-waits = la moitié sous { $median } h, neuf sur dix sous { $p90 } h
command-withheld = Rien ne peut être montré : { $why }
command-published =
    { $type } : { $weeks ->
        [0] aucune semaine achevée à clore
        [one] une semaine close
       *[other] { $weeks } semaines closes
    } ; { $answers ->
        [0] aucune réponse publiée
        [one] une réponse publiée
       *[other] { $answers } réponses publiées
    } en { $atoms ->
        [0] 0 atome
        [one] un atome
       *[other] { $atoms } atomes
    } ; { $waiting ->
        [0] aucune n’attend
        [under] moins de 10 attendent
       *[other] { $waiting } attendent
    }.
command-published-searched = Passé au crible avant d’être montré : { $figures } chiffres à leur place, { $equations } sommes qu’un lecteur peut connaître ; le plus petit groupe dont on puisse déduire quelque chose compte { $people } personnes. { $withheld ->
    [0] Rien n’a dû être retenu à côté.
    [one] Un chiffre est retenu à cause de ce qui se déduirait à côté.
   *[other] { $withheld } chiffres sont retenus à cause de ce qui se déduirait à côté.
 }
command-published-nothing-told = Passé au crible : rien n’est encore dit d’aucune partie du parcours.
command-questionnaire-published = Les clients du parcours { $type } sont désormais interrogés avec la version { $version } du questionnaire.
command-questionnaire-none = Aucune version : personne n’est interrogé. « relais questionnaire publish » publie la nôtre.
command-questionnaire-imported = Version { $version } : questionnaire d’un autre outil, importé le { $at }
command-questionnaire-draft = Version { $version } : brouillon du { $at }
command-questionnaire-in-force = Version { $version } : en vigueur depuis le { $at }
command-questionnaire-replaced = Version { $version } : publiée le { $at }, remplacée depuis
help-relais = La satisfaction de parcours de service entiers : où se perdent les points, sans noter personne.
help-option-data = Le dossier des données
help-option-database-url = Une autre base que celle du dossier des données, par exemple postgres://…
help-option-json = Un seul document JSON sur la sortie standard
help-option-lang = La langue de ce qui est affiché
help-option-help = Afficher cette aide
help-option-version = Afficher la version
help-relais-demo = Un réseau de garages avec une année de parcours, prêt à regarder
help-relais-demo-port = Le port du service
help-relais-demo-seed = La même graine donne la même année
help-relais-demo-no-serve = Préparer les données, afficher les liens, puis s’arrêter
help-relais-serve = Le service : pages, API et travaux
help-relais-init-listen = L’adresse à laquelle le service écoutera, pour le lien
help-relais-serve-listen = L’adresse d’écoute
help-relais-serve-check = Afficher chaque réglage et son origine, essayer la base et l’adresse, puis s’arrêter
help-relais-init = Une nouvelle organisation et le lien de connexion de son premier administrateur
help-relais-init-administrator = L’adresse électronique de l’administrateur
help-relais-init-name = Le nom de l’organisation
help-relais-init-time-zone = Où commencent ses semaines, par exemple Europe/Paris
help-relais-import = Importer des événements ou des réponses
help-relais-import-events = Importer un journal d’événements : CSV, XES, OCEL 2.0 (JSON, XML), NDJSON, brut ou gzip
help-relais-import-events-file = Le fichier
help-relais-import-events-journey-type = Le type de parcours concerné
help-relais-import-events-site = Le site de tous ses parcours
help-relais-import-events-mapping = Un fichier qui dit ce que veut dire chaque colonne
help-relais-import-events-object-type = Dans un journal OCEL, le type des objets qui sont les parcours
help-relais-import-events-dry-run = Lire et rendre compte, sans rien enregistrer
help-relais-import-answers = Importer les réponses d’un autre outil d’enquête
help-relais-import-answers-file = Le fichier CSV
help-relais-import-answers-journey-type = Le type de parcours concerné
help-relais-import-answers-site = Le site des réponses qui n’en nomment pas
help-relais-import-answers-scale = L’échelle de la question d’ensemble, par exemple 0-10
help-relais-import-answers-item-scale = L’échelle des questions de détail, par exemple 1-5
help-relais-import-answers-dry-run = Lire et rendre compte, sans rien enregistrer
help-relais-blueprint = Ce que le service doit être : le découvrir, l’exporter ou l’appliquer
help-relais-blueprint-discover = Montrer les étapes, passages de relais, variantes et attentes du journal importé
help-relais-blueprint-discover-file = Écrire le parcours découvert dans ce fichier
help-relais-blueprint-discover-journey-type = Le type de parcours
help-relais-blueprint-export = Écrire dans un fichier le parcours en vigueur
help-relais-blueprint-export-file = Le fichier ; sans lui, la sortie standard
help-relais-blueprint-export-journey-type = Le type de parcours
help-relais-blueprint-apply = Mettre en vigueur un fichier de parcours, par le journal des réglages
help-relais-blueprint-apply-file = Le fichier
help-relais-blueprint-apply-journey-type = Le type de parcours, si le fichier doit être refusé pour un autre
help-relais-asking = Qui un type de parcours interroge, quand et à quel rythme au plus ; change ce qui est indiqué
help-relais-asking-journey-type = Le type de parcours
help-relais-asking-rate = Sur cent clients que l’on pourrait interroger, combien le sont
help-relais-asking-delay-hours = Heures entre la fin d’un parcours et l’invitation
help-relais-asking-quiet = Heures pendant lesquelles on n’écrit à personne, par exemple 20-8 ; deux fois la même heure pour aucune
help-relais-asking-reminder-days = Jours après l’invitation avant la relance ; 0 pour aucune
help-relais-asking-rest-days = Jours pendant lesquels une même adresse n’est sollicitée que pour un parcours
help-relais-asking-link-days = Jours pendant lesquels un lien reste ouvert
help-relais-asking-reason = Pourquoi, pour le journal des réglages
help-relais-rates = Ce que les sollicitations ont donné, par semaine de fin des parcours
help-relais-rates-journey-type = Le type de parcours
help-relais-rates-from = À partir de la semaine de ce jour
help-relais-rates-to = Jusqu’à la semaine de ce jour
help-relais-questionnaire = Le questionnaire : ce que l’on demande aux clients
help-relais-questionnaire-show = Montrer ses versions
help-relais-questionnaire-show-journey-type = Le type de parcours
help-relais-questionnaire-publish = Publier le brouillon, ou le nôtre s’il n’y en a pas : dès lors, les clients sont interrogés
help-relais-questionnaire-publish-journey-type = Le type de parcours
help-relais-questionnaire-publish-parts = Le nombre de parties du parcours demandées, de 2 à 5 (3 si rien n’est dit)
help-relais-questionnaire-publish-reason = Pourquoi, pour le journal des réglages
help-relais-publish = Clore les semaines achevées : les réponses brutes deviennent des cellules publiées
help-relais-publish-through = Ne clore aucune semaine qui finit après ce jour
help-relais-publish-journey-type = Seulement ce type de parcours
help-relais-breakdown = Où se perdent les points
help-relais-breakdown-journey-type = Le type de parcours ; inutile s’il n’y en a qu’un
help-relais-breakdown-partition = Quels parcours
help-relais-breakdown-against = À quoi comparer : le reste du réseau
help-relais-breakdown-from = À partir de la publication de ce jour
help-relais-breakdown-to = Jusqu’à la publication de ce jour
help-relais-breakdown-as-owner = Comme le voit le responsable du processus (par défaut)
help-relais-breakdown-as-team = Comme le voit cette équipe
help-relais-map = La carte des frictions : où les parcours passent, attendent et perdent des points
help-relais-map-journey-type = Le type de parcours ; inutile s’il n’y en a qu’un
help-relais-map-partition = Quels parcours
help-relais-map-against = À quoi comparer : le reste du réseau
help-relais-map-from = À partir de la publication de ce jour
help-relais-map-to = Jusqu’à la publication de ce jour
help-relais-map-as-owner = Comme le voit le responsable du processus (par défaut)
help-relais-map-as-team = Comme le voit cette équipe
help-relais-power = Ce qu’on pourrait voir : des défauts de quelle ampleur seraient repérés dans un lieu
help-relais-power-journey-type = Le type de parcours ; inutile s’il n’y en a qu’un
help-relais-power-partition = La région ou le site ; on le compare au reste du réseau
help-relais-power-from = À partir de la publication de ce jour
help-relais-power-to = Jusqu’à la publication de ce jour
help-relais-power-response = D’après le journal seul, comme si cette part des clients répondait ; 0.15 tant que rien n’est publié
help-relais-power-as-owner = Comme le voit le responsable du processus (par défaut)
help-relais-power-as-team = Comme le voit cette équipe
help-relais-chart = Un chiffre semaine après semaine, avec ses limites, et ce qui mérite une question
help-relais-chart-journey-type = Le type de parcours ; inutile quand il n’y en a qu’un
help-relais-chart-measure = Ce qu’il faut suivre
help-relais-chart-partition = Les parcours de qui
help-relais-chart-baseline-until = Limites d’après les publications jusqu’à ce jour
help-relais-chart-from = À partir de la publication de ce jour
help-relais-chart-to = Jusqu’à la publication de ce jour
help-relais-chart-as-owner = Comme le responsable du processus le voit (par défaut)
help-relais-chart-as-team = Comme cette équipe le voit
help-relais-links = Écrire des liens d’enquête pour un autre expéditeur : SMS, codes à scanner
help-relais-links-journey-type = Le type de parcours
help-relais-links-csv = Le fichier à écrire ; il ne doit pas encore exister
help-relais-links-journeys = Un fichier des identifiants de parcours de la source, un par ligne ; sans lui, tous les clients que seul le téléphone permet de joindre
help-relais-links-again = Donner aussi de nouveaux liens à tous ceux qui en ont déjà reçu un ; celui de qui a répondu n’ouvre rien, et la liste ne dit pas lesquels
help-relais-links-reason = Pourquoi, pour le journal des réglages ; nécessaire avec une liste
help-relais-redact = Masquer les noms dans un texte : un commentaire par ligne sur l’entrée standard ; avec --lang, dans cette langue, sinon dans celle qui est reconnue. Rien n’est enregistré
help-relais-names = Les noms qu’une équipe fait masquer dans les commentaires
help-relais-names-add = Ajouter les noms lus sur l’entrée standard, un par ligne ; seules leurs empreintes à clé sont conservées
help-relais-names-add-team = L’équipe
help-relais-names-add-reason = Pourquoi, pour le journal des réglages
help-relais-names-clear = Vider la liste d’une équipe
help-relais-names-clear-team = L’équipe
help-relais-names-clear-reason = Pourquoi, pour le journal des réglages
help-relais-account = Les comptes de connexion
help-relais-account-add = Ajouter un compte et afficher son lien de connexion
help-relais-account-add-email = Son adresse électronique
help-relais-account-add-role = À quoi il sert
help-relais-account-add-team = Pour un membre : l’équipe, ou l’équipe d’un site
help-relais-account-add-reason = Pourquoi, pour le journal des réglages
help-relais-account-link = Afficher un nouveau lien de connexion pour un compte
help-relais-account-link-email = Son adresse électronique
help-relais-key = Les clés des programmes
help-relais-key-add = Ajouter une clé et l’afficher, cette seule fois
help-relais-key-add-label = À quoi sert la clé
help-relais-key-add-scope = Ce qu’elle permet
help-relais-key-add-reason = Pourquoi, pour le journal des réglages
help-relais-key-revoke = Révoquer les clés d’un libellé
help-relais-key-revoke-label = Le libellé
help-relais-key-revoke-reason = Pourquoi, pour le journal des réglages
help-relais-pilot = La phase pilote de l’organisation
help-relais-pilot-end = Mettre fin au pilote, après l’avis d’une équipe
help-relais-pilot-end-reviewed-by = L’équipe qui a rendu son avis
help-relais-pilot-end-council-informed = Le jour où le CSE a été informé
help-relais-pilot-end-council-not-needed = Pourquoi le CSE n’a pas à être informé
help-relais-pilot-end-reason = Pourquoi l’organisation poursuit, pour le journal des réglages
help-relais-setting = Les réglages qui touchent à la vie privée
help-relais-setting-change = Annoncer un changement : il attend sept jours, et chaque membre peut le lire
help-relais-setting-change-name = Quel réglage
help-relais-setting-change-value = Sa nouvelle valeur ; les planchers ne peuvent être franchis
help-relais-setting-change-agreed-by = Qui a donné son accord : une équipe ou le CSE, jamais une personne
help-relais-setting-change-reason = Pourquoi, pour le journal des réglages
help-relais-journal = Le journal des réglages et le registre des consultations
help-relais-journal-verify = Trouver le moindre octet modifié
help-relais-account-list = Lister les comptes
help-relais-account-change = Donner un autre rôle à un compte ; ses sessions prennent fin
help-relais-account-change-email = Son adresse électronique
help-relais-account-change-role = Ce à quoi il sert désormais
help-relais-account-change-team = D’un membre : l’équipe, ou l’équipe d’un site
help-relais-account-change-reason = Le motif, pour le journal des réglages
help-relais-account-remove = Supprimer un compte ; ses sessions prennent fin aussitôt
help-relais-account-remove-email = Son adresse électronique
help-relais-account-remove-reason = Le motif, pour le journal des réglages
help-relais-account-reset-second-factor = Retirer un second facteur perdu, et mettre fin aux sessions du compte
help-relais-account-reset-second-factor-email = L’adresse électronique du compte
help-relais-account-reset-second-factor-reason = Le motif, pour le journal des réglages
help-relais-account-link-reason = Le motif, pour le journal des réglages ; « Récupération » à défaut
help-relais-key-list = Lister les clés en vigueur
help-relais-key-add-eyes = Avec les yeux de qui elle lit : owner, ou team:CODE
help-relais-guarantees = Contrôler chaque garantie sur la base en service et ses fichiers
help-relais-dossier = Le dossier pour le comité social et économique et la personne déléguée à la protection des données
help-relais-dossier-html = L’écrire comme une page à imprimer en A4, au lieu de l’afficher en texte
help-relais-pack = La feuille pour la discussion d’une équipe : une page A4 à imprimer
help-relais-pack-team = L’équipe dont c’est la feuille
help-relais-pack-journey-type = Le type de parcours
help-relais-pack-partition = De quels parcours : network, region:CODE ou site:CODE
help-relais-pack-from = À partir de la semaine de ce jour ; sinon les 52 dernières publications
help-relais-pack-to = Jusqu’à la semaine de ce jour
help-relais-pack-html = Écrire la page dans ce fichier
