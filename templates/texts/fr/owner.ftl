# Les pages du responsable du processus.
owner-nav = Les pages du réseau
owner-nav-breakdown = Où les points se perdent
owner-nav-map = La carte
owner-nav-chart = Semaine après semaine
owner-nav-help = Ce qui aiderait le plus
owner-nav-compare = Comparer les lieux
owner-nav-system = Le système ou les gens ?
owner-nav-coverage = Qui est entendu
owner-nav-incentives = Incitations
owner-choose = Ce qui est montré
owner-scroll = à faire défiler de côté

## What would help most
owner-help-title = Ce qui aiderait le plus
owner-help-none = Sur { $all } points perdus, aucun passage et aucune promesse ne se détache. Lisez-les le long du parcours : chacun appartient à deux équipes, ou bien l’une le donne et la suivante le vit.
owner-help-leads = Sur { $all } points perdus, { $figure } le sont { $where } : cela se détache.
owner-help-heading = Le long du parcours
owner-help-picture = { $journey } : ce que coûtent passages et promesses, le long du parcours
owner-help-legend = Une barre est ce que tous les parcours y perdent en moyenne : combien l’ont, fois ce que chacun y perd. Le trait est l’intervalle à 90 %. Le gris hachuré ne se distingue pas de zéro. Une barre à gauche de la ligne a rattrapé ce que d’autres avaient perdu.
owner-help-made-of = { $volume } parcours sur 100 × { $impact } points chacun
owner-help-kept-heading = Si cette promesse était tenue
owner-help-if-kept = Si chaque date de « { $step } » était tenue au jour près, le modèle situe le résultat { $points } points plus haut.
owner-help-caveat = « Si elle était tenue » est une réponse du modèle, pas une prévision : un jour de retard coûte autant quel que soit celui qui a tardé, tout le reste demeure, et l’on ne sait pas ce que les clients attendraient alors.
owner-help-order = Les éléments sont dans l’ordre du parcours, jamais dans celui de leurs points.
owner-help-uncertain = { $figure }, ne se distingue pas de zéro
owner-help-friction = Ont rencontré une difficulté : { $rate }
owner-help-kept = Promesses tenues : { $share } sur 100
owner-help-volume = Parcours sur 100 qui l’ont
owner-help-impact = Points chacun
owner-help-points = Points, tous les parcours

## Comparing places
owner-compare-title = Est-ce pareil partout ?
owner-compare-measure = Ce qui est comparé
owner-compare-by = Côte à côte
owner-compare-unknown-by = Donnez sites ou regions.
owner-compare-few = { $by ->
    [regions] { $found ->
        [one] { $found } région peut être montrée
       *[other] { $found } régions peuvent être montrées
     }
   *[other] { $found ->
        [one] { $found } site peut être montré
       *[other] { $found } sites peuvent être montrés
     }
 }, et une comparaison en demande { $least } : à moins, on reconnaîtrait chacun et l’on ne saurait pas de combien ils diffèrent. Comparez chacun à son propre passé.
owner-compare-alike = { $by ->
    [regions] Les régions ne se comparent pas ici : leurs réponses ne diffèrent pas.
   *[other] Les sites ne se comparent pas ici : leurs réponses ne diffèrent pas.
 }
owner-compare-quiet = { $by ->
    [regions] Les { $count } régions sont toutes en deçà des limites extérieures : elles diffèrent comme diffèrent des lieux.
   *[other] Les { $count } sites sont tous en deçà des limites extérieures : ils diffèrent comme diffèrent des lieux.
 } Il n’y a rien à demander.
owner-compare-asks = { $by ->
    [regions] Sur { $count } régions, { $beyond ->
        [one] une est
       *[other] { $beyond } sont
     }
   *[other] Sur { $count } sites, { $beyond ->
        [one] un est
       *[other] { $beyond } sont
     }
 } au-delà des limites extérieures. Qu’y a-t-il de différent là-bas ? En deçà, il n’y a rien à demander.
owner-compare-inside = La ligne est le niveau de tous ensemble, { $target }. Les limites sont larges là où les réponses sont rares, et tiennent compte de ce dont les lieux diffèrent de toute façon.
owner-compare-near = { $by ->
    [regions] Régions entre les limites : { $near }.
   *[other] Sites entre les limites : { $near }.
 } Un lieu sur vingt y est par hasard : ils ne sont donc pas nommés.
owner-compare-chance = { $by ->
    [regions] Sur { $count } régions égales, { $expected } serait au-delà des limites extérieures par le seul hasard.
   *[other] Sur { $count } sites égaux, { $expected } serait au-delà des limites extérieures par le seul hasard.
 } Qui regarde beaucoup de mesures en trouvera.
owner-compare-unnamed = Seul ce qui est au-delà des limites extérieures porte un nom, au-dessus comme au-dessous.
owner-compare-asking = Un point dehors est une question à ceux qui y travaillent, pas une réponse à leur sujet : d’autres clients, d’autres parcours, la faute d’un voisin, l’erreur d’un flux.
owner-compare-hidden = { $by ->
    [regions] { $count ->
        [one] { $count } région n’est pas dessinée
       *[other] { $count } régions ne sont pas dessinées
     }
   *[other] { $count ->
        [one] { $count } site n’est pas dessiné
       *[other] { $count } sites ne sont pas dessinés
     }
 } : { $reason }
owner-compare-picture = Entonnoir : { $measured }
owner-compare-axis-answers = réponses →
owner-compare-axis-promises = promesses →
owner-compare-legend-unit = un lieu
owner-compare-legend-beyond = au-delà des limites extérieures
owner-compare-legend-inner = limites intérieures, 95 %
owner-compare-legend-outer = limites extérieures, 99,8 %
owner-compare-legend-level = niveau de tous
owner-compare-table = Au-delà des limites extérieures
owner-compare-caption = Dans l’ordre des noms.
owner-compare-place = Lieu
owner-compare-limits = Limites extérieures à sa taille
owner-compare-where = où ses points se perdent
owner-compare-weeks = ses semaines
owner-compare-not-drawn = Pas dessinés
owner-compare-drift = Dans le temps
owner-compare-drift-note = Un entonnoir dit comment les lieux se situent sur toute la période. Si l’un d’eux dérive, ce sont ses propres semaines qui le disent.
owner-compare-weeks-network = Les semaines de tout le réseau

## System or people?
owner-system-title = Le système ou les gens ?
owner-system-unknown = Ce qui diffère d’un résultat à l’autre ne se sépare pas encore : il faut plusieurs sites et davantage de réponses.
owner-system-lede = Sur 100 parts de ce qui diffère entre les résultats des clients, { $site } vont avec le site où ils sont venus. Les { $rest } autres, non.
owner-system-means = Savoir où un client est allé dit donc peu de la façon dont cela s’est terminé. Qui dirige en comparant les sites dirige par la petite part.
owner-system-means-much = Savoir où un client est allé dit donc quelque chose de la façon dont cela s’est terminé. Les lieux diffèrent par plus que leurs équipes : regardez d’abord ce qui diffère autour d’elles, clients, chemins, bâtiments, dates.
owner-system-people = Les gens travaillent dans un parcours que d’autres ont prévu : les dates, les passages, ce qui a été dit avant. Réparez d’abord ce que tous les sites partagent : cela se sent partout à la fois.
owner-system-heading = Ce qui diffère d’un résultat à l’autre
owner-system-caption = Parts sur 100, avec leurs intervalles à 90 %
owner-system-goes-with = Va avec
owner-system-of-hundred = Sur 100
owner-system-path = Le chemin du parcours
owner-system-path-means = Les étapes qu’il a eues : la façon dont le service est tracé.
owner-system-site = Le site
owner-system-site-means = Tout ce qui diffère d’un lieu à l’autre : équipes, clients, bâtiments, région.
owner-system-week = La semaine
owner-system-week-means = La saison, la charge, ce qui est arrivé à tous à la fois.
owner-system-rest = D’un parcours à l’autre
owner-system-rest-means = Sur le même chemin, au même site, la même semaine : les promesses, les passages, les clients eux-mêmes.
owner-system-lost-heading = Ce qui se perd, et où
owner-system-lost = Sur { $all } points perdus, { $system } le sont entre les équipes ou par des dates que l’une donne et que la suivante vit ; { $within } à l’intérieur des étapes.
owner-system-lost-caption = Leur somme est le manque.
owner-system-lost-where = Où
owner-system-between = Entre les équipes : passages
owner-system-dates = Dates et délais
owner-system-within = À l’intérieur des étapes, selon les notes
owner-system-untraced = Non tracés, ou non montrés
owner-system-sums = Les sommes de points n’ont pas d’intervalle à elles ; ceux de leurs parts sont à la page où les points se perdent.

## Who is heard
owner-coverage-title = Qui est entendu
owner-coverage-lede = Sur { $journeys } parcours, { $invited } ont été invités et { $answered } ont répondu : { $rate } sur 100.
owner-coverage-lede-history = Sur { $journeys } parcours, { $answered } réponses ; pour l’historique venu d’un autre outil, on ne sait pas combien de clients ont été invités, ni donc combien sur 100 ont répondu.
owner-coverage-happier = Si les silencieux étaient plus contents de { $less } points
owner-coverage-weeks = Par semaine
owner-coverage-spread = Ce qu’un lieu recueille en plusieurs semaines, pour le publier ensemble, est dessiné à parts égales sur ces semaines ; le tableau le donne par publication.
owner-coverage-weeks-note = Par publication ; celle qui ne peut pas être montrée se lit –.
owner-coverage-picture = Parcours, invités et réponses par semaine
owner-coverage-of-journeys = Ont répondu, sur 100 parcours
owner-coverage-level = Ce que les silencieux font au niveau
owner-coverage-level-note = Les mêmes réponses, avant et après qu’on les a fait ressembler à tous les parcours. Là où les barres s’accordent, ceux qui ont répondu sont comme les autres pour ce que l’on sait d’eux.
owner-coverage-how = Résultat
owner-coverage-outcome = Sur 100
owner-coverage-observed = Tel qu’ils ont répondu
owner-coverage-weighted = La pondération fait ressembler les réponses à tous les parcours par chemin, retard, site, canal et mois ; elles en disent alors autant que { $effective } réponses égales.
owner-coverage-silent = Si les silencieux étaient moins contents de { $less } points
owner-coverage-channels = Par canal
owner-coverage-channels-note = Dans l’ordre des noms ; la semaine où un canal a moins de 10 réponses, ou trop peu de personnes derrière lui, il compte parmi les autres.
owner-coverage-channel = Canal
owner-coverage-unsaid = non dit
owner-coverage-others = autres canaux
owner-coverage-explains = Corriger retire ce qu’expliquent le retard, le chemin, le site, le canal et le mois. Cela ne retire pas ce que cause la satisfaction elle-même : si les gens contents répondent plus souvent, toutes les barres sauf les deux dernières sont trop hautes ; si ce sont les mécontents, trop basses.
owner-feeds = Ce qui nous alimente
owner-feeds-note = Les jours où quelque chose est arrivé. Un flux est jugé à son propre rythme.
owner-feed = Flux
owner-feed-events = Événements : { $service }
owner-feed-answers = Réponses : { $service }
owner-feed-key = Clé « { $label } »
owner-feed-last = Entendu le
owner-feed-pace = D’habitude
owner-feed-usual = { $days ->
    [one] au moins chaque jour
   *[other] au moins tous les { $days } jours
 }
owner-feed-young = rythme encore inconnu
owner-feed-state = État
owner-feed-never = jamais utilisée
owner-feed-fine = comme d’habitude
owner-feed-stopped = { $days ->
    [one] muet depuis { $days } jour : demandez à qui l’exploite
   *[other] muet depuis { $days } jours : demandez à qui l’exploite
 }

## Incentives
owner-incentives-title = À quoi sert la note
owner-incentives-unknown = On ne sait pas encore à combien de clients on a soufflé leur réponse : moins de { $floor } ont été interrogés.
owner-incentives-lede = { $share } clients sur 100 ({ $low } à { $high }) disent que quelqu’un leur a suggéré quelle réponse donner.
owner-incentives-asked = Un client sur { $in } est interrogé, au hasard ; { $count } ont dit oui ou non.
owner-incentives-means = Ce que cela veut dire
owner-incentives-means-system = Qui quémande une bonne note le fait parce qu’une note a des conséquences pour lui. C’est un défaut de ce que l’organisation fait de la note, et c’est l’organisation qui peut le réparer.
owner-incentives-means-score = Chaque réponse quémandée fait dire moins à la note : elle monte tandis que le service reste ce qu’il est, et la décision suivante se prend sur elle.
owner-incentives-means-nobody = On ne cherche personne. De quel client, de quel site, de quelle équipe il s’agit n’est dit ni ici, ni ailleurs dans ce produit.
owner-incentives-does = Ce que l’on peut y faire
owner-incentives-do-bonus = Retirez la note des primes, des objectifs et des entretiens, et dites publiquement qu’elle n’y est plus.
owner-incentives-do-beg = Cessez de demander une note : pas d’affiche au comptoir, pas de phrase à la restitution, pas de « en dessous de 10, c’est mauvais pour moi ».
owner-incentives-do-single = N’allez jamais voir quelqu’un avec une seule réponse. Allez voir deux équipes avec leur passage.
owner-incentives-do-talk = Demandez aux équipes à quoi sert la note aujourd’hui. Leur réponse est la liste de ce qu’il faut changer.
owner-incentives-do-watch = Regardez de nouveau dans trois mois. Si la part baisse, les niveaux peuvent baisser avec elle : ils sont alors plus vrais.
owner-incentives-coached = Les réponses ont-elles l’air soufflées ?
owner-incentives-coached-note = Sites qui montrent chaque signe, comparés à des parcours semblables ailleurs
owner-incentives-sign = Signe
owner-incentives-sites = Sites
owner-incentives-signs = { $flagged ->
    [0] Sur { $sites } sites, aucun ne montre deux signes de réponses soufflées ou davantage.
    [one] Sur { $sites } sites, un montre deux signes de réponses soufflées ou davantage.
   *[other] Sur { $sites } sites, { $flagged } montrent deux signes de réponses soufflées ou davantage.
 } Par le seul hasard, ce serait { $chance }.
owner-incentives-signs-few = Il y a trop peu de sites pour les comparer sans que chacun soit reconnu : il en faut dix.
owner-sign-ideal = Plus de meilleurs résultats que n’en expliquent des parcours semblables
owner-sign-despite = Le meilleur résultat bien qu’une partie se soit mal passée
owner-sign-straight = La meilleure note de la première question à la dernière
owner-sign-spotless = La meilleure note à chaque partie
owner-incentives-note-few = Un client à qui l’on a demandé de se taire se tait : la vraie part peut être plus grande.
owner-incentives-note-signs = Les signes interrogent, ils n’accusent pas : un lieu qui est vraiment bien meilleur que ses semblables se présente de même. Ce que tous les lieux font pareillement ne montre aucun signe.
owner-incentives-note-place = Ces chiffres ne portent que sur toute l’organisation. On ne peut les demander ni pour une région, ni pour un site, ni pour une équipe.
