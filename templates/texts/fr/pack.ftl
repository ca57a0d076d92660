# La feuille pour une discussion.
pack-title = La feuille pour la discussion
pack-back = Retour à l’équipe
pack-print = Une page A4 en largeur : imprimez-la depuis le navigateur et apportez-la à la réunion avec l’équipe voisine.
pack-map = Le parcours
pack-map-legend = Bandes : points perdus. Trait : intervalle à 90 %. Hachures : dates et délais. Gris : ne se distingue pas de zéro.
pack-row-rated = points, selon les notes
pack-row-dates = points, par les délais
pack-row-friction = en difficulté, sur 100
pack-friction-share = { $share } sur 100 en difficulté
pack-detours = Détours : { $names }.
pack-names = Noms entiers : { $names }.
pack-left-out = { $count ->
    [one] { $count } partie n’a pas de place ici ; l’écran la montre.
   *[other] { $count } parties n’ont pas de place ici ; l’écran les montre.
 }
pack-chart = Semaine après semaine : { $measured }
pack-no-chart = Semaine après semaine
pack-quotes = Ce que les clients ont écrit
pack-quote-praise = Un compliment
pack-quote-typical = Typique de la difficulté principale
pack-quote-upstream = Ce qui s’est bien passé avant nous
pack-quote-lot = Tiré au sort
pack-quote-none = Aucun commentaire publié de ces semaines ne le dit.
pack-no-comments = Aucun commentaire n’est montré : { $why }.
pack-no-seam = aucune
pack-rule = Choisis par une règle, par personne, parmi { $count } commentaires publiés depuis la semaine du { $first } : le plus de mots de compliment ; les mots de ce qui est le plus coché à la difficulté principale de l’équipe ({ $handoff }) ; un compliment qui nomme une étape antérieure ; un tiré au sort, d’après le numéro de la semaine du { $week }. Aucun n’y est deux fois.
pack-team-only = { $count } autres commentaires sont réservés à l’équipe : quelqu’un pourrait y être reconnu.
pack-team-only-few = Moins de { $floor } autres commentaires sont réservés à l’équipe : quelqu’un pourrait y être reconnu.
pack-team-only-title = Pour l’équipe seulement
pack-team-only-why = Il n’est pas sûr que personne n’y soit reconnu. Ces commentaires ne sont ni sur la feuille, ni montrés à la direction.
pack-questions = Trois questions
pack-question-teaches = Qu’est-ce que cela nous apprend ?
pack-question-depends = Qu’est-ce qui dépend de nous, de l’équipe voisine, du responsable du processus ?
pack-question-try = Qu’essayons-nous d’ici la prochaine fois ?
pack-actions = Ce que nous essayons
pack-column-letter = Lettre sur le suivi
pack-column-text = Action
pack-column-team = Qui
pack-column-review = Revue le
pack-column-figure = Quel chiffre devrait bouger
pack-to-agree = à convenir
pack-level-ours = à nous
pack-level-neighbours = à l’équipe voisine
pack-level-owners = au responsable du processus
pack-sentence = Ce que les clients liront
pack-sentence-none = Reste à écrire : « Vous nous avez dit …, nous … »
pack-answers = { $responses } réponses pour { $journeys } parcours.
pack-hidden-none = Rien n’est caché ici.
pack-hidden = Non montré : { $names }{ $more ->
    [0] .
   *[other] ; et { $more } de plus.
 }
pack-thresholds = Rien sous { $answers } réponses et { $heads } personnes ; des commentaires à partir de { $comments }.
pack-looker = { $role } { $times } fois
pack-looked = Ont regardé ces quatre dernières semaines : { $who }.
pack-looked-nobody = Personne n’a regardé ces quatre dernières semaines.
pack-cut = […] Raccourci pour tenir sur la feuille : le texte entier se trouve dessous, à l’écran.
pack-more-actions = { $count ->
    [one] { $count } action de plus n’a pas de place ici ; la page de l’équipe la montre.
   *[other] { $count } actions de plus n’ont pas de place ici ; la page de l’équipe les montre.
 }
pack-in-full = Ce que la feuille a dû raccourcir, en entier
pack-thin = De « { $measured } », trop peu de points peuvent être montrés.
pack-main-friction = Parmi les passages de l’équipe, c’est { $handoff } qui met le plus de clients en difficulté : { $share } sur 100.
