erasure-nav = Effacement
erasure-title = Effacer un client
erasure-about = Pour un client qui vous demande d’effacer ce que l’on sait de lui. Vous voyez d’abord ce qu’il y a, puis vous l’effacez. Ce que vous tapez ici n’est ni enregistré ni journalisé ; le journal des réglages dit que quelqu’un a été effacé, pourquoi et combien, mais pas qui.
erasure-by = Chercher
erasure-by-journey = l’identifiant d’un parcours, tel que votre système l’écrit
erasure-by-contact = une adresse électronique ou un numéro de téléphone
erasure-value = Identifiant ou adresse
erasure-reason = Motif
erasure-reason-hint = Il figure au journal des réglages, que chaque membre lit : n’écrivez rien sur le client.
erasure-look = Montrer ce qu’il y a
erasure-nobody = Tapez un identifiant ou une adresse.
erasure-too-long = C’est trop long pour un identifiant ou une adresse.
erasure-goes = Ce qui sera supprimé
erasure-gone = Ce qui a été supprimé
erasure-stays = Ce qui reste
erasure-nothing = Rien n’est connu à ce nom. Les adresses ne sont gardées que 30 jours : un identifiant trouve davantage.
erasure-published = Une partie est déjà entrée dans des sommes publiées : elles sont anonymes, et restent.
erasure-not-published = Rien n’est entré dans ce qui a été publié.
erasure-opt-out = Si le client a demandé qu’on ne lui écrive plus, ce souhait reste, sous la forme d’une empreinte à clé.
erasure-backups = Les sauvegardes faites auparavant gardent ce qu’elles contiennent : supprimez celles dont vous n’avez plus besoin, ou effacez de nouveau après une restauration.
erasure-source = Effacez d’abord le client dans le système qui envoie les parcours : ce qu’il envoie de nouveau revient.
erasure-erase = Effacer
erasure-done = C’est effacé.
erasure-another = Chercher autre chose
erasure-confirm = Rien n’a encore été supprimé. Ajoutez --yes pour l’effacer.
erasure-needs-reason = Indiquez --reason : elle figure au journal des réglages.
erasure-journeys = { $count ->
    [one] un parcours avec tout ce qui s’y est passé
   *[other] { $count } parcours avec tout ce qui s’y est passé
}
erasure-contacts = { $count ->
    [one] une adresse
   *[other] { $count } adresses
}
erasure-invitations = { $count ->
    [one] une invitation avec ce qui y était enregistré
   *[other] { $count } invitations avec ce qui y était enregistré
}
erasure-letters = { $count ->
    [one] un lien ou un message
   *[other] { $count } liens et messages
}
erasure-mail-files = { $count ->
    [one] un message qui se trouve dans un fichier sur cette machine
   *[other] { $count } messages qui se trouvent dans des fichiers sur cette machine
}
erasure-responses = { $count ->
    [one] une réponse
   *[other] { $count } réponses
}
erasure-comments = { $count ->
    [one] un commentaire
   *[other] { $count } commentaires
}
erasure-notes = { $count ->
    [one] une note prise pour pouvoir interroger
   *[other] { $count } notes prises pour pouvoir interroger
}
erasure-rotated = { $count ->
    [0] La clé des adresses est nouvelle ; aucune adresse n’est enregistrée.
    [one] La clé des adresses est nouvelle ; une adresse a été scellée à nouveau. L’ancienne clé a disparu.
   *[other] La clé des adresses est nouvelle ; { $count } adresses ont été scellées à nouveau. L’ancienne clé a disparu.
}
erasure-unreadable = { $count ->
    [one] Aucune des clés qui restent n’ouvre une adresse ; elle est supprimée, puisque personne ne pourra jamais y écrire.
   *[other] Aucune des clés qui restent n’ouvre { $count } adresses ; elles sont supprimées, puisque personne ne pourra jamais y écrire.
}
help-relais-erase = Effacer un client : montre ce qu’il y a, et le supprime avec --yes
help-relais-erase-journey = L’identifiant d’un parcours, tel que la source l’écrit
help-relais-erase-contact = Une adresse électronique ou un numéro de téléphone
help-relais-erase-reason = Pourquoi ; la raison figure au journal des réglages, n’y écrivez donc rien sur le client
help-relais-erase-yes = Le supprimer
help-relais-rotate-addresses = Sceller toutes les adresses des clients avec une nouvelle clé et oublier l’ancienne ; peut être arrêté et relancé
