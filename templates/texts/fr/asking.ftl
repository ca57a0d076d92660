# Interroger les clients : les règles et ce qu’elles ont donné.
asking-nav = Sollicitation
asking-types = Sollicitation des clients
asking-title = Sollicitation des clients : { $name }
asking-about = Qui ce service interroge, quand, à quel rythme au plus, et ce que cela a donné. Personne n’est suivi : une invitation compte comme ouverte quand quelque chose a été envoyé depuis sa page.
asking-only-readers = Cette page est réservée à l’administration et aux responsables du processus.

## Les règles
asking-rules = Règles en vigueur
asking-rate = Clients interrogés, sur cent qui pourraient l’être
asking-delay = Heures entre la fin du parcours et l’invitation
asking-quiet-from = On n’écrit à personne à partir de cette heure
asking-quiet-until = On n’écrit à personne jusqu’à cette heure
asking-link = Jours pendant lesquels un lien reste ouvert
asking-reminder = Jours entre l’invitation et la relance, 0 pour aucune
asking-rest = Jours pendant lesquels une même adresse n’est sollicitée que pour un parcours
asking-bounds = Un nombre entier de { $least } à { $most }.
asking-quiet-hint = Un nombre entier de { $least } à { $most }. Deux fois la même heure : aucune heure de silence.
asking-reminder-hint = Un nombre entier de { $least } à { $most }, inférieur au nombre de jours pendant lesquels un lien reste ouvert.
asking-reason = Motif
asking-reason-hint = Chacun le lit dans le journal des réglages.
asking-change = Changer les règles
asking-refused = Rien n’a été modifié. Corrigez ces champs :
asking-problem = { $field } : { $problem }
asking-bad-quiet = Indiquez les heures sous la forme DÉBUT-FIN, par exemple 20-8.
asking-unknown-type = Le type de parcours « { $code } » n’existe pas.
asking-changed = Les règles sont en vigueur, et le journal des réglages dit pourquoi.
asking-unchanged = Ces règles sont déjà en vigueur ; rien n’a été modifié.

## Ce que cela a donné
asking-weeks = Ce que cela a donné
asking-no-weeks = Rien n’a encore été décidé : cela se fait quand des parcours se terminent.
asking-weeks-about = Le taux de réponse compte les réponses complètes et partielles parmi les messages qu’un serveur a acceptés ; l’intervalle vaut neuf fois sur dix. Les liens remis autrement n’y sont pas.
asking-week = Terminés la semaine du
asking-decided = Parcours
asking-eligible = Interrogeables
asking-invited = Invités
asking-links = liens remis : { $n }
asking-delivered = Délivrés
asking-undelivered = messages refusés par un serveur : { $n }
asking-unknown = messages dont le sort est inconnu : { $n }
asking-opened = Ouverts
asking-partial = Partiels
asking-finished = Terminés
asking-withdrawn = réponses retirées : { $n }
asking-response-rate = Taux de réponse
asking-rate-with-interval = { $share } % ({ $low } à { $high })
asking-no-rate = –
asking-older = Semaines plus anciennes
asking-unsent = Messages qui ne sont pas partis
asking-failure = Ce que l’envoi a répondu
asking-state = Ce qu’ils sont devenus
asking-state-refused = refusés, pas de nouvel essai
asking-state-unknown = on ignore s’ils sont partis, pas de nouvel essai
asking-state-waiting = nouvel essai plus tard
asking-mails = Messages
asking-line = { $day } : { $decided } parcours, { $invited } invités, { $delivered } délivrés, { $answered } réponses, taux de réponse { $rate }

## Pourquoi pas
asking-why-sampled-out = non tirés au sort : { $n }
asking-why-resting = sollicités récemment : { $n }
asking-why-opted-out = ne veulent pas de message : { $n }
asking-why-no-address = sans adresse : { $n }
asking-why-phone = téléphone seulement : { $n }
asking-why-nothing-to-ask = rien à demander : { $n }
asking-why-too-old = terminés depuis trop longtemps : { $n }
asking-why-not-asking = aucun questionnaire en vigueur : { $n }
asking-why-other = { $code } : { $n }
