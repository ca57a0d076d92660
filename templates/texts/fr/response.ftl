response-unknown-column = Les réponses n’ont pas de colonne de ce nom. Colonnes possibles : journey, answered_at, site, outcome, step.<code>, handoff.<de>.<vers>, promise.late_days, comment. Renommez-la ou retirez-la. Rien n’a été enregistré.
response-unknown-step = Cette étape n’est pas dans le plan du service. Les clients rencontrent : { $known }. Renommez la colonne ou ajoutez l’étape au plan. Rien n’a été enregistré.
response-unknown-handoff = Ce nom n’est pas handoff.<de>.<vers> avec deux étapes connues. Les clients rencontrent : { $known }. Rien n’a été enregistré.
response-ambiguous-handoff = Les codes contiennent des points et ce nom peut désigner plusieurs passages de relais. Renommez la colonne. Rien n’a été enregistré.
response-handoff-to-itself = Un passage de relais relie deux étapes différentes. Rien n’a été enregistré.
response-backstage = Les clients ne rencontrent pas l’étape { $step } : on n’a pas pu les interroger à son sujet. Déclarez-la en scène (frontstage) dans le plan, ou retirez la colonne. Rien n’a été enregistré.
response-column-twice = Deux colonnes ont le même sens. Retirez-en une. Rien n’a été enregistré.
response-bad-step = Ce n’est pas un code d’étape : il ne peut être vide, ni contenir de caractère de contrôle, ni dépasser { $most } octets. Rien n’a été enregistré.
response-too-many-steps = Les colonnes nomment plus de { $most } étapes. Rien n’a été enregistré.
response-no-answered-at = Il manque la colonne answered_at, qui dit quand chaque réponse a été donnée. Rien n’a été enregistré.
response-no-question = Il n’y a ni outcome, ni colonne step.<code> ou handoff.<de>.<vers>. Rien n’a été enregistré.
response-wrong-width = L’en-tête a { $columns } colonnes et cette ligne { $fields }.
response-not-utf8 = Ce n’est pas de l’UTF-8.
response-no-time = La date de la réponse manque.
response-future = Cette date est dans l’avenir.
response-not-whole = Ce n’est ni un nombre entier de { $low } à { $high }, ni une case vide, ni na.
response-outside-scale = C’est en dehors de l’échelle, qui va de { $low } à { $high }.
response-not-days = Ce n’est pas un nombre de jours, comme 0, 1,5 ou -0,25.
response-late-impossible = C’est plus de { $most } jours. La colonne est en jours.
response-comment-too-long = Ce commentaire dépasse { $most } octets.
response-nothing = Rien n’est répondu dans cette ligne.
response-unknown-site = Ce site n’est pas dans le plan du service. Ajoutez-le au plan, ou corrigez le nom.
response-journey-too-long = Un identifiant compte au plus { $most } octets.
response-second = Ce parcours a déjà une réponse, et elle est différente. La première reste.
response-part-missing = Ce parcours n’est pas passé par là : on n’a pas pu l’interroger à ce sujet.
response-broke-off = La base de données a renoncé après l’enregistrement de { $kept } réponses ; le journal technique en donne la cause. Corrigez-la, puis importez de nouveau le même fichier : rien n’est enregistré deux fois.

## Les pages du client : le cadre
response-window = { $page } · { $heading }
response-window-problem = À corriger · { $page } · { $heading }
response-page = Étape { $page } sur { $of }
response-continue = Continuer
response-back = Revenir à la page précédente
response-send = Envoyer mes réponses
response-foot-privacy = Ce que deviennent vos réponses (nouvel onglet)
response-foot-stop = Ne plus recevoir nos questions

## Page 1 : comment cela s’est passé
response-title = Votre parcours chez { $organisation }
response-outcome = Dans l’ensemble, comment votre parcours s’est‑il passé ?
response-very-well = Très bien
response-fairly-well = Plutôt bien
response-neither = Ni bien ni mal
response-fairly-badly = Plutôt mal
response-very-badly = Très mal
response-passage = Votre parcours, d’une étape à l’autre
response-passage-none = Le détail de ce parcours ne nous est pas connu.
response-not-mine = Ce n’était pas mon parcours
response-not-mine-note = Votre réponse sera conservée, sans aucun lien avec ce parcours.
response-not-mine-said = Vous nous avez dit que ce parcours n’était pas le vôtre : votre réponse est conservée sans aucun lien avec lui.
response-days = du { $from } au { $to }
response-offered = { $days ->
    [0] Première date proposée : le jour souhaité
    [one] Première date proposée : un jour plus tard que souhaité
   *[other] Première date proposée : { $days } jours plus tard que souhaité
 }
response-moved = { $times ->
    [one] La date a changé une fois
   *[other] La date a changé { $times } fois
 }
response-wait-none = juste après
response-wait-minutes = { $minutes ->
    [one] une minute plus tard
   *[other] { $minutes } minutes plus tard
 }
response-wait-hours = { $hours ->
    [one] le même jour, une heure plus tard
   *[other] le même jour, { $hours } heures plus tard
 }
response-wait-days = { $days ->
    [one] le lendemain
   *[other] { $days } jours plus tard
 }

## Page 2 : quelques moments
response-parts-title = { $n ->
    [one] Un moment de votre parcours
    [2] Deux moments de votre parcours
   *[other] Trois moments de votre parcours
 }
response-parts-note = Ils ont été tirés au sort. Laissez de côté ce que vous préférez ne pas dire.
response-step = { $step } : comment cela s’est‑il passé ?
response-handoff = Entre « { $from } » et « { $to } », que s’est‑il passé ?
response-between = Entre « { $from } » et « { $to } »
response-tick-all = Cochez tout ce qui vous est arrivé.
response-unknown = Je ne sais pas
response-friction-repeated = J’ai dû répéter ce que j’avais déjà dit
response-friction-waited = J’ai attendu sans nouvelles
response-friction-chased = J’ai dû relancer
response-friction-sent-elsewhere = Il m’a fallu m’adresser ailleurs
response-friction-told-different = On m’a dit des choses différentes
response-friction-none = Rien de tout cela
response-another = Un autre moment s’est‑il mal passé ?
response-another-note = Celui-ci, c’est vous qui le choisissez : il est compté à part.
response-another-none = Non, aucun autre

## Page 3 : avec ses mots
response-words-title = Avec vos mots
response-closing = Que faudrait-il que nous sachions ?
response-nobody-named = Vous évaluez un parcours, pas une personne : ne nommez personne, s’il vous plaît.
response-pressure = Quelqu’un vous a‑t‑il suggéré une réponse ?
response-pressure-why = Cette question ne met personne en cause : elle nous aide à savoir ce que valent nos chiffres.
response-yes = Oui
response-no = Non

## Ce qui ne va pas dans une page
response-problems = Il reste quelque chose à corriger
response-form-too-large = Cet envoi est trop grand pour être l’une de nos pages. Rien n’a été enregistré. Revenez à la page et raccourcissez votre texte.
response-form-not-utf8 = Cet envoi n’est pas lisible : ce n’est pas de l’UTF-8. Rien n’a été enregistré. Revenez à la page et envoyez-la depuis votre navigateur.
response-form-stray = Cet envoi contenait autre chose que les réponses de cette page. Vérifiez ce qui est affiché, puis envoyez-le de nouveau.
response-form-choose = Cette réponse n’est pas l’une de celles proposées. Choisissez-en une, ou laissez la question de côté.
response-form-none-and-some = « Rien de tout cela » ne va pas avec une autre case. Décochez l’une ou l’autre.
response-form-comment-too-long = { $over ->
    [one] Votre texte est trop long d’un caractère. Il est toujours là : raccourcissez-le un peu, puis envoyez-le de nouveau.
   *[other] Votre texte est trop long de { $over } caractères. Il est toujours là : raccourcissez-le un peu, puis envoyez-le de nouveau.
 }

## Autour des trois pages
response-thanks-title = Merci
response-thanks-read = Vos réponses sont enregistrées. Les équipes de { $organisation } les liront avec celles d’autres clients, pour chercher ensemble où le parcours accroche. Elles n’y trouveront aucun nom.
response-thanks-waiting = Vous avez changé d’avis ? Vous pouvez encore tout reprendre.
response-thanks-released = Vous avez changé d’avis ? Vous pouvez encore reprendre vos réponses ; seules restent les sommes anonymes dans lesquelles elles sont déjà entrées.
response-thanks-withdraw = Reprendre mes réponses
response-withdraw-title = Reprendre vos réponses ?
response-withdraw-all = Tout ce que vous avez répondu et écrit sera effacé.
response-withdraw-released = Tout ce que vous avez répondu et écrit sera effacé. Vos réponses sont déjà entrées dans des sommes publiées : celles-ci sont anonymes et restent.
response-withdraw-final = On ne peut pas revenir en arrière.
response-withdraw = Effacer mes réponses
response-withdraw-keep = Les garder
response-withdrawn-title = Vos réponses sont effacées
response-withdrawn-all = Il n’en reste rien chez nous. Merci d’avoir pris ce temps.
response-withdrawn-released = Il n’en reste que la part anonyme dans des sommes déjà publiées. Merci d’avoir pris ce temps.
response-closed-title = Ce lien n’ouvre plus rien
response-closed = Il a expiré, les questions ont reçu une réponse par un autre lien, il a été recopié en partie, ou il n’a jamais existé.
response-closed-do = Ouvrez-le de nouveau depuis le message que vous avez reçu. S’il n’ouvre toujours rien, c’est qu’il est trop tard pour répondre : vous n’avez plus rien à faire.
response-unsubscribe-title = Ne plus recevoir nos questions ?
response-unsubscribe-about = { $organisation } ne vous enverra plus aucune question sur vos parcours à cette adresse. Ses autres messages ne changent pas.
response-unsubscribe = Ne plus m’écrire à ce sujet
response-unsubscribed-title = C’est entendu
response-unsubscribed = { $organisation } ne vous enverra plus de questions sur vos parcours à cette adresse.

## Ce que deviennent les réponses
response-privacy-title = Ce que deviennent vos réponses
response-privacy-lead = { $organisation } vous demande comment s’est passé votre parcours, pour améliorer la façon dont ses équipes se passent le relais. Répondre est libre, et chaque question aussi.
response-privacy-lead-unknown = On vous demande comment s’est passé votre parcours, pour améliorer la façon dont les équipes se passent le relais. Répondre est libre, et chaque question aussi.
response-privacy-what = Ce qui est conservé
response-privacy-answers = Ce que vous avez répondu et écrit, page par page, dès que vous l’envoyez.
response-privacy-journey = Les étapes et les dates de votre parcours, sans votre nom. Si vous dites que ce n’était pas le vôtre, vos réponses n’y sont plus liées.
response-privacy-address = Votre adresse, chiffrée et rangée à part, effacée 30 jours après la fin du lien.
response-privacy-nothing = Rien d’autre : aucun cookie, aucun pixel, aucun suivi. Ouvrir une page ne laisse aucune trace.
response-privacy-who = Qui voit quoi
response-privacy-figures = Les équipes et l’organisation voient des chiffres sur au moins dix réponses à la fois, jamais la vôtre seule.
response-privacy-comments = Vos mots ne sont lus qu’une fois retirés les noms, adresses et numéros.
response-privacy-persons = Personne n’est noté : ni vous, ni ceux que vous avez rencontrés.
response-privacy-rights = Ce que vous pouvez faire
response-privacy-withdraw = Reprendre vos réponses : ouvrez de nouveau votre lien, puis « Reprendre mes réponses ».
response-privacy-stop = Ne plus être interrogé : le lien au bas de chaque message et de chaque page.
response-saved-elsewhere = Quelque chose a déjà été enregistré par un autre lien. Ce n’est pas montré ici, et ce que vous envoyez maintenant le remplacera.
response-import-reason = des réponses d’un autre outil ont été importées
response-not-saved = Cette page n’a pas pu être enregistrée ; l’incident est de notre côté. Ce que vous avez indiqué est encore affiché : envoyez-le de nouveau dans un moment.

## La page du questionnaire
response-editor-title = Questionnaire : { $name }
response-editor-nobody = Aucune version n’est publiée : personne n’est encore interrogé.
response-editor-asked = Les clients sont interrogés avec la version { $version }. Enregistrer ici prépare la suivante sans rien changer à celle-ci.
response-editor-asked-and-draft = Les clients sont interrogés avec la version { $version } ; la version { $draft } est un brouillon.
response-editor-languages = Langues
response-editor-languages-why = Langues proposées aux clients
response-editor-french = français
response-editor-english = anglais
response-editor-in-french = en français
response-editor-in-english = en anglais
response-editor-parts = Longueur
response-editor-parts-asked = Parties du parcours demandées à chaque client
response-editor-parts-why = Elles sont tirées au hasard, étapes et passages de relais à parts égales, si bien que chaque paire est demandée ensemble de temps à autre. Plus de parties font trouver un défaut avec moins de réponses ; moins de parties font une page plus courte. D’ordinaire, trois.
response-editor-parts-power = Ce que l’on pourrait voir avec vos réponses, et avec cinq parties
response-editor-parts-of = { $parts } parties
response-editor-texts = Textes
response-editor-texts-why = Une case vide laisse nos mots, que la case montre en gris. Un texte écrit dans une langue doit l’être dans toutes celles que vous proposez.
response-editor-outcome = La question d’ensemble
response-editor-step = La question sur une étape
response-editor-one-step = La question sur l’étape « { $step } » seulement
response-editor-handoff = La question sur un passage de relais
response-editor-closing = La question ouverte
response-editor-offered = Proposer cette case
response-editor-blanks = Le texte doit contenir { $blanks } : le nom de l’étape y prend place.
response-editor-publish-title = Enregistrer ou publier
response-editor-publish-why = Un brouillon n’est montré à personne. Une version publiée ne change plus : les réponses se comparent parce que la question reste la même.
response-editor-reason = Pourquoi publier, pour le journal des réglages
response-editor-save = Enregistrer le brouillon
response-editor-publish = Publier
response-editor-versions = Versions
response-editor-versions-none = Aucune pour l’instant.
response-editor-version = Version
response-editor-made = Créée le
response-editor-published = Publiée le
response-editor-draft = brouillon
response-editor-in-force = en vigueur
response-editor-replaced = remplacée
response-editor-imported = questionnaire d’un autre outil
response-editor-preview = Ce que verraient trois clients
response-editor-preview-why = Trois parcours récents, qui ont suivi des chemins différents, avec le texte enregistré. Les moments interrogés sont tirés au sort ; ici, toujours les mêmes.
response-editor-preview-french = Voir en français
response-editor-preview-english = Voir en anglais
response-editor-preview-none = Il n’y a pas encore de parcours terminé à montrer. Importez un journal d’événements :
response-editor-no-language = Proposez au moins une langue.
response-editor-few-frictions = Proposez au moins deux cases à cocher sur un passage de relais.
response-editor-long = Ce texte dépasse { $most } caractères. Raccourcissez-le : on le lit sur un téléphone.
response-editor-blank-missing = Il manque { $blank } dans ce texte : sans lui, personne ne saurait de quoi il est question.
response-editor-blank-unknown = Entre accolades, ce texte ne peut contenir que { $known }. Retirez les autres accolades.
response-editor-no-blanks = Ce texte est montré tel quel : retirez-en les accolades.
response-editor-gap-fr = Il manque le français de « { $part } ». Écrivez-le, ou effacez l’anglais pour revenir à nos mots.
response-editor-gap-en = Il manque l’anglais de « { $part } ». Écrivez-le, ou effacez le français pour revenir à nos mots.
response-told = Vous avez dit, nous avons fait
