/** `matokeo gate URL`: what stands between a contest in an area and its certificate or declaration. Answers 0 when one of them can be signed, 1 when none can, 2 when it could not ask. */
import { getJson, type Server } from '../acts/asking.ts';
import { gateInWords } from '../acts/gateWords.ts';
import { at, listAt } from '../acts/json.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface GateOptions {
	readonly contest: string;
	/** Absent: the whole contest. */
	readonly area?: string;
	readonly json?: boolean;
}

export async function runGate(server: Server, out: Output, { contest, area, json }: GateOptions): Promise<number> {
	const gate = await getJson(server, gatePath(contest, area));
	if (!gate.ok) {
		out.stderr(`${gate.error}\n`);
		return COULD_NOT_RUN;
	}
	out.stdout(json === true ? `${JSON.stringify(gate.value, undefined, '\t')}\n` : gateInWords(gate.value));
	return listAt(gate.value, 'gates').some((one) => at(one, 'ready') === true) ? 0 : 1;
}

export function gatePath(contest: string, area: string | undefined): string {
	const inPath = (id: string): string => encodeURIComponent(id.replaceAll('/', '~'));
	return `/api/v1/contests/${inPath(contest)}/gate${area === undefined ? '' : `?area=${inPath(area)}`}`;
}
