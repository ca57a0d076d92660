survey-bad-scale = Une échelle s’écrit avec deux nombres entiers, le pire et le meilleur, par exemple 0-10, 1-5 ou 0-1.
survey-published = La version { $version } est publiée : ce que des clients ont lu ne change plus. Enregistrez un nouveau brouillon.
survey-no-draft = La version { $version } est déjà en vigueur et il n’y a pas de brouillon. Enregistrez d’abord un brouillon sur la page du questionnaire.
survey-gaps = Il manque des traductions : { $missing }. Écrivez-les, effacez l’autre langue pour revenir à nos mots, ou retirez cette langue.
