/** What a pack leaves to be believed (Y12): the parts that it lacks, what was not compared, and what only the machine says of itself. Parts are known here so that one that was left out is missed, whatever the pack says of itself. */
import type { PackManifest } from './manifest.ts';

/** Part → what nobody can see without it. */
const PARTS: readonly (readonly [string, string])[] = [
	['accounts', 'who may do what, and with which keys'],
	['devices', 'which kit sent which form'],
	['actions', 'privileged actions'],
	['forms', 'forms and their states'],
	['configuration', 'with what settings the server ran'],
	['build', 'of what the program was made'],
	['topology', 'keys, witnesses, addresses and what was attested of them'],
	['books', 'what came over the network, and what was done on the machine'],
	['audit', 'the database compared with the log'],
];

/** Made of what the machine has beside the log: nobody outside can make them again. */
const OWN_WORD = ['configuration', 'build', 'topology', 'audit'];

/** `remade`: whether the tables were made again and compared; `beside`: what lies in the same folder, in words. */
export function notShown(
	{ parts }: PackManifest,
	{ remade, beside }: { readonly remade: boolean; readonly beside: string | undefined },
): readonly string[] {
	const sentences: string[] = [];
	const hasLog = parts.includes('log');
	if (!hasLog) sentences.push('The pack was made without the log: nothing in it was held against the log.');
	for (const [part, what] of PARTS)
		if (!parts.includes(part)) sentences.push(`The pack was made without the part "${part}": ${what}. Ask for it.`);
	if (hasLog && !remade)
		sentences.push(
			'That the tables say what the log says: they were not made again here. With the program itself, "matokeo verify --pack" does that.',
		);
	else if (hasLog && parts.includes('books'))
		sentences.push(
			'That actions/operations.csv, actions/refusals-by-rule.csv and books/digests.csv say what the books say: read the books themselves, which were compared with the log.',
		);
	const own = OWN_WORD.filter((part) => parts.includes(part));
	if (own.length > 0)
		sentences.push(
			`That ${own.join(', ')} are as the machine has them: they are its own word, or that of whoever made the pack. What was attested of them beforehand is in topology/attestations.csv.`,
		);
	if (beside !== undefined) sentences.push(beside);
	return sentences;
}
