# Les discussions entre équipes : actions, verdicts, empêchements et phrases aux clients.

## Petits mots
discussion-month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
 } { $year }
discussion-state-open = à l’essai
discussion-state-kept = conservée
discussion-state-changed = modifiée
discussion-state-dropped = abandonnée
discussion-state-passed = transmise au responsable du processus
discussion-obstacle-system = L’outil informatique : lent, en panne ou gênant
discussion-obstacle-promise = Une promesse faite ailleurs, impossible à tenir
discussion-obstacle-information = Une information qui manquait
discussion-obstacle-capacity = Plus de travail que de bras
discussion-obstacle-parts = Des pièces ou des produits qui manquaient

## Ce qui est refusé
discussion-too-long = Ce texte dépasse { $most } caractères.
discussion-enough-actions = { $most } actions de cette discussion sont déjà à l’essai : décidez d’abord de l’une d’elles. Qui en essaie davantage à la fois n’apprend rien d’aucune.
discussion-empty = Ce champ est vide : écrivez d’abord quelque chose.
discussion-choose = Choisissez l’une des réponses proposées.
discussion-start-past = L’action aurait déjà commencé. Enregistrez-la avant son début : choisissez un jour à venir.
discussion-review-early = C’est trop tôt pour un verdict : laissez au moins { $weeks } semaines entre le début et le bilan.
discussion-review-late = Personne n’attend un verdict plus de { $weeks } semaines : choisissez un jour plus proche.

## La liste
discussion-title = Discussions et actions
discussion-list-about = Chaque discussion porte sur un passage de relais, avec l’équipe de l’autre côté : ce qui a été dit, ce que l’on essaie, ce qu’il en est sorti.
discussion-none = Aucune discussion n’est ouverte.
discussion-about = { $place }, avec { $neighbour }, ouverte le { $date }
discussion-no-actions = Aucune action n’est enregistrée.
discussion-ideas = Ce qui a bougé ailleurs, à l’un de vos passages
discussion-ideas-about = Une idée, pas une consigne. Ni le lieu ni l’ampleur ne sont dits.
discussion-colon =  :
discussion-open-title = Ouvrir une discussion
discussion-open-about = Une réunion porte sur un passage : ses deux équipes y sont invitées, toutes deux la lisent et peuvent y écrire.
discussion-no-seams = Aucun de vos passages n’est encore connu par des parcours publiés.
discussion-seam = Passage
discussion-place = Parcours concernés
discussion-open = Ouvrir

## Une discussion
discussion-both = Les deux équipes participent : { $team } et { $neighbour }.
discussion-alone = Ouverte par { $team }. L’équipe { $neighbour } la lit et ne participe pas encore.
discussion-join = Participer à la discussion
discussion-said = { $team }, { $date }
discussion-notes = Ce qui a été dit
discussion-no-notes = Rien n’est encore noté.
discussion-note = Note
discussion-note-new = Ajouter une note
discussion-nobody = Ne nommez personne : ce qui ressemble à un nom, une adresse ou un numéro est masqué. Vous verrez le texte tel qu’il sera enregistré avant qu’il ne le soit.
discussion-back = Toutes les discussions de l’équipe
discussion-process-owner = le responsable du processus

## Actions
discussion-actions = Ce que l’on essaie
discussion-action = Ce que l’on essaie
discussion-state = État
discussion-state-since = { $state }, le { $date }
discussion-carried-by = Entre les mains de
discussion-level-ours = notre équipe
discussion-should-move = Le chiffre qui doit bouger
discussion-figure = { $measure } : { $direction }
discussion-up = vers le haut
discussion-down = vers le bas
discussion-compared = Comparé à
discussion-control-past = son seul passé
discussion-control-rest = le réseau hors { $place }
discussion-control-regions = les autres régions
discussion-control-hint = Ce qui fait bouger tout le monde est alors retiré : une saison, une campagne, un prix. Choisissez des parcours que l’action n’atteint pas.
discussion-since = Début
discussion-review-on = Bilan
discussion-role = Suivi par
discussion-answered = Réponse du responsable du processus, le { $date }
discussion-answer-waits = Transmise au responsable du processus, qui n’a pas encore répondu.
discussion-plan-title = Enregistrer une action
discussion-plan-about = Une ou deux à la fois, enregistrées avant de commencer : qui choisit le chiffre après coup en trouve toujours un qui a bougé.
discussion-plan-text = Qu’essayez-vous d’ici la prochaine fois ?
discussion-plan-role = Suivi par (une fonction, si vous voulez)
discussion-plan-role-hint = Une fonction, par exemple « coordination d’équipe », jamais un nom.
discussion-plan-direction = Dans quel sens
discussion-plan-start = Commence le (première semaine entière à partir de ce jour)
discussion-plan-review = Bilan le

## Avant d’enregistrer
discussion-preview = Avant d’enregistrer
discussion-preview-about = Voici ce qui sera enregistré et lu par les deux équipes.
discussion-preview-do = Relire d’abord
discussion-save = Enregistrer
discussion-edit = Modifier
discussion-masked = Ce qui pouvait désigner une personne a été masqué : { $masks }. Ce qui s’y trouvait n’est conservé nulle part.
discussion-smallest = Le plus petit changement que { $weeks } semaines avant et { $weeks } semaines après laisseraient voir, avec 80 chances sur 100 : { $points } points. Ce qui bouge moins ne se verra pas d’ici le bilan.
discussion-not-seen = On ne peut pas dire quel changement se verrait : { $why }

## Verdicts
discussion-running = Le verdict tombe le { $date }, une seule fois : qui regarde chaque semaine jusqu’à lire « a bougé » finit par laisser gagner le hasard.
discussion-moved = A bougé
discussion-no-signal = Pas encore de signal
discussion-too-early = Trop tôt
discussion-too-few = Trop peu de réponses
discussion-changed-control = Changement de { $points } points ({ $low } à { $high }) par rapport à ce qui s’est passé entre-temps là où l’action n’a pas lieu.
discussion-changed-past = Changement de { $points } points ({ $low } à { $high }) par rapport à son propre passé ; ce qui fait bouger tout le monde y est compris.
discussion-visible-by-now = À ce jour, un changement de { $points } points se serait vu avec 80 chances sur 100.
discussion-other-way = Le chiffre est allé dans le sens contraire de celui qui était voulu.
discussion-too-early-why = Moins de { $weeks } semaines sont connues depuis le début.
discussion-too-few-why = { $weeks ->
    [0] Aucune semaine ne peut être montrée depuis le début : trop peu de réponses, avant ou après.
    [one] Une semaine peut être montrée depuis le début : trop peu de réponses ou de semaines, avant ou après.
   *[other] { $weeks } semaines peuvent être montrées depuis le début : trop peu de réponses ou de semaines, avant ou après.
 }
discussion-decide = Que devient-elle ?
discussion-decide-keep = La conserver : c’est désormais notre façon de faire
discussion-decide-change = La modifier : un autre essai prend sa place
discussion-decide-drop = L’abandonner
discussion-decide-pass = La transmettre au responsable du processus
discussion-decide-do = Décider

## Les deux côtés
discussion-sides = Les deux côtés du passage
discussion-side-customers = Les clients
discussion-side-team = { $team } : ce qui a empêché de bien travailler
discussion-no-frictions = { $answers } réponses ; on ne leur a pas demandé ce qui s’est mal passé ici.
discussion-ticked = { $obstacle } ({ $count ->
    [one] un mois
   *[other] { $count } mois
 })
discussion-sides-about = Les { $months } derniers mois. Ce que coche une équipe est montré sous les mêmes seuils que ce que disent les clients ; la note d’une équipe plus petite n’est comptée nulle part.
discussion-tick-title = Qu’est-ce qui vous a empêchés de bien travailler ici en { $month } ?
discussion-tick-about = Une note par équipe et par mois : l’envoyer de nouveau la remplace, et rien ne dit qui a coché.
discussion-tick = Noter pour l’équipe

## Vous avez dit, nous avons fait
discussion-sentence-title = Vous avez dit, nous avons fait
discussion-sentence-lead = Ce que lisent les clients après avoir répondu, et dans la prochaine invitation : une phrase sur ce qui a été fait.
discussion-sentence-element = À propos de
discussion-sentence-fr = En français
discussion-sentence-en = En anglais
discussion-sentence-hint = Une phrase, sans nommer personne. Les clients ne la lisent que dans leur langue.
discussion-sentence-about = { $element }, { $team }, le { $date }
discussion-sentence-shown = Les clients la lisent.
discussion-sentence-soon = Les clients la liront d’ici cinq minutes.
discussion-sentence-waits = Les clients ne la lisent pas encore : ce à quoi elle répond n’est montré à personne pour l’instant, faute d’assez de réponses ou de personnes. Ce sera revu à chaque semaine publiée.
discussion-sentence-no-french = La phrase en français manque : qui lit le français n’en saura rien.
discussion-sentence-no-english = La phrase en anglais manque : qui lit l’anglais n’en saura rien.
discussion-sentence-withdraw = La retirer

## Le responsable du processus
discussion-actions-title = Actions le long de la chaîne
discussion-actions-about = Ce que les équipes essaient, dans l’ordre de la chaîne, avec ce qu’il en est sorti. Vous lisez un verdict dès que ses semaines vous sont ouvertes.
discussion-actions-none = Aucune action n’est enregistrée.
discussion-worked = Ce qui a bougé
discussion-worked-about = À proposer comme une idée aux sites qui ont le même passage : leurs équipes la lisent sur leur propre page, sans le lieu ni l’ampleur.
discussion-answer = Votre réponse, que les deux équipes liront

## Courriels
discussion-mail-review-subject = Une action de votre équipe arrive à son bilan
discussion-mail-review-lead = Le bilan du { $date } est là : « { $text } ». La page dit ce que le chiffre a fait, et vos deux équipes décident de la suite.
discussion-mail-review-button = Lire le verdict
discussion-mail-published-subject = { $journey } : du nouveau depuis la dernière fois
discussion-mail-published-lead = { $journey } : les semaines jusqu’au { $date } sont publiées. Votre équipe les lit en premier.
discussion-mail-opened-lead = { $journey } : les semaines jusqu’au { $date } vous sont ouvertes. Leurs équipes les ont déjà lues.
discussion-mail-waiting-subject = Un changement qui touche à la confidentialité attend
discussion-mail-waiting-lead = { $what } : un changement est proposé, car « { $reason } ». Il entrera en vigueur le { $date }, sauf opposition d’une représentante ou d’un représentant du personnel. D’ici là, rien de plus n’est montré de ce fait.
discussion-mail-waiting-button = Lire ce qui changerait
discussion-mail-published-button = Lire ce qui est nouveau
discussion-mail-why = Nous vous écrivons parce que vous avez chez { $organisation } un compte qui lit cette page.
discussion-mail-stop = Ne plus recevoir ces courriels
discussion-nav = Discussions
discussion-nav-owner = Actions
discussion-mail-invited-subject = { $team } souhaite parler de votre passage commun
discussion-mail-invited-lead = { $team } a ouvert une discussion à propos de { $handoff } ({ $place }). Votre équipe est de l’autre côté : les deux équipes la lisent et peuvent y écrire.
discussion-mail-invited-button = Participer à la discussion
