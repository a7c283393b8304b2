/** M12: a mirror that keeps the images of some areas keeps the texts and documents of filings all the same. */
import { contextOf } from '@matokeo/core/rules/context.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { counted } from '@matokeo/verifier/testing/lawfulLog.ts';
import { formImage, PARTY_SUN } from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { suite } from '@matokeo/verifier/testing/smallLog.ts';
import { describe, expect, it } from 'vitest';
import { areaImages } from '../../src/mirror/areaImages.ts';

describe('images of named areas', () => {
	it('M12 forms of other areas are left, what filings name is kept', () => {
		const log = counted();
		const text = suite.sha256Hex(utf8Encode('a text'));
		log.say(
			{ type: 'objection/lodge', contest: 'president', ground: 'petition', target: { kind: 'contest' }, text },
			PARTY_SUN,
		);
		const table = suite.sha256Hex(utf8Encode('station,alba\n001,1\n'));
		log.say({ type: 'count/lodge', at: 0, contest: 'president', obtained: 'forms', rows: 1, table, text }, PARTY_SUN);
		const images = areaImages({ kind: 'areas', areas: ['south'] });
		const context = contextOf(suite, log.of.election);
		for (const [index, { tag }] of log.notes.entries()) {
			const station = /"station":"([0-9]{3})"/.exec(Buffer.from(log.notes[index]?.bytes ?? []).toString())?.[1] ?? '';
			if (tag === 'form/capture' || tag === 'objection/lodge' || tag === 'count/lodge')
				images.observe({ contest: 'president', station, poll: 1, type: tag, index, time: 0 }, context, log.rows);
		}
		expect([images.wants(text), images.wants(table)]).toEqual([undefined, undefined]);
		images.settle(context, (index) => log.notes[index]?.bytes);
		const wanted = ['001', '006', '008'].map((station) => images.wants(suite.sha256Hex(formImage(station))));
		expect([images.wants(text), images.wants(table), ...wanted]).toEqual([true, true, false, true, true]);
	});
});
