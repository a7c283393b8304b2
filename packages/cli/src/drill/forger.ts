/** The operator of the split view: with an officer's rehearsal key, which is secret to nobody, it says of one polling station what its officer never said. */
import type { Election } from '@matokeo/core/election/types.ts';
import { printLeaf, printText } from '@matokeo/core/record/leaf.ts';
import type { FormCapture } from '@matokeo/core/record/statement.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import type { FormFigures } from '@matokeo/rehearsal/play/tables.ts';

export interface Forger {
	/** Sends the false statement to a server; throws when it is not taken. */
	readonly sayTo: (url: string) => Promise<void>;
}

/** `reported` is a form that neither log has yet: fifty votes of its first candidate are given to the second, or as many as there are. */
export function forger(suite: Suite, election: Election, { contest, station, figures }: FormFigures): Forger {
	const fields = election.contests.get(contest)?.fields ?? [];
	const [from = 0, to = 0] = fields.flatMap(({ candidate }, place) => (candidate ? [place] : []));
	const most = figures[from];
	const moved = typeof most === 'number' ? Math.min(50, most) : 0;
	const forged = figures.map((figure, place) => {
		if (typeof figure !== 'number' || (place !== from && place !== to)) return figure;
		return place === from ? figure - moved : figure + moved;
	});
	const image = utf8Encode(`no image of the form of ${station}`);
	const by = [`presiding/${station}`];
	const statement: FormCapture = {
		type: 'form/capture',
		by,
		contest,
		figures: Object.fromEntries(fields.map(({ id }, place) => [id, forged[place] ?? 'blank'])),
		images: [{ kind: 'facsimile', sha256: suite.sha256Hex(image), size: image.length }],
		kind: 'original',
		poll: 1,
		route: 'own-kit',
		station,
	};
	const text = printText(election.id, election.digest, statement);
	const signatures = by.map((name) => {
		const key = rehearsalKey(suite, election.id, name);
		return { name, keyId: key.keyId, signature: key.sign(text) };
	});
	const note = utf8Decode(printLeaf(text, signatures)) ?? '';
	return {
		sayTo: async (url) => {
			const response = await fetch(`${url}/api/v1/statements`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ notes: [note] }),
			});
			const answer = await response.text();
			if (!/"kind":"receipt"/.test(answer)) throw new Error(`the second log did not take it: ${answer.slice(0, 500)}`);
		},
	};
}
