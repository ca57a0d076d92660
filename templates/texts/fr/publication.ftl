publication-unknown-type = Il n’y a pas de type de parcours { $type } ici. Importez d’abord ses événements ou appliquez son plan.
publication-too-few-heads = Moins de { $floor } personnes travaillent dans les équipes de ce parcours : rien ne peut en être publié sans viser des personnes.
