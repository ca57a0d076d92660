web-error-title = Cela n’a pas fonctionné
web-not-found = Cette page n’existe pas, ou ne vous est pas ouverte.
web-method = Cette adresse n’accepte pas ce type de requête.
web-too-large = L’envoi est trop volumineux. Découpez-le, ou importez le fichier avec « relais import ».
web-timeout = L’opération a pris trop de temps et a été interrompue. Rien n’a été modifié. Recommencez.
web-malformed = L’envoi est illisible. Vérifiez sa forme et son type de contenu, puis recommencez.
web-cross-site = Cette requête venait d’un autre site et a été refusée. Ouvrez la page ici, puis recommencez.
web-home = Retour à l’accueil
