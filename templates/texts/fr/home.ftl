# Où commence un membre d’une équipe, et où en sont les actions.
home-where = Où les points se perdent
home-evidence = Ce qui le montre : { $where }
home-breakdown = Toute la chaîne
home-chart = Semaine après semaine
home-new = Du nouveau depuis la dernière fois
home-since-discussion = Depuis votre dernière discussion : ce qui a été publié après la semaine du { $date }.
home-since-release = Depuis la publication précédente, la semaine du { $date }.
home-nothing-new = Rien au-delà du hasard : aucun chiffre de votre part ne s’écarte de son niveau habituel plus que les semaines ne le font toujours.
home-news-up = Depuis la semaine du { $since } environ, ce chiffre est au-dessus de son niveau habituel, plus que par hasard : { $measured }. Qu’est-ce qui a changé ?
home-news-down = Depuis la semaine du { $since } environ, ce chiffre est au-dessous de son niveau habituel, plus que par hasard : { $measured }. Qu’est-ce qui a changé ?
home-news-pattern = { $measured } : { $seen }
home-usual = Sur les courbes, et cela vaut la peine de demander ce qui s’est passé, bien que 4 chiffres calmes sur 10 montrent une telle chose en six mois :
home-next = La prochaine discussion
home-next-open = Elle est ouverte, au sujet de
home-next-with = L’équipe voisine : { $team }.
home-next-since = Ouverte le { $date }.
home-next-proposed = Aucune n’est ouverte. De vos passages, celui où le plus de clients ont rencontré une difficulté :
home-next-nothing = Aucune n’est ouverte, et aucun de vos passages ne peut encore être montré.
home-pack = La feuille à imprimer
home-actions = Ce que nous essayons
home-actions-caption = Ce qui est à l’essai vient d’abord. Le chiffre mène à son suivi, où l’action est marquée.
home-no-actions = Rien n’est à l’essai en ce moment.
home-column-standing = Où cela en est
home-looked = Qui a regardé ces quatre dernières semaines
home-times = { $count ->
    [one] { $count } fois
   *[other] { $count } fois
 }
home-readers = Chaque consultation, avec le rôle, l’endroit et l’heure
home-discussions = Discussions et actions
home-waiting = { $count ->
    [one] Un changement qui touche à la confidentialité attend : lisez-le avant qu’il n’entre en vigueur
   *[other] { $count } changements qui touchent à la confidentialité attendent : lisez-les avant qu’ils n’entrent en vigueur
}
