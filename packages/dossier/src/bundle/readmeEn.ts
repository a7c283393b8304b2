/** The README of a bundle in English. It knows words and no rules. */
import { grouped } from '@matokeo/core/result/describe.ts';
import { utc } from '@matokeo/verifier/report/date.ts';
import type { ReadmeFacts } from './readme.ts';

const MODES = {
	official: [],
	parallel: ['PARALLEL COUNT: this is not the official count of any authority.', ''],
	rehearsal: ['REHEARSAL: this is not a result of any authority. No voter decided it.', ''],
} as const;

export function english(facts: ReadmeFacts): readonly string[] {
	const { title, mode, page, verified, witnesses } = facts;
	return [
		`EVIDENCE BUNDLE: ${aboutWhat(facts)}`,
		title,
		'',
		...MODES[mode],
		'WHAT THIS IS',
		'',
		'An election was recorded in a log: a list of signed statements to which one can',
		'add, and in which nothing can be changed or taken away unseen. This file holds',
		`what the log says about one thing, ${aboutWhat(facts)}:`,
		`${grouped(facts.statements)} statements, word for word, each with a proof that it stands in the log;`,
		'the keys with which they are signed and who put those in force; and images and',
		`documents that may be shown (${grouped(facts.blobs)} here; ${grouped(facts.leftOut)} are not, bundle.json says which and why).`,
		'',
		`  Election package   ${facts.package}`,
		`  Log                ${facts.origin}`,
		`  Statements in it   ${grouped(facts.size)}`,
		`  Root               ${facts.root}`,
		`  Its clock          ${utc(facts.time)}`,
		`  Cosigned by        ${witnesses.length === 0 ? 'nobody but the log itself' : witnesses.join(', ')}`,
		'',
		...(verified
			? [
					'When this bundle was made, the whole log was read and recomputed from its first',
					'statement, and nothing in it failed. You need not believe that: see below.',
				]
			: [
					'THE WHOLE LOG DID NOT VERIFY when this bundle was made. bundle.json says what',
					'failed. It was bundled as it is, because somebody asked for that.',
				]),
		'',
		...(page === undefined
			? []
			: [
					'TO READ IT',
					'',
					`Open ${page} with a browser. Links to pages that are not`,
					'in this bundle lead nowhere. Pages are signed by nobody, and whoever made the',
					'bundle could have put anything into them. What counts is what the check below',
					'prints.',
					'',
				]),
		...howToCheck(facts),
	];
}

/** And what that cannot show. */
function howToCheck({ program, attestations }: ReadmeFacts): readonly string[] {
	return [
		'TO CHECK IT',
		'',
		'1. Unpack this file into an empty folder (on Windows one whose whole path',
		'   is short) and open a terminal there.',
		'2. Install Node, version 22 or later, from https://nodejs.org/. Nothing else is',
		'   needed, and no connection to the network.',
		'3. verify.mjs is a program, and it came with the bundle: whoever made the bundle',
		'   could have made it say or do anything. Unless you trust them, get the same',
		'   program from somebody whom you trust and who has made it from the sources, put',
		'   it into this folder as trusted.mjs, and type trusted.mjs in place of verify.mjs',
		'   below. If theirs is of the same version, both have this SHA-256:',
		'',
		`     ${program}`,
		'',
		'   (Linux: sha256sum verify.mjs. macOS: shasum -a 256 verify.mjs.',
		'   Windows: certutil -hashfile verify.mjs SHA256.)',
		'4. Run:',
		'',
		'     node verify.mjs .',
		'',
		'   It says "CONSISTENT; AUTHORITY NOT ESTABLISHED" when nothing fails: the bundle',
		'   fits together, but anybody could have made one that does.',
		'5. Find the digest of the election package where it was published before polling:',
		'   in the gazette, in a newspaper, in the record of a court. Do not take it from',
		'   here. Run, with that digest in place of DIGEST:',
		'',
		'     node verify.mjs . --anchor DIGEST',
		'',
		'   It says "VERIFIED" when nothing fails and the package is that one.',
		'6. Whoever has the whole program can also run: matokeo verify --bundle FILE',
		'',
		'It ends with 0 (nothing fails), 1 (something fails, and is named) or 2 (it could',
		'not run, and says why). A file that was changed is named.',
		'',
		'WHAT IT CANNOT SHOW',
		'',
		'- That nothing else was said of this. A bundle holds a part of the log. That there',
		'  is no other statement, such as a later ruling, only the whole log shows:',
		'    node verify.mjs FOLDER --against checkpoint',
		'  with FOLDER a copy of the whole published log, and the checkpoint of this bundle.',
		'- Who holds a key. A signature shows that a key was used, not by whom.',
		'- That the paper is genuine. Images show paper: compare them with the paper itself',
		'  and with the copies that agents and observers kept.',
		'- That the times are right beyond what the witnesses vouch for.',
		...(attestations > 0
			? [
					'- That what a person attests here is true. The key is the one that signed the',
					'  captures; name, device and circumstances are that person’s own word.',
				]
			: []),
		'',
		'Differences between documents need explanation. They have many harmless causes:',
		'a slip of the pen, a bad photograph, a form that was filled in twice.',
	];
}

function aboutWhat({ subject }: ReadmeFacts): string {
	switch (subject.kind) {
		case 'station':
			return `polling station ${subject.station}${subject.contest === undefined ? '' : `, contest ${subject.contest}`}`;
		case 'area':
			return `area ${subject.area}, contest ${subject.contest}`;
		case 'objection':
			return `objection ${subject.objection.slice(0, 16)}…`;
		case 'declaration':
			return `declaration ${subject.declaration.slice(0, 16)}…`;
	}
}
