# Les comptes, les seconds facteurs, les sessions, les fournisseurs et les clés.

## Les comptes
team-accounts-title = Comptes
team-accounts-about = Un compte sert à se connecter, et rien de ce qui a été mesuré n’y est rattaché. Chaque changement ci-dessous est inscrit au journal des réglages avec son motif, par rôle et par numéro, jamais par adresse.
team-account = Compte
team-account-title = Compte { $number }
team-account-number = nº { $number }
team-account-state = État
team-account-used = s’est déjà connecté
team-account-invited = invité
team-account-factor = avec un second facteur
team-account-language = Langue
team-account-itself = C’est votre propre compte. Ce que vous y changez met fin à vos sessions.
team-role = Rôle
team-role-hint = L’administration met le service en place et ne lit aucun chiffre. La représentation du personnel lit le journal et le relevé des consultations.
team-teams-of = Lit pour les équipes
team-teams-of-hint = Pour un membre d’équipe seulement. Une équipe d’un site lit ce site, sa région et le réseau.
team-site = Site
team-every-site = tous les sites
team-reason = Motif
team-reason-hint = Chacun le lit dans le journal des réglages. Ne nommez personne.
team-refused = Rien n’a été modifié. À corriger :
team-invite-title = Inviter quelqu’un
team-invite = Inviter
team-invite-by-mail = Un lien à usage unique part par courriel. Il reste ouvert trois jours.
team-invite-by-hand = Aucun serveur de messagerie n’est configuré : le lien à usage unique vous est montré, à vous de le transmettre. Il reste ouvert trois jours.
team-handed-title = Le lien à usage unique
team-handed-mail = Il a été envoyé à { $email }.
team-handed-link = Aucun courriel n’est parvenu de façon certaine à { $email }. Transmettez vous-même ce lien, et à personne d’autre :
team-handed-once = Il n’est montré qu’une fois et ne connecte qu’une fois. Sa création est inscrite au journal des réglages.
team-alter-title = Rôle et équipes
team-alter-about = Les sessions du compte prennent fin : seul vaut désormais ce qui est indiqué ici.
team-alter = Modifier
team-renew-title = Nouveau lien à usage unique
team-renew-about = Pour qui a perdu le mot de passe ou n’a jamais utilisé le premier lien. Un second facteur reste en place.
team-renew = Créer un nouveau lien
team-remove-title = Supprimer le compte
team-remove-about = Ses sessions prennent fin aussitôt et l’adresse est effacée. Le numéro reste au journal et n’est jamais redonné.
team-remove = Supprimer
team-bad-email = Ce n’est pas une adresse électronique.
team-last-administrator = C’est le dernier compte d’administration : sans lui, plus personne ne pourrait être admis. Invitez-en d’abord un autre.
team-letter-subject = { $organisation } : votre accès à Relais
team-letter-lead = { $organisation } vous invite sur Relais, qui montre aux équipes où les clients perdent et gagnent au fil de leur parcours. Relais mesure des étapes et des passages de relais, jamais des personnes.
team-letter-button = Se connecter
team-letter-until = Ce lien vous connecte une seule fois et reste ouvert jusqu’au { $until }. Vous choisirez ensuite un mot de passe.
team-letter-unexpected = Si vous n’attendiez pas ce message, ne faites rien : sans le lien, personne ne peut se connecter.

## Le second facteur
team-to-own = Mon accès
team-factor-title = Second facteur
team-factor-about = En plus du mot de passe, un code d’une application d’authentification de votre téléphone vous est demandé. Qui n’apprend que votre mot de passe reste dehors.
team-factor-asked = Votre rôle demande un second facteur. Configurez-le d’abord ; cela prend une minute.
team-factor-begin = Configurer un second facteur
team-factor-scan = Scannez cette image avec votre application d’authentification.
team-factor-picture = Code QR pour une application d’authentification ; le même secret figure ci-dessous en lettres.
team-factor-type = Ou saisissez-y ce secret :
team-factor-confirm = Confirmer le code
team-factor-again-title = Une autre image
team-factor-again = Recommencer
team-factor-confirmed = Un second facteur est configuré. Il est demandé à chaque connexion.
team-factor-codes-left = { $n ->
    [0] Il ne reste aucun code de secours. Créez-en de nouveaux avec un code de l’application.
    [one] Il reste { $n } code de secours.
   *[other] Il reste { $n } codes de secours.
 }
team-factor-new-codes = Créer de nouveaux codes de secours
team-factor-remove = Retirer le second facteur
team-recovery-title = Codes de secours
team-recovery-about = Gardez-les ailleurs que sur votre téléphone. Chacun remplace l’application une seule fois. Ils ne sont montrés qu’une fois ; les précédents n’ouvrent plus rien.
team-recovery-done = Je les ai conservés
team-code-title = Encore une étape
team-code = Code
team-code-hint = Six chiffres de votre application d’authentification, ou un code de secours.
team-code-help = Les deux sont perdus ? La personne qui exploite le service peut réinitialiser votre second facteur : « relais account reset-second-factor ».
team-code-wrong = Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et saisissez-le.
team-no-factor = Ce compte n’a pas de second facteur.

## Les sessions
team-sessions-title = Sessions
team-sessions-about = Là où vous êtes connecté. D’une session, seules les heures sont connues, rien de la machine ni du lieu.
team-session-began = Début
team-session-last = Dernière requête
team-session-end = Fin
team-session-end-it = Y mettre fin
team-session-end-others = Mettre fin à toutes les autres
team-session-this = celle-ci

## Se connecter par un fournisseur
team-sign-in-through = Se connecter avec { $provider }
team-provider-back = { $provider } vous a reconnu. Une pression de plus vous connecte.
team-provider-refused-title = Vous n’êtes pas connecté
team-provider-again = Revenir à la connexion
team-provider-stale = Cette connexion a été commencée dans un autre navigateur, a pris trop de temps ou est déjà terminée. Recommencez.
team-provider-refused = La réponse du fournisseur n’est pas digne de confiance, ou il a refusé. Recommencez ; si cela ne suffit pas, donnez l’heure à votre administrateur.
team-provider-unknown = Aucun compte ici ne correspond à l’adresse dont le fournisseur se porte garant. Demandez une invitation à votre administrateur.
team-provider-away = Le fournisseur ne répond pas. Réessayez plus tard, ou connectez-vous avec un mot de passe.

## Les clés des programmes
team-keys-title = Clés d’API
team-keys-about = Un programme présente sa clé au lieu de se connecter. Une clé permet ce que dit sa liste et rien de plus, et chaque consultation des données d’une équipe est inscrite au relevé.
team-keys-none = Aucune clé n’est en vigueur.
team-key-name = Nom
team-key-name-hint = Ce qu’est le programme. Le nom figure au journal des réglages : ne nommez personne.
team-key-allows = Permet
team-key-made = Créée
team-key-used = Dernier jour d’utilisation
team-key-never = jamais utilisée
team-key-eyes = avec les yeux de { $eyes }
team-eyes = Lit avec les yeux de
team-eyes-none = personne
team-eyes-hint = Seulement pour une clé qui lit. Les yeux du responsable du processus voient une semaine après ceux des équipes.
team-scope-events-write = Envoyer des événements (events:write)
team-scope-breakdown-read = Lire les décompositions (breakdown:read)
team-key-make-title = Créer une clé
team-key-make = Créer la clé
team-key-title = La nouvelle clé
team-key-once = Elle n’est montrée qu’une fois. Donnez-la au programme sous la forme « Authorization: Bearer … ».
team-key-revoke-title = Révoquer une clé
team-key-revoke-about = Elle n’ouvre plus rien dès cet instant.
team-key-revoke = Révoquer
team-key-no-scope = Indiquez ce que la clé permet : events:write, breakdown:read, ou les deux.
team-key-needs-eyes = Une clé qui lit a besoin des yeux de quelqu’un : owner, ou team:CODE.
team-key-needs-no-eyes = Une clé qui ne fait qu’envoyer des événements ne lit rien et n’a les yeux de personne.
team-key-label-taken = Une clé nommée « { $label } » est déjà en vigueur. Révoquez-la d’abord, ou choisissez un autre nom.
team-unknown-eyes = Les yeux « { $eyes } » n’existent pas. Utilisez owner ou team:CODE.
