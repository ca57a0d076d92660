## Names of the parts
breakdown-step = { $step }
breakdown-handoff = { $from } → { $to }
breakdown-in-steps-of = aux étapes de l’équipe « { $team } », prises ensemble
breakdown-steps-of = Étapes de { $team }, ensemble
breakdown-handoff-other = Autres passages
breakdown-promise = { $step } : dates et délais
breakdown-untraced = Sans origine établie
breakdown-untraced-or-hidden = Sans origine établie, ou non montré
breakdown-in-step = à l’étape « { $step } »
breakdown-in-handoff = entre « { $from } » et « { $to } »
breakdown-in-handoff-other = dans les passages plus rares
breakdown-in-promise = dans les dates et délais de « { $step } »
breakdown-network = tout le réseau
breakdown-region = région { $code }
breakdown-site = site { $code }
breakdown-and = { $first } et { $last }

## Figures
breakdown-interval = { $low } à { $high }
breakdown-with-interval = { $points } ({ $low } à { $high })
breakdown-at-least = au moins { $figure }
breakdown-between = entre { $low } et { $high }
breakdown-no-difference = ne se distingue pas de zéro
breakdown-no-interval = trop peu de jours pour un intervalle
breakdown-stands-out = se détache

## The words first
breakdown-title = Où les points se perdent
breakdown-of = { $journey } : { $partition }
breakdown-leads = Sur { $all } points perdus, { $figure } le sont { $where }.
breakdown-set-leads = Sur { $all } points perdus, ces parties coûtent plus que les autres : { $where }. Laquelle coûte le plus, on ne peut le dire.
breakdown-set-leads-against = Plus de points se perdent ici que dans le reste du réseau { $where }. Laquelle de ces parties est en cause, on ne peut le dire.
breakdown-lower-here = Noté plus bas, ou plus tardif, que dans le reste du réseau : { $where } ; que le résultat d’ensemble soit plus bas n’est pas établi.
breakdown-none-leads = Sur 100 points, { $all } sont perdus ; aucun élément ne se détache.
breakdown-leads-against = Par rapport au reste du réseau, { $figure } points de plus se perdent { $where }.
breakdown-leads-against-fewer = Par rapport au reste du réseau, { $figure } points de moins se perdent { $where }.
breakdown-none-leads-against = Par rapport au reste du réseau, aucun élément ne se détache.
breakdown-not-split = Sur 100 points, { $all } sont perdus. { $pooled ->
    [one] Avec { $pooled } réponse en tout, on ne peut pas encore les répartir sur la chaîne
   *[other] Avec { $pooled } réponses en tout, on ne peut pas encore les répartir sur la chaîne
 } : il en faut { $least }. D’ici là, seules les notes sont montrées.
breakdown-level = Résultat : { $outcome } sur 100 ; points perdus : { $shortfall }.
breakdown-gap-more = Soit { $figure } points de plus que dans le reste du réseau.
breakdown-gap-fewer = Soit { $figure } points de moins que dans le reste du réseau.
breakdown-gap-none = L’écart avec le reste du réseau ne se distingue pas de zéro.
breakdown-made-up = { $lost } : du temps perdu, et donc des points ; { $who } : { $points } points rattrapés.
breakdown-made-up-alone = { $who } : { $points } points rattrapés, que le retard aurait coûtés.

## Beside the picture
breakdown-facts = Derrière ces chiffres
breakdown-fact-period = Période
breakdown-period = du { $from } au { $to }
breakdown-fact-journeys = Parcours
breakdown-fact-invited = Invités
breakdown-fact-responses = Ont répondu
breakdown-not-known = non connu
breakdown-responses-of-unknown = { $count } (sur combien, on ne le sait pas)
breakdown-fact-timings = Horaires connus
breakdown-timings = Tous les horaires sont connus pour { $share } parcours sur 100 ; ils valent pour les autres du même chemin et du même lieu.
breakdown-timings-unstated = Ces semaines ont été publiées avant que l’on compte les parcours dont tous les horaires sont connus.
breakdown-other-paths = D’autres chemins qu’ailleurs
breakdown-other-weeks = D’autres semaines qu’ailleurs
breakdown-responses = { $count } ({ $share } %)
breakdown-fact-lateness = Retard à la fin
breakdown-lateness = { $answered } jours en moyenne pour ceux qui ont répondu, { $all } jours pour tous les parcours. Les chiffres en tiennent compte.
breakdown-your-part-note = Ses étapes, et les jointures qu’elle partage avec ses voisines
breakdown-your-part-of = Votre part : { $team }
breakdown-whole-chain = Toute la chaîne
breakdown-no-part = Aucune partie de cette chaîne ne revient à { $team }.

## The picture
breakdown-picture-title = { $journey } : les points perdus le long de la chaîne
breakdown-picture-note = Épaisseur d’une bande : points perdus à cet endroit. Trait qui la traverse : intervalle. Au-dessus de la ligne : points rattrapés.
breakdown-line-of-visibility = Ligne de visibilité : en dessous, ce que le client ne rencontre pas
breakdown-backstage = hors de la vue du client
breakdown-made-up-mark = rattrapé { $points }
breakdown-hidden-mark = non montré
breakdown-mean-mark = note { $mean }
breakdown-as-rated = notes
breakdown-handoff-mark = passage
breakdown-dates = délais
breakdown-detours = Détours
breakdown-scroll = La chaîne, à faire défiler de côté
breakdown-legend = Comment lire le dessin
breakdown-legend-rated = perdus, selon les notes des clients
breakdown-legend-dates = perdus par les dates et délais
breakdown-legend-uncertain = ne se distingue pas de zéro
breakdown-legend-made-up = rattrapés
breakdown-legend-interval = intervalle à 90 %
breakdown-legend-own = votre part

## The table
breakdown-table = La même chose en tableau
breakdown-column-element = Partie de la chaîne
breakdown-column-points = Points perdus (intervalle à 90 %)
breakdown-column-contrast = De plus que le reste du réseau (intervalle à 90 %)
breakdown-short-points = Points perdus
breakdown-short-contrast = De plus que le reste
breakdown-column-mean = Note
breakdown-column-answers = Notes données
breakdown-column-made-up = Rattrapés
breakdown-total = Total perdu
breakdown-seam = { $range } selon la lecture de la jointure
breakdown-hidden = Non montré
breakdown-hidden-none = Rien n’a dû être caché.
breakdown-hidden-why = Les points de ce qui n’est pas montré sont comptés dans « sans origine établie ».

## What these figures are, and are not
breakdown-notes = Jusqu’où vont ces chiffres
breakdown-note-order = Les parties sont dans l’ordre de la chaîne, jamais dans l’ordre de leurs points.

## Choosing whose journeys
breakdown-choose-heading = D’autres parcours, une autre période
breakdown-choose-journey = Service
breakdown-choose-partition = Où
breakdown-choose-against = Comparaison
breakdown-choose-network = Tout le réseau
breakdown-choose-nothing = aucune
breakdown-choose-rest = avec le reste du réseau
breakdown-choose-from = Première semaine
breakdown-choose-to = Dernière semaine
breakdown-choose-show = Montrer
breakdown-regions = Régions
breakdown-sites = Sites

## When nothing can be shown
breakdown-withheld = Rien n’est montré ici pour l’instant
breakdown-withheld-because = Rien ne peut être montré. { $why }
breakdown-not-your-place = Votre équipe n’est pas à cet endroit. Choisissez son site, sa région ou tout le réseau.
breakdown-reads-no-figure = Les administrateurs et les représentants du personnel ne lisent aucun chiffre. Les responsables de processus et les membres d’une équipe en lisent.
breakdown-teams-first = Les équipes lisent d’abord une nouvelle période. Celle-ci vous sera ouverte le { $date }.

## What was asked for and cannot be given
breakdown-unknown-journey-type = Il n’y a pas de type de parcours « { $code } ». Connus : { $known }.
breakdown-no-journey-type = Aucun type de parcours n’est en place. Importez des événements ou appliquez un fichier de parcours.
breakdown-which-journey-type = Il y a plusieurs types de parcours. Nommez-en un : { $known }.
breakdown-unknown-partition = « { $given } » n’est pas une partie du réseau. Donnez network, region:CODE ou site:CODE.
breakdown-unknown-site = Il n’y a pas de site « { $code } ».
breakdown-unknown-region = Il n’y a pas de région « { $code } ».
breakdown-unknown-against = On ne peut pas comparer à « { $given } ». Donnez rest, ou rien.
breakdown-network-has-no-rest = Le réseau entier n’a pas de reste auquel le comparer. Choisissez une région ou un site.
breakdown-unknown-date = « { $given } » n’est pas une date. Écrivez-la ainsi : 2026-01-31.
breakdown-dates-reversed = Le premier jour ({ $from }) vient après le dernier ({ $to }).
breakdown-unknown-team = Il n’y a pas d’équipe « { $code } ».

## Who answered, and what that does to the level
breakdown-rate = { $share } sur 100 ({ $low } à { $high })
breakdown-fact-calibrated = Corrigé du retard
breakdown-calibrated = Ceux qui ont répondu ont perdu { $observed } points ; avec le retard de tous les parcours, c’est { $all }. Un jour de retard coûte { $day } points.
breakdown-fact-weighted = Pondéré pour ressembler à tous les parcours
breakdown-weighted = Résultat { $outcome }, selon variante, retard, site, canal et mois. Les réponses en disent alors autant que { $effective } réponses de même poids.
breakdown-fact-silent = Si les silencieux étaient moins contents, ou plus
breakdown-if-silent = Si ceux qui n’ont pas répondu étaient moins contents de { $less } points, le résultat serait de { $outcome } ; s’ils étaient plus contents d’autant, de { $happier }.
breakdown-fact-pulled = À côté de ses semblables
breakdown-pulled = Résultat { $outcome } une fois pris en compte ce que sont les autres ; { $kept } % de l’écart avec eux est gardé.
breakdown-fact-rescued = Parcours sauvés
breakdown-rescued = { $trouble } ont rencontré une difficulté ou une promesse rompue ; parmi eux, { $saved } se sont pourtant bien terminés. L’effort y cache un défaut.
breakdown-rescued-by = { $trouble } ont rencontré une difficulté ou une promesse rompue ; parmi eux, { $saved } se sont pourtant bien terminés. L’effort y cache un défaut : { $who }.
breakdown-fact-variance = Système ou site
breakdown-variance = De ce qui diffère entre les résultats, { $path } sur 100 vont avec le chemin suivi, { $site } avec le site, { $week } avec la semaine ; { $rest } diffèrent d’un parcours à l’autre à l’intérieur de tout cela.
breakdown-fact-importance = Avec quoi vont les différences entre clients
breakdown-importance = { $all } sur 100 de ce qui diffère entre clients sont expliqués ; { $lateness } par le retard, le reste par les notes : { $parts }.

## What was ticked
breakdown-friction = { $share } sur 100 ont rencontré une difficulté : { $kinds }
breakdown-friction-none = { $share } sur 100 ont rencontré une difficulté
breakdown-friction-repeated = ont dû se répéter { $share }
breakdown-friction-waited = ont attendu sans nouvelles { $share }
breakdown-friction-chased = ont dû relancer { $share }
breakdown-friction-sent-elsewhere = ont été renvoyés ailleurs { $share }
breakdown-friction-told-different = ont entendu des choses différentes { $share }
