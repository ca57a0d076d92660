"""Verifies the DKIM signature of a mail by Debian's dkimpy: dkim_verify.py MAIL NAME RECORD, where RECORD is what the
DNS holds at NAME. Prints the signed headers, or why the signature does not hold and exits with 1."""

import sys

import dkim

path, name, record = sys.argv[1:4]
with open(path, "rb") as file:
    message = file.read()
verifier = dkim.DKIM(message)
asked = []


def lookup(question, timeout=5):
    asked.append(question.decode().rstrip("."))
    return record.encode()


try:
    good = verifier.verify(dnsfunc=lookup)
except dkim.DKIMException as problem:
    sys.exit(f"not verifiable: {problem}")
if not good or asked != [name]:
    sys.exit(f"the signature does not hold; asked the DNS for {asked}")
print(" ".join(sorted(header.decode().lower() for header, _ in verifier.signed_headers)))
