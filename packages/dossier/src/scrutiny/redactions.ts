/**
 * What is left out of a pack, by a listed rule (Y13): of which file, what, why, and which rule says so. Nothing is taken out of a file after it was made; each file is made of named members, and these are never among them. A test plants secrets in a
 * folder and looks for them in the whole pack.
 */
interface Redaction {
	readonly where: string;
	readonly what: string;
	readonly why: string;
	readonly rule: string;
}

const REDACTIONS: readonly Redaction[] = [
	{
		where: 'books/*/source.secret',
		what: 'the secret of a period under which addresses are pseudonyms',
		why: 'with it anybody could test whether a certain address was there',
		rule: 'Y5',
	},
	{
		where: 'books/*/requests.jsonl',
		what: 'addresses, tokens, paths, queries and bodies of requests',
		why: 'they were never written down; what is there is byte for byte what the log has the digest of',
		rule: 'Y5',
	},
	{
		where: 'configuration/*.json',
		what: 'key files, passphrases and where they lie',
		why: 'they are no settings and were never written down',
		rule: 'Y4',
	},
	{
		where: 'matokeo.sqlite',
		what: 'the database itself',
		why: 'everything in it follows from the log, and audit/fsck.txt says where it does not; but for openings that clerks have handed in and that are not opened yet, which nobody may see',
		rule: 'D1, D17',
	},
	{
		where: 'blob/',
		what: 'images and texts that are sealed or withheld; without --images also those that are public',
		why: 'their digests, sizes and states are in forms/images.csv; what is sealed is for a court to ask of whoever keeps it',
		rule: 'D16, P7',
	},
	{
		where: 'upload/, tmp/',
		what: 'uploads that are not finished',
		why: 'nothing of them was taken in',
		rule: 'A8',
	},
	{
		where: 'accounts/*, devices/*, actions/*',
		what: 'names, addresses and numbers of people',
		why: 'the log has pseudonyms; the authority knows whose they are',
		rule: 'S4',
	},
];

export function redactionsText(): string {
	const lines = REDACTIONS.map(
		({ where, what, why, rule }) => `${where}\n  left out:  ${what}\n  because:   ${why}\n  rule:      ${rule}\n`,
	);
	return `What is not in this pack, and by which rule of spec/ (Y13). Nothing else was left out.\n\n${lines.join('\n')}`;
}
