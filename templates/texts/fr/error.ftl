error-io = { $what } : { $why }
error-internal = Une erreur s’est produite de notre côté. Rien n’a été modifié. Le journal technique en donne la cause.
error-line = ligne { $line }
error-database = La base de données a refusé l’opération. Rien n’a été modifié. Le journal technique en donne la cause.
error-database-locked = Un autre programme occupe la base de données. Rien n’a été modifié. Attendez qu’il ait fini, puis recommencez.
error-database-full = Le disque de la base de données est plein. Rien n’a été modifié. Libérez de la place, puis recommencez.
error-database-read-only = La base de données est en lecture seule. Rien n’a été modifié. Rendez le dossier des données accessible en écriture, puis recommencez.
error-database-away = La base de données ne répond pas. Rien n’a été modifié. Vérifiez qu’elle fonctionne et que l’adresse est juste, puis recommencez.
