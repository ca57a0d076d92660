# The same figure week after week.
chart-outcome = résultat moyen
chart-promises = promesses tenues, sur 100
chart-rating = note moyenne de « { $element } »
chart-friction = clients qui ont rencontré une difficulté à « { $element } », sur 100
chart-kept = promesses tenues de « { $element } », sur 100
chart-about = { $place }. Semaine après semaine : { $measured }
chart-quiet = Rien au-delà du hasard : aucune semaine ne se détache des autres.
chart-asks = { $count ->
    [one] Une chose mérite une question. Que s’est-il passé ?
   *[other] { $count } choses méritent une question. Que s’est-il passé ?
 }
chart-outside-above = La semaine du { $from } est au-dessus de ce que les semaines calmes ne dépassent pas.
chart-outside-below = La semaine du { $from } est au-dessous de ce que les semaines calmes ne dépassent pas.
chart-shift-above = { $count } publications de suite, de la semaine du { $from } à celle du { $to }, sont au-dessus du niveau habituel.
chart-shift-below = { $count } publications de suite, de la semaine du { $from } à celle du { $to }, sont au-dessous du niveau habituel.
chart-trend-up = { $count } publications de suite, de la semaine du { $from } à celle du { $to }, montent.
chart-trend-down = { $count } publications de suite, de la semaine du { $from } à celle du { $to }, descendent.
chart-near-above = Deux publications sur trois jusqu’à la semaine du { $to } sont loin au-dessus du niveau habituel.
chart-near-below = Deux publications sur trois jusqu’à la semaine du { $to } sont loin au-dessous du niveau habituel.
chart-points = { $points } points
chart-trial = Les limites sont à l’essai : elles bougent jusqu’à ce que douze publications soient connues.
chart-column-week = Semaine du
chart-column-figure = Chiffre
chart-column-size = Fait de
chart-column-limits = Semaines calmes
chart-unknown-measure = « { $given } » ne peut pas être suivi. Donnez outcome, step:X, handoff:A:B, promise:X ou promise, avec des étapes de ce service.
chart-unrecorded = Rien de tel n’y a été relevé.

# Dessins des suivis
chart-picture-title = Semaine après semaine : { $measured }
chart-picture-note = Le tableau donne chaque semaine.
chart-legend = En gris : ce que les semaines calmes ne dépassent pas ; bord interrompu : limites à l’essai. Un anneau : mérite une question. Une croix : non montré. Une lettre : quelque chose a été essayé.
chart-marks = Ce qui a été essayé
chart-table = Les semaines en tableau
chart-choose = Suivre un autre chiffre
chart-watch = Les petits écarts qui durent
chart-watch-title = Petits écarts additionnés : { $measured }
chart-watch-legend = Au-dessus du milieu : du plus que d’habitude s’accumule. Au-dessous : du moins. Au-delà d’un trait fin, c’est plus que le hasard.
chart-watch-quiet = Les petits écarts au niveau habituel ne s’accumulent pas plus que par hasard.
chart-watch-up = Depuis la semaine du { $since } environ, de petits écarts vers le haut s’accumulent ; la semaine du { $at }, c’est plus que le hasard. Qu’est-ce qui a changé alors ?
chart-watch-down = Depuis la semaine du { $since } environ, de petits écarts vers le bas s’accumulent ; la semaine du { $at }, c’est plus que le hasard. Qu’est-ce qui a changé alors ?
chart-days-lost = jours perdus par les dates de « { $element } », par parcours
chart-days = { $points } jours
chart-weeks = { $from } au { $to }
chart-pooled = Là où trop peu de clients ont répondu en une semaine, un point vaut pour plusieurs : chacun réunit des publications entières, et aucune réponse n’est dans deux.
