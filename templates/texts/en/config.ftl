config-bad-file = This file is not TOML: { $why }.
config-unknown = There is no such setting. “relais serve --check” lists all of them.
config-not-text = Write the value between quotation marks.
config-bad-listen = “{ $value }” is not an address to listen at. Use one such as 127.0.0.1:8080.
config-bad-proxies = “{ $value }” is not a list of addresses. Use addresses separated by commas, such as 10.0.0.1, 10.0.0.2.
config-bad-language = “{ $value }” is not a language of this product. Use en or fr.
config-bad-log-format = “{ $value }” is not a log format. Use text or json.
