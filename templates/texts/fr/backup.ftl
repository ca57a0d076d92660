# Sauvegardes.
backup-made = La sauvegarde est écrite dans { $file } ({ $bytes } Kio).
backup-keep = Elle contient la base et ses clés : qui la détient a tout. Gardez-la là où peu de gens vont.
backup-keep-secret-too = Elle contient la base. Le secret vient de l’environnement (RELAIS_SECRET) et n’y est pas : gardez-le aussi, ailleurs.
backup-restored = La sauvegarde du { $at } est restaurée.
backup-needs-secret = Le secret n’était pas dans la sauvegarde : redonnez à RELAIS_SECRET sa valeur avant de servir.
backup-file-there = { $file } existe déjà. Choisissez un autre nom ; une sauvegarde n’en écrase jamais une autre.
backup-not-empty = Il y a déjà quelque chose : { $file }. Restaurez dans un dossier de données vide et une base vide, pour que rien ne se perde.
backup-not-ours = { $file } n’est pas une sauvegarde de Relais.
backup-damaged = { $file } est abîmé : son contenu n’est pas celui qu’il annonce. Rien n’a été restauré ; prenez une autre copie.
backup-other-database = La sauvegarde vient de l’autre sorte de base (SQLite ou PostgreSQL). Donnez à database_url la sorte dont elle vient.
backup-unknown-database = L’adresse de la base est illisible. Corrigez database_url.
backup-no-program = « { $program } » est introuvable. Installez les programmes clients de PostgreSQL (Debian : postgresql-client), puis réessayez.
backup-program-failed = « { $program } » a échoué : { $why }
help-relais-backup = Écrire la base et les clés dans un seul fichier, même pendant le service
help-relais-backup-file = Le fichier à écrire ; s’il existe, il reste tel quel
help-relais-restore = Lire une sauvegarde dans un dossier de données vide et une base vide
help-relais-restore-file = La sauvegarde
