## La page et la commande
guarantee-title = Garanties
guarantee-about = Ce que Relais promet à celles et ceux qui travaillent ici et à ses clients, recherché dans la base en service et dans ses fichiers. Rien ici n’est une déclaration d’intention : chaque ligne a été contrôlée et dit ce qui a été trouvé.
guarantee-holds = tenue
guarantee-broken = non tenue
guarantee-all-hold = Les { $count } garanties sont tenues.
guarantee-some-broken = { $broken ->
    [one] Une garantie sur { $count } n’est pas tenue.
   *[other] { $broken } garanties sur { $count } ne sont pas tenues.
 }
guarantee-checked-at = Contrôle du
guarantee-never-checked = Rien n’a encore été contrôlé. Un service en marche contrôle à son démarrage, puis toutes les heures ; « relais guarantees » contrôle aussitôt.
guarantee-what = Promesse
guarantee-state = État
guarantee-evidence = Ce qui a été trouvé
guarantee-build = Ce service exécute la version { $version } de Relais, dont le fichier a pour SHA-256
guarantee-build-compare = Comparez cette empreinte à celle que « sha256sum relais » donne du programme auquel vous faites confiance : celui que vous avez compilé vous-même à partir des sources par « cargo build --release --locked » avec le même compilateur, ou celui dont l’empreinte a été publiée avec la version.
guarantee-checked-by = Le contrôle a été fait par un autre programme, version { $version }, de SHA-256 { $build }.
guarantee-programs = Pour les programmes :
guarantee-limits = Ce que cette page ne peut pas montrer : qui détient le fichier de la base peut en lire les lignes, et qui tient la machine peut y faire tourner un autre programme. Les garanties portent sur le produit ; « relais guarantees », lancé par une personne de confiance sur une copie de la base, n’oblige pas à croire cette page.
guarantee-list = { $name } : { $state }
guarantee-point = – { $text }
guarantee-point-against = ! { $text }
guarantee-others = … et { $others } autres

guarantee-dossier-file = Télécharger le dossier pour le comité social et économique et la personne déléguée à la protection des données
guarantee-strangers = Vous lisez cette page sans être connecté : elle dit si chaque promesse est tenue et comment on l’a vérifié. Les nombres de cette organisation et le dossier pour le comité social et économique sont réservés à ses membres.
guarantee-whom-to-ask = À qui s’adresser
guarantee-members-only = Ce qui a été trouvé ici, ce sont des nombres de cette organisation : ses membres les lisent une fois connectés.
guarantee-trust-title = Pourquoi croire cette page ?
guarantee-which-program = Quel programme tourne ici, et comment le comparer

## Sur quoi portent les promesses
guarantee-group-nobody = Personne n’est surveillé au travail
guarantee-group-never-too-few = Rien n’est dit de trop peu de personnes
guarantee-group-in-the-open = Rien ne se fait dans votre dos
guarantee-group-customers = Les clients aussi sont protégés

## Les promesses en quelques mots
guarantee-plain-no-person = Rien de ce qui est enregistré ici ne sait qui vous êtes.
guarantee-plain-strict-feeds = Aucun logiciel ne peut y envoyer votre nom.
guarantee-plain-tool-logs = Quand on importe le journal d’un logiciel, on n’en retient pas qui a fait le travail.
guarantee-plain-redacted-comments = Les noms sont retirés des commentaires des clients avant que quiconque les lise.
guarantee-plain-minimum-sizes = Rien n’est montré de moins de dix réponses, ni de moins de sept personnes.
guarantee-plain-no-differencing = Rien de plus petit ne s’obtient non plus en retranchant un chiffre d’un autre.
guarantee-plain-searched = Tous les calculs qu’un lecteur pourrait faire ont été essayés : aucun ne parle de moins de sept personnes.
guarantee-plain-shared-heads = Un guichet, un service ou un canal qui peut être le fait d’une seule personne n’est jamais montré seul.
guarantee-plain-drawn-links = Personne ne choisit de qui on interroge les clients : c’est tiré au sort.
guarantee-plain-separate-imports = Les réponses venues d’un fichier ne sont jamais mêlées à celles des clients interrogés.
guarantee-plain-one-gate = Tout chiffre, où qu’il soit montré, passe par le même contrôle.
guarantee-plain-team-first = Les équipes voient leurs chiffres avant la direction.
guarantee-plain-structure-waits = Combien vous êtes, et qui fait quelle étape, ne change jamais du jour au lendemain : vos représentants peuvent s’y opposer.
guarantee-plain-settings-journal = Aucun réglage qui vous protège ne change en silence.
guarantee-plain-looking-is-seen = Qui regarde les chiffres de votre équipe est inscrit, et vous pouvez le lire.
guarantee-plain-pilot-first = On commence par un essai limité, dont la direction ne voit rien.
guarantee-plain-no-ranking = Ni les sites ni les équipes ne sont jamais classés.
guarantee-plain-dossier = Le comité social et économique dispose d’un dossier qui dit tout cela, établi d’après ce qui est en vigueur.
guarantee-plain-secret-links = Personne ne peut, depuis la base, ouvrir le lien d’un client, une clé ou une session.
guarantee-plain-addresses = Les adresses des clients sont chiffrées, puis supprimées.
guarantee-plain-customer-pages = La page où un client répond ne suit personne à la trace.

## Les promesses, exactement
guarantee-no-person = Rien de ce qui est enregistré ne connaît une personne qui travaille ici : ni table, ni colonne, ni clé, ni lien.
guarantee-strict-feeds = Un flux ne peut y faire entrer personne : les champs inconnus et les valeurs qui ressemblent à des personnes sont refusés, sans être enregistrés ni journalisés.
guarantee-tool-logs = Le journal d’un outil de processus non plus : tout ce qui concerne des personnes est écarté à l’import, et compté.
guarantee-redacted-comments = Personne ne lit un commentaire avant que les noms en aient été retirés, et l’original disparaît ensuite.
guarantee-minimum-sizes = Rien n’est publié de moins de dix réponses ni de moins de sept personnes, quels que soient les réglages.
guarantee-no-differencing = Rien de plus petit ne se déduit par soustraction : chaque réponse est publiée une seule fois, dans une seule somme, et tout ce qui est montré est fait de ces sommes.
guarantee-searched = Tout ce qui a jamais été publié a été passé au crible : aucune addition ni soustraction de ce qui est montré ne permet de déduire quoi que ce soit sur moins de sept personnes.
guarantee-shared-heads = Les parts du travail qui s’excluent se partagent les personnes de leur équipe : un guichet, un service ou un canal qui peut être le fait d’une seule personne n’est jamais montré seul.
guarantee-drawn-links = Le service tire au sort qui il interroge : aucune liste ne choisit de qui ce sont les clients, et toute remise de liens est inscrite au journal avec sa raison.
guarantee-separate-imports = Les réponses apportées par un fichier ne sont jamais publiées avec celles de clients interrogés par le service, et tout import est inscrit au journal.
guarantee-one-gate = Toute page, réponse de l’API, fichier ou courriel portant des chiffres passe par une seule porte.
guarantee-team-first = Une période nouvellement publiée appartient d’abord aux équipes, et ce délai n’est jamais raccourci pour une période en cours de collecte.
guarantee-structure-waits = Combien de personnes comptent, où, et quelle équipe fait quelle étape : tout changement est annoncé à tous, attend sept jours dès que quelque chose a été publié, et attend encore tant qu’une représentante ou un représentant du personnel s’y oppose ; d’ici là, et pour ce qui a été recueilli avant, c’est l’effectif le plus faible qui compte.
guarantee-settings-journal = Chaque réglage a un auteur et une raison que tout membre peut lire ; ceux qui touchent à la confidentialité attendent sept jours et disent qui a donné son accord.
guarantee-looking-is-seen = Qui regarde les données d’une équipe est inscrit, et cette équipe peut le lire.
guarantee-pilot-first = Une organisation commence par un pilote : peu de services, peu de semaines, rien pour la direction ; il s’achève par le bilan d’une équipe et l’information du comité social et économique.
guarantee-no-ranking = Rien ne trie ni ne désigne des sites ou des équipes d’après un chiffre.
guarantee-dossier = Il existe un dossier pour le comité social et économique et pour la personne déléguée à la protection des données, établi d’après ce qui est en vigueur.
guarantee-secret-links = Aucune table ne contient le secret d’un lien, d’une clé ou d’une session.
guarantee-addresses = Les adresses des clients sont chiffrées, rangées dans une table à part, et disparaissent.
guarantee-customer-pages = Une page de client ne dépose aucun cookie, n’exécute rien, n’interroge aucun autre serveur et n’est conservée par personne.

## Ce qui a été examiné
guarantee-seen-catalogue = { $tables } tables et { $columns } colonnes, comparées à la liste compilée dans ce programme
guarantee-seen-links = { $links } liens entre tables, comparés à cette liste, où les tables de connexion ({ $tables }) ne sont liées à rien de ce qui est mesuré
guarantee-seen-keys = { $keys } clés JSON différentes dans { $columns } colonnes, comparées à cette liste
guarantee-seen-rows = { $read } lignes lues sur { $rows }
guarantee-seen-names = { $names ->
    [0] aucun nom n’est encore arrivé avec un parcours
   *[other] { $names } noms différents reçus avec les parcours, confrontés aux motifs de personnes ; ceux dont l’administration répond dans le plan de service sont admis
 }
guarantee-seen-attributes = { $count ->
    [0] aucun attribut de parcours n’est enregistré
    [one] un attribut de parcours est enregistré : { $names }
   *[other] { $count } attributs de parcours sont enregistrés : { $names }
 }
guarantee-seen-strict-parser = ce qui est refusé laisse un numéro de ligne et un motif dans le rapport d’import : qu’il ne laisse aucune valeur, ce sont les tests du produit qui le contrôlent
guarantee-seen-imports = { $imports ->
    [0] aucun import n’a été consigné
    [one] le rapport d’un import
   *[other] les rapports de { $imports } imports
 }
guarantee-seen-nothing-dropped = aucun import ne contenait quoi que ce soit sur des personnes
guarantee-seen-dropped = { $values } valeurs sur des personnes ont été écartées, dans les colonnes { $names }
guarantee-seen-held = { $held ->
    [0] aucun commentaire n’est retenu
    [one] un commentaire est retenu et n’est montré à personne
   *[other] { $held } commentaires sont retenus et ne sont montrés à personne
 }
guarantee-seen-released = { $released ->
    [0] aucun commentaire n’a été libéré
    [one] un commentaire a été libéré, confronté aux motifs de personnes
   *[other] { $released } commentaires ont été libérés, confrontés aux motifs de personnes
 }
guarantee-seen-free-pages = { $pages ->
    [0] le fichier de la base n’a aucune page libre
    [one] l’unique page libre du fichier de la base a été examinée
   *[other] les { $pages } pages libres du fichier de la base ont été examinées
 }
guarantee-seen-no-file = la base est celle d’un serveur : ses fichiers ne peuvent pas être examinés d’ici
guarantee-seen-floors = en vigueur : au moins { $answers } réponses et { $heads } personnes
guarantee-seen-atoms = { $atoms } sommes ont été publiées, qui contiennent { $marked } réponses ; la plus petite compte { $answers } réponses, et l’effectif le plus faible derrière l’une d’elles est de { $heads }
guarantee-seen-no-atoms = rien n’a encore été publié
guarantee-seen-releases = { $releases ->
    [0] rien n’a encore été publié
    [one] une publication de { $atoms } sommes
   *[other] { $releases } publications de { $atoms } sommes
 }
guarantee-seen-sums = recherché : une réponse sans sa somme, une somme sans sa publication, une somme qui a grossi, un site dans deux sommes d’une même publication
guarantee-seen-search = recherche sur les données mêmes de cette organisation : { $documents } chiffres à leur endroit et { $equations } sommes qu’un lecteur peut connaître, en { $releases } publications ; le plus petit groupe sur lequel on puisse déduire quelque chose compte { $people } personnes. Il a fallu moins de { $seconds } s
guarantee-seen-search-hidden = non montrés : { $hidden } chiffres pour le petit nombre de personnes derrière eux, et { $withheld } de plus qui se déduiraient des autres
guarantee-seen-search-kind = recherche exacte : tous les endroits, les parties du parcours et leurs totaux d’une publication forment un seul système d’équations. Une publication ne partage aucune réponse avec une autre : plusieurs ensemble n’en disent pas plus
guarantee-seen-search-open = passé au crible : tout ce qui a été publié ; { $releases ->
    [0] rien n’en est encore ouvert à toute la maison
    [one] une publication en est ouverte à toute la maison, avec { $documents } chiffres à leur place et { $equations } sommes qu’un lecteur peut connaître
   *[other] { $releases } publications en sont ouvertes à toute la maison, avec { $documents } chiffres à leur place et { $equations } sommes qu’un lecteur peut connaître
 }
guarantee-seen-no-shared-steps = dans { $journeys } parcours, aucune étape d’une même équipe n’en exclut une autre
guarantee-seen-shared-steps = { $type } : { $steps } étapes de « { $team } » que presque aucun parcours ne rencontre ensemble se partagent ses { $heads } personnes, la plus petite part d’un site étant { $people ->
    [0] de moins d’une personne
    [one] d’une seule personne
   *[other] de { $people } personnes
 } ; { $shown ->
    [0] aucune de ces étapes n’est montrée seule
    [one] une d’elles est montrée seule, là où sa part est assez grande
   *[other] { $shown } d’entre elles sont montrées seules, là où leur part est assez grande
 }
guarantee-seen-shared-types = { $teams ->
    [0] aucune équipe dont le travail est publié ne travaille pour plusieurs services
    [one] une équipe travaille pour plusieurs services : { $parts } de ses parts figurent dans ce qui est publié, recomptées d’après les parcours ; la plus petite est de { $people } personnes
   *[other] { $teams } équipes travaillent pour plusieurs services : { $parts } de leurs parts figurent dans ce qui est publié, recomptées d’après les parcours ; la plus petite est de { $people } personnes
 }
guarantee-seen-no-channels = aucun parcours ne dit par quel canal il est arrivé
guarantee-seen-shared-channels = { $type } : { $channels ->
    [one] un seul canal
   *[other] { $channels } canaux se partagent les personnes de toutes les équipes
 } ; la plus petite part est de { $people } personnes, et { $few ->
    [0] aucune n’est au-dessous de { $floor }
    [one] une, au-dessous de { $floor }, est réunie à d’autres
   *[other] { $few }, au-dessous de { $floor }, sont réunies
 }
guarantee-seen-shared-again = recherché : une étape, ou un service, montré alors que la part d’équipe qui s’en charge compte trop peu de personnes ; les parts sont recomptées d’après les parcours tels qu’ils sont enregistrés
guarantee-seen-channels-tested = ne peut être contrôlé ici : que la page « Qui a répondu » réunit les petits canaux. Les tests du produit le contrôlent
guarantee-seen-links-given = { $times ->
    [0] aucun lien n’a été remis à un autre expéditeur
    [one] des liens ont été remis une fois à un autre expéditeur ; { $links } liens sont enregistrés
   *[other] des liens ont été remis { $times } fois à un autre expéditeur ; { $links } liens sont enregistrés
 }
guarantee-seen-no-lists = aucune liste n’a jamais dit à qui les liens étaient destinés
guarantee-seen-lists = { $lists ->
    [one] une liste a dit à qui les liens étaient destinés
   *[other] { $lists } listes ont dit à qui les liens étaient destinés
 } ; la plus faible part de ses lieux et semaines qu’une liste ait couverte est de { $share } % ; semaines ayant des liens d’une liste : { $weeks }
guarantee-seen-lists-tested = recherché : des liens sans inscription au journal, et une inscription sur une liste de moins de { $percent } % ou de moins de { $least } parcours d’un lieu et d’une semaine. Ne peut être contrôlé ici : quels parcours une liste nommait, car elle n’est pas conservée ; les tests du produit s’y essaient
guarantee-seen-origins = { $asked ->
    [0] aucune publication
    [one] une publication
   *[other] { $asked } publications
 } de réponses demandées et { $imported ->
    [0] aucune
    [one] une
   *[other] { $imported }
 } de réponses importées ({ $answers } réponses)
guarantee-seen-import-entries = { $entries ->
    [0] le journal ne fait état d’aucun import de réponses
    [one] le journal fait état d’un import de { $answers } réponses
   *[other] le journal fait état de { $entries } imports, de { $answers } réponses
 }
guarantee-seen-made-up = recherché : une publication ayant des réponses des deux sortes. Ne peut être contrôlé ici : si ce qu’apporte un fichier a été inventé
guarantee-seen-gate = la porte de ce programme a été essayée avec { $answers } réponses et { $heads } personnes, avec une de moins de chaque alors que les réglages n’en demandent qu’une, et pour la direction pendant un pilote
guarantee-seen-gate-type = que rien ne la contourne, c’est le compilateur et les tests du produit qui le contrôlent, non ce contrôle-ci
guarantee-seen-alone = { $releases ->
    [one] une publication, réservée aux équipes pendant { $days } jours
   *[other] { $releases } publications ; le plus court délai réservé aux équipes a été de { $days } jours
 }
guarantee-seen-no-release = rien n’a encore été publié
guarantee-seen-embargo = en vigueur : { $days } jours
guarantee-seen-journal = { $changes ->
    [0] rien n’a encore été changé
    [one] une entrée, dont { $private } sur un réglage qui touche à la confidentialité
   *[other] { $changes } entrées, dont { $private } sur des réglages qui touchent à la confidentialité
 }
guarantee-seen-structure = changements d’équipes, d’étapes et d’effectifs au journal : { $changes } ; pas encore en vigueur : { $later }, dont frappés d’opposition : { $held }
guarantee-seen-jumps = effectifs multipliés d’un coup par { $times } au moins : { $jumps }
guarantee-seen-heads-in-force = effectifs en vigueur comparés au journal : { $known } sur { $all }
guarantee-seen-structure-tested = que les réponses recueillies avant comptent l’effectif le plus faible, ce sont les tests du produit qui l’éprouvent ; les tables ne le montrent plus après coup
guarantee-against-more-heads = { $heads } personnes de { $team } comptent à « { $site } », alors que le journal en a mis en vigueur { $most }
guarantee-seen-notice = pour celles-ci, recherché : un préavis de moins de { $days } jours, et l’absence d’accord
guarantee-seen-in-force = ce qui est en vigueur a été comparé à ce que dit le journal : { $settings }
guarantee-seen-looks = { $looks ->
    [0] personne n’a encore regardé
    [one] une consultation est inscrite
   *[other] { $looks } consultations sont inscrites
 }
guarantee-seen-roles = ce que chacune indique a été comparé à la liste des rôles, qui ne connaît personne
guarantee-seen-pilot = en pilote pour { $left } jours encore ; services publiés : { $types }
guarantee-seen-pilot-silent = la porte est fermée à d’autres qu’aux équipes, voir « one-gate »
guarantee-seen-review = le pilote s’est achevé par l’entrée { $number } du journal des réglages
guarantee-seen-routes = { $routes } adresses du service et { $columns } colonnes, où l’on a cherché des mots de classement, et dans les adresses des mots désignant une personne
guarantee-seen-chain-order = que les équipes et les étapes suivent l’ordre de la chaîne, ce sont les tests du produit qui le contrôlent
guarantee-seen-dossier = « relais dossier » dit de chacune des { $tables } tables à quoi elle sert, en { $categories } catégories
guarantee-seen-digests = { $digests } empreintes dans { $tables }, qui doivent avoir 32 octets
guarantee-seen-no-secret = chaque mot de { $rows } lignes a été comparé à la forme d’un secret
guarantee-seen-sealed = { $sealed ->
    [0] aucune adresse n’est enregistrée
   *[other] { $opened } adresses sur { $sealed } s’ouvrent avec le secret de cette organisation
 }
guarantee-seen-address-keys = { $keys } empreintes à clé dans { $tables }, qui doivent avoir 16 octets
guarantee-seen-no-address = une adresse en clair a été cherchée dans { $rows } lignes, hors celles qui servent aux comptes à se connecter et les mots de clients non anonymisés
guarantee-seen-pages = interrogées : { $pages }
guarantee-seen-headers = en-têtes recherchés : { $headers }

## Ce qui n’est pas comme promis
guarantee-against-column = { $column } n’est pas sur la liste
guarantee-against-link = { $from } renvoie à { $to }, ce qui n’est pas sur la liste
guarantee-against-shared-key = { $table } connaît des comptes
guarantee-against-key = une clé n’est pas sur la liste : { $key }
guarantee-against-program = la base exécute quelque chose par elle-même : { $program }
guarantee-against-person = une valeur de { $column } ressemble à une personne
guarantee-against-attribute = l’attribut { $name } concerne des personnes
guarantee-against-comment-state = un commentaire est dans l’état inconnu { $state }
guarantee-against-released = { $count } commentaires libérés contiennent encore ce qui ressemble à une personne
guarantee-against-free-pages = { $pages } pages libres du fichier de la base contiennent encore des octets de ce qui a été supprimé
guarantee-against-floors = la table demande { $answers } réponses et { $heads } personnes, moins que ce qui est compilé : quelqu’un y a écrit sans passer par le programme, qui ne montre malgré tout rien sous ses propres planchers
guarantee-against-few-answers = la somme { $atom } contient trop peu de réponses
guarantee-against-few-heads = la somme { $atom } a trop peu de personnes derrière elle
guarantee-against-heads = la somme { $atom } compte un autre effectif que celui qu’elle a retenu
guarantee-against-lost-answers = { $count } réponses sont rattachées à des sommes qui n’existent pas
guarantee-against-grown = la somme { $atom } contient plus de réponses qu’à sa publication
guarantee-against-foreign-site = la somme { $atom }, celle d’un site, contient des réponses d’un autre
guarantee-against-no-release = la somme { $atom } n’appartient à aucune publication
guarantee-against-split-sites = { $count } sites se trouvent dans deux sommes d’une même publication
guarantee-against-opening = ce qui est montré de { $type } pour la semaine du { $week } permet de déduire quelque chose sur trop peu de personnes
guarantee-against-few-left = on peut déduire quelque chose sur { $people } personnes
guarantee-against-thin-step = l’étape { $step } de { $type } est montrée pour { $places } dans la semaine du { $week }, alors que la part d’équipe qui s’en charge est { $people ->
    [0] de moins d’une personne
    [one] d’une personne
   *[other] de { $people } personnes
 }
guarantee-against-overstated = { $type }, semaine du { $week }, { $place } : { $told } personnes de l’équipe { $team } sont comptées, dont la part d’après les parcours est de { $people }
guarantee-against-links = { $count } liens pour { $type } ont été remis à { $at }, dont le journal ne dit rien
guarantee-against-chosen = l’inscription { $number } fait état d’une liste qui choisissait à qui les liens étaient destinés
guarantee-against-mixed = { $type }, semaine du { $week } : { $asked } réponses demandées ont été publiées avec { $imported } importées
guarantee-against-gate = la porte s’est trompée dans { $count } essais
guarantee-against-early = la semaine du { $week } a été ouverte à d’autres avant que les équipes l’aient eue aussi longtemps qu’annoncé
guarantee-against-early-atom = la somme { $atom } a été ouverte avant sa publication
guarantee-against-hasty = l’entrée { $number } n’a pas attendu la fin de son préavis
guarantee-against-nobody-agreed = l’entrée { $number } ne dit pas qui a donné son accord
guarantee-against-no-reason = l’entrée { $number } n’a pas de raison
guarantee-against-behind = { $setting } a été modifié sans passer par le journal
guarantee-against-cut-off = l’entrée { $number } était là à un contrôle précédent et n’y est plus : les plus récentes ont été retranchées ou réécrites. Si une sauvegarde a été restaurée, dites-le aux membres, puis retirez guarantees.json du dossier de données
guarantee-against-reader = { $count } entrées nomment autre chose qu’un rôle
guarantee-against-long-pilot = le pilote doit durer { $days } jours, plus que { $most }
guarantee-against-pilot-types = { $types } services ont été publiés pendant le pilote, plus que { $most }
guarantee-against-late-pilot = { $type } a été publié après la fin du pilote
guarantee-against-no-review = le pilote s’est achevé sans bilan d’une équipe dans le journal
guarantee-against-council = le journal ne dit ni quel jour le comité social et économique a été informé, ni pourquoi il n’avait pas à l’être
guarantee-against-route = l’adresse { $route } porte un mot de classement ou un mot désignant une personne
guarantee-against-ranking = la colonne { $column } porte un mot de classement
guarantee-against-untold = le dossier ne dit pas à quoi servent ces tables : { $tables }
guarantee-against-digest = { $count } empreintes de { $table } n’ont pas 32 octets
guarantee-against-secret = quelque chose dans { $column } ressemble à un secret
guarantee-against-sealed = { $count } adresses ne s’ouvrent pas avec le secret de cette organisation
guarantee-against-overdue = { $count } adresses auraient dû disparaître
guarantee-against-address-key = { $count } empreintes à clé de { $table } n’ont pas 16 octets
guarantee-against-address = quelque chose dans { $column } ressemble à une adresse électronique
guarantee-against-no-pages = aucune page n’a pu être interrogée
guarantee-against-header = { $page } n’a pas l’en-tête { $header }
guarantee-against-unsafe = { $page } peut exécuter ce qui n’est pas de nous
guarantee-against-cookie = { $page } dépose un cookie
guarantee-against-third-party = { $page } charge quelque chose d’ailleurs
