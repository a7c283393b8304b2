/**
 * What becomes of returns after the forms are in: a further document about one is captured and read as a form is, its figures take the place of the first or change nothing, a quarantine
 * ends. What is decided about which return is in the tables that a rehearsal is played from; every figure comes from a document, none from a ruling.
 */
import type { Decision, StatementId } from '@matokeo/core/record/statement.ts';
import { rulingsOn } from './ruling.ts';
import type { Spoken } from './speaking.ts';
import { type Arriving, returnName, type Stage } from './stage.ts';
import { captureAndRead, type Lying, type WaveTally } from './wave.ts';

export interface Resolving {
	readonly contest: string;
	readonly station: string;
	/** With the number of its sheet. Absent: the form that is there already is decided upon. */
	readonly document?: Arriving;
	/** Whether the document's figures take the place of those of the form. */
	readonly replaces: boolean;
	/** Whether the return is in quarantine and leaves it. */
	readonly release: boolean;
}

/** `images` are those of the documents, in their order. The stage must have kept the last statement on each return. */
export async function playResolutions(
	stage: Stage,
	resolving: readonly Resolving[],
	images: readonly Uint8Array[],
): Promise<WaveTally> {
	const documents = resolving.flatMap(({ document }) => (document === undefined ? [] : [document]));
	const { lying, tally } = await captureAndRead(stage, documents, images);
	const read = new Map(lying.map((one) => [returnName(one.form.paper), one]));
	const rulings = resolving.flatMap((one) => {
		const about = read.get(returnName(one));
		const said = rulingsOn(stage, one, lastOn(stage, one, about), decisionsOn(one, about));
		stage.last?.set(returnName(one), said.at(-1)?.id ?? lastOn(stage, one, about));
		return said;
	});
	await stage.log.append(rulings.map(({ bytes }: Spoken) => bytes));
	return { ...tally, rulings: rulings.length };
}

function lastOn({ last }: Stage, one: Resolving, about: Lying | undefined): StatementId {
	const id = about?.last ?? last?.get(returnName(one));
	if (id === undefined)
		throw new Error(`nothing is known of ${one.contest} at ${one.station}: play its form on a stage that remembers`);
	return id;
}

function decisionsOn({ document, replaces, release }: Resolving, about: Lying | undefined): readonly Decision[] {
	const decisions: Decision[] = [];
	if (replaces) {
		const reading = about?.reads.find(({ right }) => right)?.spoken.id;
		if (reading === undefined)
			throw new Error(`no clerk has read ${document?.paper.station ?? 'the document'}: figures come from a document`);
		decisions.push({ kind: 'accept-reading', reading });
	}
	if (release) decisions.push({ kind: 'release' });
	return decisions;
}
