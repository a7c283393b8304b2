/** A log that is being witnessed, in a folder of its own, under a clock that moves when a test says so. */
import { verifyByPolicy } from '@matokeo/core/log/policy.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import { type Collector, type CollectorParts, collector } from '../../src/witnesses/collector.ts';
import {
	askOf,
	type ManualClock,
	manualClock,
	roster,
	type TestWitness,
	testWitness,
	trust,
	WITNESSES,
} from './witnesses.ts';
import { enrolment, keyOf, newFolder, type Opened, openIn, opening, type Spoken, say, suite } from './world.ts';

export interface Night extends Opened {
	readonly clock: ManualClock;
	readonly witnesses: readonly TestWitness[];
	readonly running: Collector;
	readonly halted: string[];
	readonly trouble: unknown[];
	/** Appends another form; the log grows. */
	readonly grow: () => void;
}

export function night(given: Partial<CollectorParts> & { readonly dir?: string } = {}): Night {
	const clock = manualClock();
	const witnesses = WITNESSES.map((name) => testWitness(name, clock));
	const dir = given.dir ?? newFolder();
	const opened = openIn(dir, { clock: clock.seconds });
	const { log } = opened;
	if (log.size() === 0) log.append([opening().bytes, enrolment().bytes]);
	const halted: string[] = [];
	const trouble: unknown[] = [];
	const running: Collector = collector({
		suite,
		trust,
		roster,
		ask: askOf(witnesses),
		cosigning: log.cosigning,
		submit: async (note) => {
			log.append([note]);
			running.grown();
		},
		clock,
		events: {
			cosigned: () => undefined,
			heard: () => undefined,
			halted: (why) => halted.push(why),
			troubled: (error) => trouble.push(error),
		},
		...given,
	});
	const grow = (): void => {
		const [answer] = log.append([another().bytes]);
		if (answer?.kind !== 'receipt') throw new Error(answer?.kind);
		running.grown();
	};
	return { ...opened, clock, witnesses, running, halted, trouble, grow };
}

let others = 0;

/** Another statement that the log takes: one more clerk. */
export function another(): Spoken {
	const name = `clerk/other/${others++}`;
	const key = base64Encode(keyOf(name).publicKey);
	const holder = name.replaceAll('/', '-');
	return say({ type: 'key/enrol', keys: [{ holder, key, name, role: 'clerk', scope: {} }] }, ...REGISTRARS.slice(0, 2));
}

export function witnessesOn(note: Uint8Array): readonly string[] {
	const verified = verifyByPolicy(suite, note, roster.policy);
	if (!verified.ok) throw new Error(verified.error);
	return verified.value.quorum.counted;
}

export function textOf(note: Uint8Array | undefined): string {
	return new TextDecoder().decode(note);
}

/** Whoever came first stands first: two files may have them in another order. */
export function linesOf(note: Uint8Array | undefined): readonly string[] {
	return textOf(note).split('\n').sort();
}

export function typesIn({ store }: Night): readonly string[] {
	return store.statements(0, store.head().size).map(({ note }) => {
		const leaf = parseLeaf(suite, note);
		return leaf.ok ? leaf.value.statement.type : 'void';
	});
}
