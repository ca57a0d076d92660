publication-unknown-type = Il n’y a pas de type de parcours { $type } ici. Importez d’abord ses événements ou appliquez son plan.
publication-too-few-heads = Moins de { $floor } personnes travaillent dans les équipes de ce parcours : rien ne peut en être publié sans viser des personnes.
publication-pilot-over = Le pilote est terminé : aucune semaine n’est close. Faites rendre un avis par une équipe, puis lancez : relais pilot end.
publication-pilot-types = En phase pilote, { $most } types de parcours au plus sont publiés. Mettez d’abord fin au pilote : relais pilot end.
