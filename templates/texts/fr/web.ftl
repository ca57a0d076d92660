web-error-title = Cela n’a pas fonctionné
web-not-found = Cette page n’existe pas, ou ne vous est pas ouverte.
web-method = Cette adresse n’accepte pas ce type de requête.
web-too-large = L’envoi est trop volumineux. Découpez-le, ou importez le fichier avec « relais import ».
web-too-often = { $seconds ->
    [one] Trop de requêtes viennent de votre réseau. Attendez { $seconds } seconde, puis réessayez.
   *[other] Trop de requêtes viennent de votre réseau. Attendez { $seconds } secondes, puis réessayez.
 }
web-too-often-sent = { $seconds ->
    [one] Trop de pages ont été envoyées d’un coup, et celle-ci n’a pas été enregistrée. Attendez { $seconds } seconde, revenez en arrière et renvoyez-la : ce que vous avez saisi y est encore.
   *[other] Trop de pages ont été envoyées d’un coup, et celle-ci n’a pas été enregistrée. Attendez { $seconds } secondes, revenez en arrière et renvoyez-la : ce que vous avez saisi y est encore.
 }
web-timeout = L’opération a pris trop de temps et a été interrompue. Rien n’a été modifié. Recommencez.
web-malformed = L’envoi est illisible. Vérifiez sa forme et son type de contenu, puis recommencez.
web-cross-site = Cette requête venait d’un autre site et a été refusée. Ouvrez la page ici, puis recommencez.
web-home = Retour à l’accueil
web-trouble-title = Cette page n’est pas disponible
web-trouble = L’incident est de notre côté. Les pages que vous avez déjà envoyées sont enregistrées ; celle-ci ne l’est pas. Revenez en arrière et envoyez-la de nouveau dans un moment.
