/**
 * `README.txt` of a pack (Y14): for a court's expert who has only this and a computer. What each file is; what one can check without believing anybody; which question of the orders that courts have made is answered where, and which only a person can
 * answer. It holds no figure that is not in the pack.
 */
import type { PackManifest } from '@matokeo/verifier/pack/manifest.ts';

type Told = Pick<PackManifest, 'election' | 'log' | 'program' | 'parts'>;

export function readmeText({ election, log, program, parts }: Told): string {
	const when = log.time === 0 ? 'not said' : `${new Date(log.time * 1000).toISOString().slice(0, 19)}Z`;
	const head = [
		`SCRUTINY PACK of the election "${election.id}"${election.mode === 'official' ? '' : ` (${election.mode.toUpperCase()})`}`,
		'',
		`election package   ${election.package}`,
		`log                ${log.origin}, size ${log.size}, root ${log.root}`,
		`log's own time     ${when}`,
		`made by            Matokeo ${program.version}, program ${program.digest}`,
		`parts              ${parts.join(', ')}`,
	];
	return `${head.join('\n')}\n${WHAT}${CHECKS}${FILES}${QUESTIONS}${LIMITS}`;
}

const WHAT = `
This pack holds everything that the server's folder can show of this election without a password and without the machine: who may do what, who did
what, on what program and with what settings, which forms came in when and how they stand, and the public log from which all of it follows. It was
made by reading; nothing in it was typed. What is left out, and by which rule, is in redactions.txt.

Times are UTC, once as text and once as seconds since 1970; the first statement, which opens the log before its first tick, has none. Names of keys and holders are pseudonyms: the authority knows whose they are.
`;

const CHECKS = `
WHAT YOU CAN CHECK YOURSELF

1. That no file was changed since the pack was made, on any Linux or Mac:
       sha256sum -c SHA256SUMS            (Mac: shasum -a 256 -c SHA256SUMS)
   The digest of SHA256SUMS itself stands for the whole pack. Ask whoever handed it over to put that digest into their statement.
2. That the log is whole, every signature and every total, and that the server's books are the ones whose digests the log has: with Node 22 or
   later (nodejs.org) and nothing else, without a network, in the folder into which you unpacked this,
       node verify.mjs . --anchor DIGEST
   DIGEST is the digest of the election package as it was published before polling: take it from there and not from this file.
   verify.mjs is a program, and whoever made this pack could have made it say or do anything. Unless you trust them, get the same program from
   somebody whom you trust and who has made it from the sources, put it into this folder as trusted.mjs and run that. If it is of the same version,
   its SHA-256 is the one that SHA256SUMS has for verify.mjs. (Windows: certutil -hashfile verify.mjs SHA256.)
   "consistent" instead of "verified" means that you gave none.
   It names a changed or missing book by its day, a file that was altered, a file too many.
3. The same, and that every table here is what the log gives, so that nobody has altered one together with its digest: with the program itself
   (its sources are public), for the zip or the folder into which it was unpacked,
       matokeo verify --pack FILE --anchor DIGEST
4. That this log is the one that others have seen: compare "size" and "root" above with the checkpoint that a witness, a party, an observer or a
   mirror kept, or ask  node verify.mjs log --anchor DIGEST --against FILE. One root at one size means one and the same list of statements.
`;

const FILES = `
WHAT IS IN IT

accounts/accounts.csv       every key that could ever speak: office, pseudonym of the holder, where it may, who enrolled it and when, whether and
                            by whom it was revoked, what it has signed, when last (accounts.json: the same for programs)
accounts/by-role.csv        how many of each office
accounts/keys.csv           the register of public keys, also of revoked ones
devices/kits.csv            keys of presiding and receiving officers: allocated station, forms by route, first and last form
devices/other-route.csv     every form that came otherwise than from its own station's kit (a recorded and normal event)
actions/actions.csv         every privileged action in the order of the log: rulings, statuses, amendments, enrolments, revocations, withholding,
                            marks, certificates, declarations, notices, orders; by whom, about what, after having seen what (actions.json)
actions/pauses.csv          pauses, their ends, emergency changes
actions/operations.csv      what was done on the machine: starts, stops, crashes, changed settings, repairs, audits, packs like this one
actions/refusals-by-rule.csv   how many statements and requests were refused, by period and rule (spec/ says what each rule is)
books/PERIOD/               the server's own books, byte for byte: requests.jsonl (what came over the network), operations.jsonl
books/digests.csv           for each of them the digest that the log has, by whose statement, and whether what lies here fits
books/check.txt             the same in words
configuration/              every configuration that was in force, whole; in-force.csv says when. "default": true where nobody set another value
build/                      program.sha256: every file of the program; dependencies.csv: what others made, version, licence, integrity digest;
                            build.json: the program and Node that made this pack; starts.csv: what each start of the server said it was
topology/topology.json      the log's keys, the witnesses, whose cosignatures count, the addresses that were configured
topology/attestations.csv   what was attested about builds, configuration, accounts and topology: digests of documents, by whom and when
forms/manifest.csv          every sheet that was ever captured: route, serial, time, signer, images, readings, agents, attributes, state now
forms/images.csv            every image by SHA-256, with size, kind and whether it is held, public, sealed or withheld
forms/originals.csv         every paper original that was seen: custody, seal, attributes, what differs, whether it came late
audit/fsck.txt, fsck.json   the database compared with the log, row by row, when this pack was made
log/                        the public log itself: checkpoint, statements, election package, published results
verify.mjs                  the verifier as one file, for step 2
redactions.txt              what is not here and why
README.txt                  this
pack.json, SHA256SUMS       every file with its digest
`;

const QUESTIONS = `
WHICH QUESTION IS ANSWERED WHERE

Courts have asked for the following. Where no program can know the answer, the last column says who must give it; whoever did so in advance has
signed the digest of the document in a notice of kind "attestation" (topology/attestations.csv), so that a document shown now can be tested.

  number of servers, where they stand      operator's topology document       topology_sha256
  firewalls and their rules                operator's topology document       topology_sha256
  operating systems and their versions     operator's builds document         builds_sha256   (Node: build/build.json)
  password policy                          there are no passwords of accounts: who acts signs with a key (accounts/); passwords of the
                                           machine's own administrators: operator's accounts document, accounts_sha256
  user types and how many                  accounts/by-role.csv, accounts/accounts.csv
  who had administrator rights, when       on the log: accounts/, actions/. On the machine: operator's accounts document, accounts_sha256
  redundancy and backups                   operator's topology document       topology_sha256   (witnesses: topology/topology.json)
  penetration tests and certificates       whoever commissioned them          no digest here unless an attestation names one
  configuration in force                   configuration/
  access logs, failed and successful       books/PERIOD/requests.jsonl, actions/refusals-by-rule.csv
  log-ins, deletions                       sign-ins are requests of the route /api/v1/sign-in. Nothing can be deleted from the log; a row that
                                           is not what the log says is in audit/fsck.txt
  where kits were on the day               whoever issued and transported them; the log has the allocated station only (devices/kits.csv)
  which kit was allocated to which station devices/kits.csv
  agreements with partners and vendors     the authority
  all forms and their scans                forms/; the images by digest, or in log/blob/ if the pack was made with --images
  changes of the program after freezing    actions/pauses.csv (emergency changes), build/starts.csv
`;

const LIMITS = `
WHAT IT CANNOT SHOW

- A book is safe against change from the moment its digest is in the log, at the latest a day after. Of the lines after the last digest the log
  says nothing yet; operations are a chain all the same, so that a line taken out of their middle shows.
- What was done on the machine past these programs (a file edited by hand, the clock set, a disk copied) is in no book. What such an act can change is
  shown otherwise: the log by its root, the database by audit/fsck.txt, a book by its digest.
- build/ lists the program that made this pack. That the server ran the same one is its own word (build/starts.csv) and that of the attestation.
- One source in the books (the same pseudonym) is one address, not one person; many people may stand behind one, and one person behind many.
`;
