/** The words after `node verify.mjs` (B50), read strictly: what is not understood is said, never passed over. */
export interface StandaloneAsked {
	readonly kind: 'asked';
	/** A folder or a zip; '.' where only evidence is asked about. */
	readonly what: string;
	readonly anchor?: string;
	readonly against?: string;
	readonly evidence?: string;
	readonly json: boolean;
}

export type StandaloneWords =
	| StandaloneAsked
	| { readonly kind: 'help'; readonly text: string }
	| { readonly kind: 'wrong'; readonly why: string };

const HELP = `Verifies what an election log has published. Needs Node 22 or later, and nothing else.

  node verify.mjs BUNDLE.zip     an evidence bundle, or the folder into which it was unpacked
  node verify.mjs PACK           the folder into which a scrutiny pack was unpacked
  node verify.mjs FOLDER         the whole published folder of a log, or a copy of it
  node verify.mjs --evidence F   what a file of evidence proves

  --anchor DIGEST   the digest of the election package that was printed, gazetted or broadcast
                    before polling. Without it nobody can know whose election this is.
  --against FILE    with a folder: a checkpoint or a receipt that you kept
  --json            the report as JSON
  --help            this text

It ends with 0 (nothing fails), 1 (something fails, and is named) or 2 (it could not run, and says why).
It opens no connection and runs nothing of what it looks at; it writes nothing but, of a scrutiny pack,
temporary files.
`;

const OPTIONS = ['anchor', 'against', 'evidence'] as const;

export function asked(words: readonly string[]): StandaloneWords {
	if (words.length === 0 || words.includes('--help') || words.includes('-h')) return { kind: 'help', text: HELP };
	const options = new Map<string, string>();
	const plain: string[] = [];
	let json = false;
	for (let at = 0; at < words.length; at++) {
		const word = words[at] ?? '';
		const name = OPTIONS.find((one) => word === `--${one}`);
		if (word === '--json') json = true;
		else if (name !== undefined) {
			const value = words[++at];
			if (value === undefined || options.has(name)) return wrong(`${word} needs one value after it, and stands once.`);
			options.set(name, value);
		} else if (word.startsWith('-')) return wrong(`${word} is no option of this program.`);
		else plain.push(word);
	}
	const [anchor, against, evidence] = OPTIONS.map((name) => options.get(name));
	if (anchor !== undefined && !/^[0-9a-f]{64}$/.test(anchor))
		return wrong('The anchor is 64 digits, 0–9 and a–f in small letters, as it was printed before polling.');
	const [what = '.'] = plain;
	if (evidence === undefined ? plain.length !== 1 : plain.length > 0 || against !== undefined)
		return wrong('Name one thing to verify: a bundle, a folder, or with --evidence a file of evidence.');
	return {
		kind: 'asked',
		what,
		json,
		...(anchor === undefined ? {} : { anchor }),
		...(against === undefined ? {} : { against }),
		...(evidence === undefined ? {} : { evidence }),
	};
}

function wrong(why: string): StandaloneWords {
	return { kind: 'wrong', why: `${why} node verify.mjs --help says what there is.` };
}
