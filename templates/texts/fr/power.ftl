# What could be seen here: faults of known size, planted in memory.
power-title = Ce qu’on pourrait voir ici
power-choose = Un autre lieu
power-response = Sur 100 clients, combien répondent
power-lede = Avec les { $answers } réponses qu’un trimestre apporte ici, { $large } points perdus { $where }, de plus que dans le reste du réseau, seraient repérés dans { $many } trimestres sur 10 ; { $small } points, dans { $few } sur 10.
power-lede-assumed = Avec les { $answers } réponses attendues ici en un trimestre, { $large } points perdus { $where }, de plus que dans le reste du réseau, seraient repérés dans { $many } trimestres sur 10 ; { $small } points, dans { $few } sur 10.
power-foot = Ce qu’on pourrait voir avec les réponses d’un trimestre : { $large } points perdus à « { $part } » dans { $many } trimestres sur 10, { $small } points dans { $few } sur 10.
power-no-rest = On ne peut rien en dire : tous les parcours sont dans ce lieu, et il n’y a rien à quoi le comparer.
power-nothing-varies = On ne peut encore rien en dire : les réponses sont jusqu’ici partout les mêmes, et personne ne sait de combien le hasard les ferait bouger.
power-no-part = On ne peut encore rien en dire : aucune étape ni aucun passage qui puisse être montré ne se rencontre à la fois ici et ailleurs.
power-no-journeys = Le journal des événements ne contient encore aucun parcours de ce lieu. Importez-en un, et cette page dira ce qu’on pourrait voir avec ce volume.
power-network-has-no-rest = Ce qu’on pourrait voir se dit d’un lieu comparé au reste du réseau : nommez une région (region:R) ou un site (site:S).
power-bad-response = « { $given } » n’est pas un nombre entier de 1 à 100.
power-bad-share = { $given } n’est pas une part de clients : donnez-en une au-dessus de 0 et jusqu’à 1, par exemple 0.15.

## The table
power-caption = Dans combien de trimestres sur 10 cette partie serait repérée, s’il s’y perdait tant de points de plus que dans le reste du réseau
power-points = { $points } points
power-more-than = plus de { $points } points
power-of-ten = { $count } sur 10
power-unknown = inconnu
power-column-seen = Repéré { $count } fois sur 10 dès

## What would show more
power-changes = Ce qui en montrerait davantage
power-changes-caption = Dans combien de périodes sur 10 le même défaut serait repéré
power-column-change = Ce qui change
power-example = { $points } points : { $part }
power-now = Comme aujourd’hui, en un trimestre
power-change-parts = { $then } parties demandées au lieu de { $now } ; la page du client s’allonge
power-change-people = { $times } fois plus de clients interrogés
power-change-answers = { $times } fois plus de clients qui répondent
power-change-response = { $then } clients sur 100 répondent au lieu de { $now }
power-change-half-year = Un semestre au lieu d’un trimestre
power-change-region = La région { $code } au lieu de ce site
power-change-larger = Un lieu { $times } fois plus grand
power-no-parts = Ce que montreraient plus de parties demandées n’est pas connu : un autre outil a interrogé ces clients, ou l’on en demande déjà le plus possible.
power-no-people = On n’aura guère plus de réponses : la plupart des clients répondent déjà.
power-no-place = Un lieu plus grand n’en montrerait pas davantage : il resterait trop peu à quoi le comparer.

## How far these figures carry
power-basis-answers = Calculé d’après les variations des réponses { $period }, ramenées à un trimestre : environ { $answers } réponses ici et { $rest } ailleurs.
power-basis-empty = { $empty ->
    [one] Pour une de ces { $weeks } semaines, aucune réponse sur ce lieu n’a été publiée ; elle est comptée ainsi.
   *[other] Pour { $empty } de ces { $weeks } semaines, aucune réponse sur ce lieu n’a été publiée ; elles sont comptées ainsi.
 }
power-basis-unsized = L’ampleur des défauts notés ne peut pas être mesurée avec ces réponses. On suppose que 54 de leurs points sur 100 sont retrouvés.
power-basis-few = Les réponses { $period } sont trop peu nombreuses pour dire comment elles varient. Calculé d’après environ { $here } parcours par semaine ici et { $rest } ailleurs, si autant de clients répondent que jusqu’ici, environ { $answers } par trimestre ici, et que chacun est interrogé sur { $asked } parties.
power-basis-log = Calculé d’après le journal des événements, avant toute réponse : environ { $here } parcours par semaine ici et { $rest } ailleurs, comme si { $share } clients sur 100 répondaient et que chacun était interrogé sur { $asked } parties.
power-basis-spread = On suppose en outre que les notes s’écartent de 25 points sur 100 et que le résultat en suit la moitié ; que le retard s’écarte d’une demi-journée et qu’un jour coûte 10 points. De vraies réponses peuvent varier davantage, et l’on voit alors moins.
power-note-planted = Les défauts sont inventés : chacun est planté 400 fois dans ces chiffres, en mémoire. Rien n’en est enregistré, et rien de personne n’est montré.
power-note-named = « Repéré » veut dire que cette partie seule serait nommée comme se détachant. Deux ou trois parties que l’on ne peut départager ne comptent pas. Les chiffres sont arrondis : 10 sur 10, c’est presque toujours ; 0 sur 10, presque jamais.
power-note-unknown = « Inconnu » : les notes ou les délais de cette partie ne varient pas encore, ou l’un des deux côtés n’en a pas.
power-note-halo = Un défaut qui abaisse aussi les notes d’autres parties se voit moins souvent.
