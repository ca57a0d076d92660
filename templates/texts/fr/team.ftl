## Se connecter
team-sign-in-title = Se connecter
team-sign-in = Se connecter
team-sign-in-wrong = Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux et réessayez.
team-sign-in-help = Pas encore de mot de passe, ou mot de passe perdu ? Demandez un lien à usage unique à votre administrateur.
team-sign-in-with-password = Se connecter avec un mot de passe
team-email = Adresse électronique
team-password = Mot de passe
team-too-many = { $seconds ->
    [one] Trop d’essais. Attendez { $seconds } seconde, puis réessayez.
   *[other] Trop d’essais. Attendez { $seconds } secondes, puis réessayez.
 }
team-link-title = Votre lien à usage unique
team-link-about = Ce lien vous connecte une seule fois. Vous choisirez ensuite un mot de passe ; celui que vous aviez cessera d’être valable.
team-link-spent-title = Ce lien ne permet plus de se connecter
team-link-spent = Il a déjà servi, il est trop ancien ou n’a jamais existé. Rien n’a été modifié. Demandez-en un nouveau à votre administrateur.

## Mots de passe
team-password-title = Choisir un mot de passe
team-password-first = Votre compte n’a pas encore de mot de passe. Sans lui, il vous faudra chaque fois un nouveau lien à usage unique.
team-password-current = Mot de passe actuel
team-password-new = Nouveau mot de passe
team-password-again = Le nouveau mot de passe, encore une fois
team-password-rule = Au moins { $least } caractères. Plusieurs mots se retiennent mieux que des signes.
team-password-set = Enregistrer le mot de passe
team-password-later = Plus tard
team-password-short = Le mot de passe est trop court. Il faut au moins { $least } caractères, par exemple quatre mots.
team-password-long = Le mot de passe est trop long. Il en faut au plus { $most } caractères.
team-password-guessable = Ce mot de passe est facile à deviner : il est courant, ou fait de mots courants, de dates, de suites de touches ou de votre adresse. Choisissez-en un autre.
team-password-breached = Ce mot de passe figure dans une liste de mots de passe divulgués ailleurs. Choisissez-en un autre.
team-password-differs = Les deux nouveaux mots de passe diffèrent. Saisissez-les à nouveau.
team-password-not-current = Le mot de passe actuel n’est pas le bon. Saisissez-le à nouveau.

## Les rôles, et qui peut
team-role-administrator = administration
team-role-owner = responsable du processus
team-role-member = membre d’équipe
team-role-representative = représentation du personnel
team-only-administrator = Cette page est réservée à l’administration.
team-only-owner = Cette page est réservée aux responsables du processus.
team-only-member = Cette page est réservée aux membres de l’équipe « { $team } ».
team-api-key-needed = Cette adresse demande une clé d’API : envoyez « Authorization: Bearer CLÉ ». « relais key add » en crée une.
team-api-scope = Il manque « { $lacks } » à cette clé ; elle a « { $has } ». Utilisez une autre clé, ou faites-en créer une avec « relais key add ».
team-to-setup = Mise en place
team-to-password = Mot de passe

## Refus des commandes
team-unknown-role = Le rôle « { $role } » n’existe pas. Choisissez administrator, owner, member ou representative.
team-unknown-scope = La portée « { $scope } » n’existe pas. Choisissez events:write ou breakdown:read.
team-unknown-team = L’équipe « { $team } » n’existe pas. Les équipes viennent du plan de service : appliquez-le d’abord avec « relais blueprint apply ».
team-unknown-site = Le site « { $site } » n’existe pas. Les sites viennent du plan de service ou des événements.
team-unknown-setting = Le réglage « { $setting } » n’existe pas. Choisissez minimum_answers, minimum_heads ou embargo_days.
team-unknown-account = Personne dans cette organisation ne se connecte avec cette adresse. « relais account add » crée un compte.
team-unknown-key = Aucune clé nommée « { $label } » n’est en vigueur.
team-account-exists = Cette adresse a déjà un compte. « relais account link » crée un nouveau lien à usage unique.
team-member-needs-team = Un membre d’équipe a besoin d’une équipe, et aucun autre rôle n’en a. Indiquez-la, ou omettez-la.
team-has-administrator = L’organisation a déjà une personne à l’administration. Utilisez « relais account add » pour en ajouter une autre.
team-key-label = Une clé porte un nom de 1 à 100 caractères, pour la distinguer des autres et pouvoir la révoquer.
team-setting-bounds = { $setting } va de { $least } à { $most }. Le plancher est inscrit dans le programme : aucun réglage ne passe en dessous.
team-setting-nobody-agreed = Indiquez qui a donné son accord : une équipe, le comité social et économique. Ce réglage protège le personnel.
team-zone-is-fixed = Des semaines ont été publiées dans le fuseau actuel : il ne peut plus changer.
team-pilot-is-over = L’organisation n’est plus en pilote.
team-pilot-future = Le comité social et économique ne peut pas avoir été informé un jour qui n’est pas encore venu.

## La page de mise en place
team-setup-title = Mise en place
team-next = La suite.
team-next-events = Importez un journal d’événements : le plan de service en est déduit, et rien de ce que dit le journal n’est à saisir.
team-next-blueprint = Dites quelle équipe assure chaque étape. Exportez le plan de service, inscrivez-y les équipes et appliquez-le.
team-next-headcounts = Indiquez l’effectif de chaque équipe. Sans effectifs, rien n’est montré aux équipes ni aux responsables. Inscrivez-les dans le plan de service sous [[team]] et appliquez-le.
team-next-answers = Publiez le questionnaire : chaque parcours terminé donne alors lieu à une invitation. Ou importez les réponses des clients depuis un autre outil d’enquête.
team-next-publish = Tout est là. Clôturez les semaines écoulées ; les équipes voient une semaine d’abord, le responsable du processus quelques jours plus tard.
team-types = Types de parcours
team-type = Type de parcours
team-types-none = Aucun pour l’instant. Le premier import en crée un.
team-steps = Étapes
team-missing = Manque
team-nothing = Rien
team-steps-without-team = Aucune équipe n’assure : { $steps }.
team-no-answers = Personne n’est encore interrogé, et aucune réponse n’a été importée.
team-to-questionnaire = Questionnaire
team-to-power = Ce qu’on pourrait trouver avec ce volume
team-teams = Équipes et effectifs
team-headcounts-why = Un effectif est un nombre, jamais une liste de noms. Un chiffre n’est montré que si assez de personnes se tiennent derrière lui : il parle alors d’une équipe et non d’une personne.
team-teams-none = Aucune pour l’instant. Elles viennent du plan de service.
team-team = Équipe
team-heads = Effectif
team-at-sites = Sites
team-no-heads = Son effectif.
team-no-heads-at = Son effectif à : { $sites }.
team-sites = Sites
team-sites-count = { $n ->
    [0] Aucun site pour l’instant. Les sites viennent des événements ou du plan de service.
    [one] { $n } site.
   *[other] { $n } sites.
 }
team-sites-without-region = Sans région : { $sites }. Les réponses des petits sites sont regroupées par région ; sans région, on peut en montrer moins.
team-imports = Imports
team-import = Import
team-imports-none = Rien n’a encore été importé.
team-import-events = Événements
team-import-answers = Réponses
team-import-read = Lignes lues
team-import-kept = Retenues
team-import-repeated = Déjà connues
team-import-refused = Refusées
team-letters-title = Courriels au sujet de vos équipes
team-letters-on = Nous vous écrivons quand une période d’une de vos équipes est publiée et quand le bilan d’une action arrive.
team-letters-stop = Ne plus recevoir ces courriels
team-letters-off = Nous ne vous écrivons plus au sujet de vos équipes. Ce que vous pouvez y lire ne change pas.
team-letters-again = M’écrire de nouveau
