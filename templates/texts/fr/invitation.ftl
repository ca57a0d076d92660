# Les messages aux clients, et les liens pour un autre expéditeur.
invitation-subject = { $organisation } : comment s’est passé votre parcours ?
invitation-reminder-subject = { $organisation } : il est encore temps de nous dire comment cela s’est passé
invitation-hello = Bonjour,
invitation-lead = Votre parcours « { $journey } » chez { $organisation } s’est terminé le { $day }. Comment s’est-il passé, du premier contact à la fin ? Trois courtes pages, deux minutes ; aucune réponse n’est obligatoire.
invitation-reminder-lead = Nous vous avons écrit au sujet de votre parcours « { $journey } » chez { $organisation }, terminé le { $day }. Si vous avez deux minutes, votre avis nous aidera ; nous ne vous le demanderons pas une troisième fois.
invitation-trust = Vous parlez d’un parcours, pas d’une personne : personne n’est noté. Les équipes lisent ensemble ce qui a coincé entre elles, et ce qui a bien marché.
invitation-answer = Répondre en deux minutes
invitation-open-until = Ce lien vous est réservé ; il reste ouvert jusqu’au { $until }.
invitation-stop = Ne plus recevoir ces messages
invitation-not-asking = Personne n’est encore interrogé sur « { $code } » : publiez d’abord son questionnaire, avec relais questionnaire publish --journey-type { $code }.
invitation-links-chosen = La liste contient { $listed } des { $all } parcours de { $site } dans la semaine du { $week }. Relais tire au sort qui il interroge ; une liste peut seulement écarter ceux qu’on ne peut joindre, et contient au moins { $percent } % et { $least } des parcours d’un lieu dans une semaine. Rien n’a été créé. Retirez « --journeys », ou citez-les tous.
invitation-links-reason = liens pour un autre expéditeur
invitation-links-file-there = { $file } existe déjà et n’est pas écrasé : ses liens ne seraient plus nulle part. Choisissez un autre nom.
invitation-links-written = { $count ->
    [0] Aucun nouveau lien : { $file } ne contient que l’en-tête.
    [1] 1 lien écrit dans { $file }.
   *[other] { $count } liens écrits dans { $file }.
 }
invitation-links-missing = { $count ->
    [1] Pour 1 parcours demandé, aucun lien : déjà invité, terminé depuis trop longtemps, inconnu, ou son client ne veut plus être interrogé.
   *[other] Pour { $count } parcours demandés, aucun lien : déjà invités, terminés depuis trop longtemps, inconnus, ou leurs clients ne veulent plus être interrogés.
 }
invitation-told = Ce que des clients ont dit, et ce qui a été fait :
