config-bad-file = Ce fichier n’est pas du TOML : { $why }.
config-unknown = Ce réglage n’existe pas. « relais serve --check » les liste tous.
config-not-text = Écrivez la valeur entre guillemets droits.
config-bad-listen = « { $value } » n’est pas une adresse d’écoute. Donnez par exemple 127.0.0.1:8080.
config-bad-proxies = « { $value } » n’est pas une liste d’adresses. Séparez les adresses par des virgules, par exemple 10.0.0.1, 10.0.0.2.
config-bad-language = « { $value } » n’est pas une langue de ce produit. Choisissez en ou fr.
config-bad-log-format = « { $value } » n’est pas un format de journal. Choisissez text ou json.
