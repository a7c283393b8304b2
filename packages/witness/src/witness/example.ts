/** A configuration to begin with, as `matokeo witness --example` prints it. A test reads it with the parser. */
export const EXAMPLE = `# The configuration of a witness. Everything after the first word of a line belongs to it; lines that begin with # say nothing.
# Check it with: matokeo witness FILE --check

# The name of the key. Make one with: matokeo key new court.example/witness --witness --out witness.key
name       court.example/witness

# Who runs it and whom to ask. Both stand on its page.
run-by     Supreme Court, registry of elections
contact    elections@court.example

# The key file (encrypted), and the folder for what must never be forgotten. From this file's folder on, or whole paths.
key        witness.key
state      state

# Where it listens. Keep it on this machine and put a web server with TLS in front; that one is then to be trusted for addresses.
listen     127.0.0.1:8710
trust-proxy  127.0.0.1

# Where logs reach it: this is what you tell them. Their requests go to <address>/add-checkpoint.
address    https://witness.court.example

# The logs that it cosigns for, one to a line: copy the line from the file witnesses.policy of the election package.
# Compare the key with what was printed on paper before polling day, letter by letter: a witness of the wrong log is none.
log        election.example/2027+feac4949+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs https://results.election.example
# Or name the package itself, with the digest that was printed: then evidence can be checked against that digest, and the log's spare key is known too.
#package   election 64-digits-of-the-digest
# Without a package, the spare key of a log has a line of its own: spare <origin> <key>
`;
