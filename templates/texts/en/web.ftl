web-error-title = That did not work
web-not-found = There is no such page, or it is not yours to read.
web-method = This address does not take that kind of request.
web-too-large = What was sent is too large. Send it in smaller parts, or import the file with “relais import”.
web-timeout = That took too long and was stopped. Nothing was changed. Try again.
web-malformed = What was sent cannot be read. Check its form and its content type, then send it again.
web-cross-site = This request came from another site and was refused. Open the page here and try again.
web-home = Back to the start
