# The sentences that go with figures, each written once and said wherever such a figure stands.
caveat-cause = Ces points montrent où des notes plus basses vont de pair avec des difficultés ; ils ne prouvent pas une cause.
caveat-cautious = Dans une comparaison, les points des parties notées sont estimés une fois ôté le bruit des notes ; leur intervalle dit jusqu’où cela va. Là où se lit « au moins », leur taille n’a pas pu être estimée. Un niveau n’est pas un minimum : une part de ce qui colore toutes les notes s’y trouve portée sur les étapes.
caveat-seam = Un passage et l’étape qui le suit déteignent l’un sur l’autre : regardez les deux.
caveat-silent-unknown = On ne sait pas combien de clients sur 100 ont répondu ; si les silencieux sont moins contents, le niveau est plus bas, s’ils le sont davantage, il est plus haut ; les comparaisons sont plus sûres là où ce sont les mêmes personnes qui répondent.
caveat-unstated-timings = Certaines de ces semaines ont été publiées avant que l’on compte les horaires connus : un horaire manquant y compte comme tenu.
caveat-overshoot = Ce qui n’est pas attribué est inférieur à zéro : les parties dépassent le tout, car chacune est estimée pour elle-même. Leurs intervalles disent de combien.
caveat-mix = Les lieux sont comparés à semaines et à chemins égaux ; ce que coûtent d’autres chemins et d’autres semaines figure sur des lignes à part.
caveat-silent = { $share } sur 100 ont répondu ; si les silencieux sont moins contents, le niveau est plus bas, s’ils le sont davantage, il est plus haut ; les comparaisons sont plus sûres là où ce sont les mêmes personnes qui répondent.
caveat-windows = Chaque réponse est publiée une seule fois. D’une période à l’autre, une étape peut différer de moins de 10 notes, jamais de moins de 10 réponses.
caveat-asks = Un point ou une suite qui se détache mérite que l’on demande ce qui s’est passé. Ce n’est pas un verdict : dans 40 à 52 semestres calmes sur 100, l’une des quatre règles sonne.
caveat-smallest = Le plus petit changement que vous pourriez remarquer : { $change }, en { $weeks } semaines.
caveat-unnoticeable = Avec si peu de semaines sur la carte, nul ne peut encore dire quel changement se remarquerait.
caveat-pulled = Le chiffre d’un petit groupe est rapproché de celui des autres : le hasard seul met les petits groupes en tête et en queue.
caveat-goes-with = Ce avec quoi vont les différences entre clients n’est jamais un reproche : ce qui est également mauvais pour tous ne fait aucune différence.
caveat-common = Un défaut commun à tous ne crée pas d’écart entre sites : une petite part du site ne dit pas que tout va bien.
