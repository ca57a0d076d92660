# Les échanges entre équipes : actions, verdicts, empêchements et phrases aux clients.

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
discussion-enough-actions = { $most } actions de cet échange sont déjà à l’essai : décidez d’abord de l’une d’elles. Qui en essaie davantage à la fois n’apprend rien d’aucune.
