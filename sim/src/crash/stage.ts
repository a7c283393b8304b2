/**
 * The script of the crash tests: eight stations, several forms each, every one held, captured, announced, read by two clerks and opened.
 */
import type { Figures } from '@matokeo/core/record/statement.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import {
	capture,
	enrolment,
	imageOf,
	keyOf,
	opening,
	packageFiles,
	presidential,
	reading,
	STATIONS,
	say,
	signer,
} from '@matokeo/server/testing/world.ts';
import type { Script, Step } from './script.ts';

const FORMS_PER_STEP = 4;
/** Captures of the other contest in one batch, so that the log soon fills its first tile. */
const CROWD = 120;

/** At most 32 rounds: the rules let one person capture a form so often. Each round has clerks of its own, since a clerk touches a form once. */
export function script(rounds: number): Script {
	const steps: Step[] = [
		append([opening().bytes]),
		append([enrolment().bytes, clerks(rounds)]),
		append(Array.from({ length: CROWD }, (_, n) => copy(n))),
	];
	for (let n = 0; n < rounds * STATIONS.length; n += FORMS_PER_STEP) {
		const round = Math.floor(n / STATIONS.length);
		const forms = Array.from({ length: FORMS_PER_STEP }, (_, i) => form(n + i));
		const reads = forms.flatMap(({ id, figures }) => clerksOf(round).map((clerk) => reading(id, clerk, figures)));
		steps.push(
			{ do: 'hold', blobs: forms.map(({ image }) => base64Encode(image)) },
			append(forms.map(({ bytes }) => bytes)),
			{ do: 'announce' },
			append(reads.map(({ bytes }) => bytes)),
			{ do: 'deliver', openings: reads.map(({ id, transcription }) => ({ reading: id, transcription })) },
			{ do: 'open' },
		);
		if (n % 8 === 0) steps.push({ do: 'results' });
	}
	const { name, keyId, seed, publicKey } = keyOf(signer.name);
	const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const files = Object.fromEntries([...packageFiles].map(([path, bytes]) => [path, base64Encode(bytes)]));
	return { package: files, logKey: { name, keyId, d: url(seed), x: url(publicKey) }, steps };
}

function clerksOf(round: number): readonly string[] {
	return [`clerk/${round}/a`, `clerk/${round}/b`];
}

function clerks(rounds: number): Uint8Array {
	const names = Array.from({ length: rounds }, (_, round) => clerksOf(round)).flat();
	const keys = names.map((name) => ({
		holder: `holder-of-${name.replaceAll('/', '-')}`,
		key: base64Encode(keyOf(name).publicKey),
		name,
		role: 'clerk' as const,
		scope: {},
	}));
	return say({ type: 'key/enrol', keys }, REGISTRARS[0], REGISTRARS[1]).bytes;
}

function form(n: number): { id: string; bytes: Uint8Array; image: Uint8Array; figures: Figures } {
	const station = STATIONS[n % STATIONS.length] ?? '';
	const image = imageOf(`${n}`);
	const figures = presidential(n + 1, 20, 10, 5);
	return { ...capture(station, image, figures), image, figures };
}

/** A form of the other contest, which the first five stations vote in. */
function copy(n: number): Uint8Array {
	const station = STATIONS[n % 5] ?? '';
	return capture(station, imageOf(`council ${n}`), undefined, { contest: 'council' }).bytes;
}

function append(notes: readonly Uint8Array[]): Step {
	return { do: 'append', notes: notes.map(base64Encode) };
}
