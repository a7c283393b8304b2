/**
 * A back-dated clock as evidence (V77): the log itself has said that witnesses cosigned a checkpoint at some time, and an entry that this checkpoint leaves out claims an earlier one. Both are
 * the log's own statements; the time is the witnesses' word.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../check/limits.ts';
import { utc } from '../report/date.ts';
import type { Accused, Misbehaviour } from './file.ts';
import type { Judged, ProvenEntry } from './judge.ts';

export function judgeBackdated(
	suite: Suite,
	accused: Accused,
	{ witnesses }: Extract<Misbehaviour, { readonly kind: 'backdated' }>,
	tick: ProvenEntry,
	witnessed: ProvenEntry,
): Judged {
	const common = { notes: [tick.note, witnessed.note], proof: [...tick.hashes, ...witnessed.hashes] };
	const nothing = (why: string): Judged => ({
		...common,
		strength: 'nothing',
		what: `This file shows nothing: ${why}.`,
		shown: [],
		trusted: [],
	});
	const ticked = parseLeaf(suite, tick.leaf);
	const said = parseLeaf(suite, witnessed.leaf);
	if (!ticked.ok || ticked.value.statement.type !== 'clock/tick') return nothing('its tick is no tick of the clock');
	if (!said.ok || said.value.statement.type !== 'log/witnessed') return nothing('its other entry is no log/witnessed');
	const { time } = ticked.value.statement;
	const { origin, keys } = accused;
	const bytes = utf8Encode(said.value.statement.checkpoint);
	const seen = verifyCheckpoint(suite, bytes, { origin, logKeys: keys, witnessKeys: witnesses });
	if (!seen.ok) return nothing(`the checkpoint that was witnessed: ${seen.error}`);
	const { size } = seen.value.checkpoint;
	const times = seen.value.witnesses.map(({ seconds }) => seconds);
	if (times.length < witnesses.length) return nothing('not all of its witnesses have cosigned the checkpoint');
	if (tick.index < size) return nothing(`the tick at index ${tick.index} is covered by the checkpoint of size ${size}`);
	const earliest = Math.min(...times);
	if (time + CLOCK_TOLERANCE_SECONDS >= earliest)
		return nothing(`the tick claims ${utc(time)}, and that is not well before ${utc(earliest)}`);
	const names = witnesses.map(({ name }) => name).join(', ');
	return {
		...common,
		strength: 'proved',
		what: `The log ${origin} has dated an entry ${utc(time)}, and it was not there at ${utc(earliest)}: the log’s clock was set back or stood still.`,
		shown: [
			`The log has signed for a tick at index ${tick.index} that says ${utc(time)}.`,
			`The log has signed for its own statement that ${names} cosigned the first ${size} statements, none before ${utc(earliest)}. The tick is not among them.`,
		],
		trusted: [
			`The time of the cosignatures: it is the word of ${names}, whose keys are ${witnesses.map(printVerifierKey).join(' and ')}: compare with the witnesses of the election package.`,
		],
	};
}
