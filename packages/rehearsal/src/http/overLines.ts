/**
 * A rehearsal over the lines of election night, to its end: played, then audited, then told. What the command prints, and whether anything ended otherwise than it should.
 */
import { grouped } from '@matokeo/core/result/describe.ts';
import { type Plan, type Played, rehearse } from '../play/rehearse.ts';
import type { Variations } from '../play/variations.ts';
import { loopbackAddresses } from './connection.ts';
import { httpLog } from './httpLog.ts';
import { ENDINGS, type Ending, type Ledger } from './ledger.ts';
import { type Lines, weatherOf } from './lines.ts';

export interface OverLines {
	readonly played: Played;
	/** Lines of text: counts by ending, then what ended otherwise. */
	readonly report: string;
	/** Nothing ended otherwise than it should. */
	readonly sound: boolean;
}

/** The server keeps its own time, and nobody moves it on. */
export async function rehearseOverLines(
	url: string,
	lines: Lines,
	plan: Omit<Plan, 'clock' | 'variations'>,
): Promise<OverLines> {
	const { suite, election } = plan;
	const weather = weatherOf(suite, lines);
	const log = httpLog(url, { suite, election, lines, addresses: loopbackAddresses(url) });
	const counted = (happens: boolean, ending: Ending): boolean => {
		if (happens) log.ledger.ended(ending);
		return happens;
	};
	try {
		const variations: Variations = {
			secondDevice: (contest, station) => counted(weather.form(contest, station).secondDevice, 'second-device'),
			wrongStation: (contest, station) => weather.form(contest, station).wrongStation,
			offlineSeconds: (contest, station) => {
				const { offlineSeconds } = weather.form(contest, station);
				counted(offlineSeconds > 0, 'offline');
				return offlineSeconds;
			},
		};
		const clock = { now: () => Math.floor(Date.now() / 1000), advance: () => undefined };
		const played = await rehearse({ ...plan, clock, variations }, log);
		await log.audit();
		const requests = `${grouped(log.requests())} requests, ${grouped(log.askedAgain())} of them asked again because the server was busy or the line broke by itself`;
		return { played, report: reportOf(log.ledger, requests), sound: log.ledger.faults().count === 0 };
	} finally {
		log.close();
	}
}

export function reportOf(ledger: Ledger, requests: string): string {
	const endings = ledger.endings();
	const names: readonly Ending[] = endingNames();
	const counted = names.flatMap((name) => {
		const count = endings.get(name) ?? 0;
		return count === 0 ? [] : [`${grouped(count).padStart(10)}  ${ENDINGS[name]}`];
	});
	const { count, first } = ledger.faults();
	const ended = count === 0 ? ['Each ended as it should.'] : [`${grouped(count)} ended OTHERWISE than they should:`];
	const more = count > first.length ? [`  … and ${grouped(count - first.length)} more`] : [];
	return [...counted, `            ${requests}`, ...ended, ...first.map((fault) => `  ${fault}`), ...more, ''].join(
		'\n',
	);
}

function endingNames(): readonly Ending[] {
	const isEnding = (name: string): name is Ending => name in ENDINGS;
	return Object.keys(ENDINGS).filter(isEnding);
}
