web-error-title = That did not work
web-not-found = There is no such page, or it is not yours to read.
web-method = This address does not take that kind of request.
web-too-large = What was sent is too large. Send it in smaller parts, or import the file with “relais import”.
web-too-often = { $seconds ->
    [one] Too many requests came from your network. Wait { $seconds } second, then try again.
   *[other] Too many requests came from your network. Wait { $seconds } seconds, then try again.
 }
web-too-often-sent = { $seconds ->
    [one] Too many pages were sent at once, and this one was not saved. Wait { $seconds } second, go back and send it again: what you typed is still there.
   *[other] Too many pages were sent at once, and this one was not saved. Wait { $seconds } seconds, go back and send it again: what you typed is still there.
 }
web-timeout = That took too long and was stopped. Nothing was changed. Try again.
web-malformed = What was sent cannot be read. Check its form and its content type, then send it again.
web-cross-site = This request came from another site and was refused. Open the page here and try again.
web-home = Back to the start
web-trouble-title = This page is not available
web-trouble = The fault is on our side. The pages that you have sent before are saved; this one is not. Go back and send it again in a moment.
