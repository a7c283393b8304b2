/** What was played, in a few lines. */
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import type { Played } from '@matokeo/rehearsal/play/rehearse.ts';
import type { Proceeded } from '@matokeo/rehearsal/proceed/proceed.ts';
import { duration } from '../progress.ts';

function proceededLines(did: Proceeded): readonly string[] {
	if (did.marks + did.objections + did.notices + did.orders + did.originals + did.counts === 0) return [];
	return [
		`  ${plural(did.originals, 'original', 'originals')} seen, ${plural(did.objections, 'objection', 'objections')} with ${plural(did.answers, 'answer', 'answers')}, ${plural(did.notices, 'notice', 'notices')}`,
		`  ${plural(did.marks, 'mark', 'marks')} in ${duration(did.markMs)}, ${plural(did.certificates, 'certificate', 'certificates')} in ${duration(did.certifyMs)}, ${plural(did.declarations, 'declaration', 'declarations')}, ${plural(did.dissents, 'dissent', 'dissents')}, ${plural(did.orders, 'order', 'orders')}`,
		...(did.counts === 0 ? [] : [`  ${plural(did.counts, 'count of others', 'counts of others')} lodged beside it`]),
	];
}

export function storyOf(played: Played, where: string, milliseconds: number): string {
	const { forms, keys, enrolments, captures, withoutFigures, imageBytes, readings, thirdReadings, rulings } = played;
	const images =
		imageBytes < 1e6 ? `${grouped(Math.ceil(imageBytes / 1e3))} kB` : `${grouped(Math.round(imageBytes / 1e6))} MB`;
	return [
		`Played ${plural(forms, 'form', 'forms')} in ${duration(milliseconds)} ${where}:`,
		`  ${plural(keys, 'key', 'keys')} enrolled in ${plural(enrolments, 'statement', 'statements')}`,
		`  ${plural(captures, 'form', 'forms')} captured, ${grouped(withoutFigures)} of them on paper without typed figures; ${images} of facsimiles`,
		`  ${plural(readings, 'blind reading', 'blind readings')}, ${plural(thirdReadings, 'form', 'forms')} read a third time, ${plural(rulings, 'ruling', 'rulings')}`,
		...proceededLines(played.proceeded),
		'',
	].join('\n');
}
