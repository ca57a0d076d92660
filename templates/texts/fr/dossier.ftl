dossier-title = Relais : dossier pour le comité social et économique et le délégué à la protection des données
dossier-about = { $organisation }, { $day }. Établi par la version { $version } de Relais d’après ce qui est en vigueur ce jour-là.
dossier-days = { $days ->
    [one] un jour
   *[other] { $days } jours
 }
dossier-hours = { $hours } heures

## Finalités
dossier-purposes = Finalités
dossier-purposes-text = Relais demande aux clients comment s’est passé un service entier – du premier appel à la restitution – et rapproche ce qu’ils disent de ce qui s’est produit : les étapes parcourues, le temps que chacune a attendu la suivante, les promesses tenues. Il montre aux équipes de la chaîne d’abord, au responsable du processus ensuite, à quelles étapes et surtout à quels passages de relais les parcours perdent des points, afin que les équipes décident ensemble de ce qu’elles veulent essayer et apprennent si cela a servi.
dossier-never = Il ne sert pas, et il est construit pour ne pas pouvoir servir :
dossier-never-assess = à évaluer, rémunérer, promouvoir, sanctionner ou surveiller quiconque travaille ici : il connaît des équipes et leur effectif, aucune personne
dossier-never-rank = à classer des sites ou des équipes : rien ne les trie ni ne les désigne d’après un chiffre
dossier-never-cross = à être croisé avec d’autres données sur le personnel : aucun identifiant de personne, de poste ou de vacation n’y entre
dossier-never-decide = à prendre par une machine une décision sur un client ou sur quiconque travaille ici
dossier-basis = La base légale de l’enquête auprès des clients et l’information qui leur est donnée relèvent de l’organisation, qui les inscrit à son registre des activités de traitement. La page destinée aux clients dit qui les interroge, pourquoi, combien de temps leur adresse est conservée et comment retirer une réponse.

## Données
dossier-data = Catégories de données
dossier-data-text = Tout ce qui est enregistré, par catégorie, avec les tables de la base. Cette liste est confrontée à la base en service (chapitre 7, « no-person » et « dossier »).
dossier-data-what = Catégorie
dossier-data-holds = Contenu
dossier-data-tables = Tables
dossier-data-none = Des personnes qui travaillent ici, rien n’est enregistré hormis les comptes de celles et ceux qui se connectent, dans des tables qui ne sont liées à rien de ce qui est mesuré. Ni nom, ni matricule, ni fonction, ni poste, ni vacation, ni planning d’une personne n’est enregistré ailleurs ; ce que les flux envoient de ce genre est refusé ou écarté.
dossier-data-organisation = L’organisation
dossier-data-organisation-holds = sites, régions, équipes avec leur effectif – un nombre, jamais une liste –, services et leurs étapes, réglages en vigueur
dossier-data-journeys = Parcours
dossier-data-journeys-holds = pour chaque passage d’un client : les étapes et leurs heures, les dates promises et demandées, le site, quelques attributs déclarés ; l’identifiant de la source sous forme d’empreinte à clé seulement ; les rapports d’import, et les semaines dont les heures exactes ont été effacées
dossier-data-addresses = Adresses des clients
dossier-data-addresses-holds = adresse électronique ou numéro de téléphone, chiffrés ; empreintes à clé de qui ne veut plus de courrier et de qui en a reçu récemment
dossier-data-asking = Sollicitation
dossier-data-asking-holds = questionnaires, qui est interrogé et à quelle fréquence au plus, quel parcours l’a été et quand, empreintes des liens envoyés
dossier-data-answers = Réponses
dossier-data-answers-holds = les notes d’un client sur l’ensemble, sur des étapes et des passages de relais, et les frictions cochées ; aucune question ne porte sur une personne
dossier-data-comments = Commentaires
dossier-data-comments-holds = les mots du client, retenus jusqu’à ce que les noms en soient retirés ; empreintes à clé des noms qu’une équipe a demandé de masquer, liées à rien
dossier-data-published = Sommes publiées
dossier-data-published-holds = sommes de réponses, d’attentes et de chemins dans le service, sur au moins dix réponses et sept personnes ; elles ne contiennent rien sur quiconque
dossier-data-discussions = Discussions entre équipes
dossier-data-discussions-holds = ce que deux équipes ont écrit à propos d’un passage, masqué et sans auteur : notes, actions et réponses ; ce qui a empêché une équipe de bien travailler, par équipe et par mois ; phrases destinées aux clients ; quel courriel a été remis à quelle équipe
dossier-data-access = Accès
dossier-data-access-holds = adresse, empreinte du mot de passe, rôle et équipes de qui se connecte ; empreintes des sessions, des liens, des clés et des codes de secours ; secret chiffré d’un second facteur
dossier-data-journals = Journaux
dossier-data-journals-holds = qui (par rôle) a changé quel réglage, de quoi en quoi et pourquoi ; quel rôle a regardé les données de quelle équipe, où et quand
dossier-data-work = Travail du programme
dossier-data-work-holds = tâches à faire, qui ne portent que des identifiants, et version des tables

## Destinataires
dossier-recipients = Destinataires et rôles
dossier-role = Rôle
dossier-role-reads = Lit
dossier-role-never = Ne lit jamais
dossier-role-team = Membre d’équipe
dossier-role-team-reads = les chiffres publiés de son équipe, de son site, de sa région et du réseau, avant tous les autres ; le journal des réglages ; qui a regardé ses données
dossier-role-team-never = les pages des autres équipes ; quoi que ce soit sous les seuils
dossier-role-owner = Responsable du processus
dossier-role-owner-reads = les chiffres publiés du réseau, de ses régions et de ses sites, après les équipes, et aucun pendant un pilote ; le journal des réglages
dossier-role-owner-never = quoi que ce soit sous les seuils ; une réponse isolée ; un commentaire qui n’a pas été anonymisé, ou dans lequel quelqu’un pourrait encore être reconnu
dossier-role-administrator = Administration
dossier-role-administrator-reads = la mise en place, le journal des réglages, le registre des consultations
dossier-role-administrator-never = aucun chiffre : qui met le service en place n’est pas qui est informé
dossier-role-representative = Représentation du personnel
dossier-role-representative-reads = les garanties, le journal des réglages, le registre des consultations de toutes les équipes
dossier-role-representative-never = aucun chiffre
dossier-role-program = Programme muni d’une clé
dossier-role-program-reads = ce que dit sa clé : envoyer des événements, ou lire ce que lit un responsable du processus ou une équipe
dossier-role-program-never = quoi que ce soit sous les seuils
dossier-role-machine = Qui exploite la machine
dossier-role-machine-reads = les fichiers, avec leurs lignes brutes (voir chapitre 9) ; en ligne de commande les mêmes seuils s’appliquent, et les consultations sont inscrites
dossier-role-machine-never = les adresses, sans le secret de l’organisation
dossier-recipients-text = Rien n’est transmis à qui que ce soit d’autre. Le programme n’interroge aucun serveur hormis le serveur de messagerie que l’organisation désigne, et ne charge rien d’ailleurs dans une page.

## Conservation
dossier-retention = Durées de conservation
dossier-kept = Durée
dossier-kept-organisation = tant que l’organisation utilise Relais
dossier-kept-journeys = heures exactes : quelques semaines après la publication, voir plus bas ; le reste tant que l’organisation utilise Relais ; effacé avec son client
dossier-kept-addresses = quelques jours après la fin du lien, voir plus bas
dossier-kept-asking = comme le parcours ; les empreintes de liens disparaissent, voir plus bas
dossier-kept-answers = tant que l’organisation utilise Relais ; effacée quand le client retire sa réponse
dossier-kept-comments = comme sa réponse ; l’original disparaît à l’anonymisation
dossier-kept-published = sans limite : rien n’y concerne personne
dossier-kept-discussions = tant que l’organisation utilise Relais
dossier-kept-access = tant que dure le compte ; sessions et liens s’éteignent, voir plus bas
dossier-kept-journals = sans limite : une entrée n’est jamais modifiée ni retirée
dossier-kept-work = tant que l’organisation utilise Relais
dossier-retention-exact = Ce qui disparaît de soi-même, et au bout de combien de temps :
dossier-keep-address = L’adresse d’un client, après la fin du dernier lien qui lui a été envoyé
dossier-keep-contact = L’adresse d’un client qui n’est pas interrogé, après son parcours
dossier-keep-contacted = Le fait qu’une adresse a reçu un courrier, sous forme d’empreinte à clé
dossier-keep-link = L’empreinte d’un lien, après sa fin
dossier-keep-times = Les heures exactes d’un parcours, après sa publication (restent la semaine, et combien chaque chose a duré)
dossier-keep-sign-in-link = Un lien de connexion à usage unique
dossier-keep-session = Une session, au plus
dossier-retention-erasure = Un client retire sa réponse par son propre lien : la réponse, ses mots et tout ce qui avait été enregistré sont supprimés. Les sommes déjà publiées demeurent, puisqu’elles ne concernent personne.

## Seuils
dossier-thresholds = Seuils en vigueur
dossier-threshold = Seuil
dossier-threshold-value = En vigueur
dossier-threshold-bound = Limite
dossier-never-below = jamais moins de { $floor }, inscrit dans le programme
dossier-at-most = de 0 à { $days } jours
dossier-compiled = inscrit dans le programme
dossier-seam = Personnes dans chacune des deux équipes d’un passage de relais qui est montré
dossier-notice = Préavis avant qu’un changement de ces réglages entre en vigueur
dossier-pilot-lasts = Durée d’un pilote, au plus
dossier-pilot-services = Services publiés pendant un pilote, au plus
dossier-stage-pilot = L’organisation est en pilote jusqu’au { $day } : les chiffres vont aux équipes seules, rien à la direction.
dossier-stage-running = Le pilote est terminé ; le journal (chapitre 8) dit comment et qui en a fait le bilan.
dossier-thresholds-text = Les deux effectifs doivent être atteints à la fois : assez de clients qui ont répondu, et assez de personnes derrière le chiffre. Un accueil tenu par une seule personne n’est donc jamais montré à son site ; il apparaît dans le parcours entier du site, ou à l’échelle du réseau. Ce qui permettrait de déduire par soustraction un groupe plus petit est masqué aussi. Une équipe voit la première ; ce délai n’est jamais raccourci pour une période en cours de collecte. Qui change l’un de ces réglages dit qui a donné son accord, et chaque membre peut le lire pendant sept jours avant qu’il vaille.

## Statistiques
dossier-statistics = Les statistiques, en un paragraphe
dossier-statistics-text = Le résultat est la moyenne des réponses d’ensemble des clients, de 0 à 100 ; ce qui manque à 100 est la perte. Une régression sur tous les parcours de la période – avec les notes des étapes, les frictions des passages de relais et les promesses tenues ou non – répartit la perte entre ces éléments et ce qui reste sans origine connue, de sorte que les parts s’additionnent exactement. Chaque chiffre a un intervalle à un niveau annoncé, calculé en laissant de côté tour à tour une partie des réponses ; ce qui ne se distingue pas du hasard est dit tel. Rien n’est estimé pour une personne, rien n’est prédit, et aucun chiffre n’entre avec un poids que quelqu’un aurait choisi.

## Le journal
dossier-journal = Extrait du journal des réglages
dossier-journal-text = Les entrées les plus récentes, { $most } au plus. Le journal entier est ouvert à tout membre ; on peut y ajouter, jamais y modifier.
dossier-entry = Nº
dossier-entry-day = Jour
dossier-entry-from = { $after }, à partir du { $day }
dossier-entry-long = (voir le journal)

## Limites
dossier-limits = Ce que Relais ne sait pas faire, et ce contre quoi il ne protège pas
dossier-limit = { $name } : { $told }
dossier-limits-text = Un dossier qui ne dirait que des qualités ne vaudrait pas d’être signé.

## Vérifier
dossier-verifying = Comment vérifier
dossier-verify-guarantees = « relais guarantees » contrôle chaque promesse sur la base en service et échoue si l’une n’est pas tenue
dossier-verify-journal = « relais journal verify » trouve un seul octet modifié dans le journal des réglages ou le registre des consultations, et désigne l’entrée
dossier-verify-page = la page /guarantees montre le dernier contrôle à quiconque, et /.well-known/relais-guarantees.json aux programmes, avec les derniers sceaux des deux chaînes : qui les conserve s’aperçoit que des entrées ont été retranchées
dossier-verify-build = Ce dossier a été établi par la version { $version }, dont le fichier a pour SHA-256 { $build }.

## Signatures
dossier-signatures = Signatures
dossier-signatures-text = Les parties ont pris connaissance de ce dossier. Date, nom et signature :
dossier-sign-controller = Pour l’organisation
dossier-sign-council = Pour le comité social et économique
dossier-sign-officer = Délégué à la protection des données
