/** What the page of a witness says, as plain data: made from its state at one moment and from nothing else. */
import { printVerifierKey, type VerifierKey } from '@matokeo/core/log/keys.ts';
import { originHash } from '@matokeo/core/log/witness.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { EVIDENCE_SUFFIX } from '@matokeo/verifier/evidence/file.ts';
import { REQUEST_SUFFIX } from './limits.ts';
import type { Cosigned, Incident, WitnessState } from './state.ts';
import { keysByOrigin, type WatchedLog } from './watched.ts';

export interface WitnessView {
	readonly name: string;
	readonly vkey: string;
	readonly runBy: string;
	readonly contact: string;
	/** Whether the key is secret to nobody. */
	readonly rehearsal: boolean;
	/** The address to which `/add-checkpoint` is appended. */
	readonly submission: string;
	/** UTC seconds by the witness's clock. */
	readonly seconds: number;
	/** In the order of the configuration. */
	readonly logs: readonly LogView[];
	/** Newest first, like the unexplained. */
	readonly proven: readonly IncidentView[];
	readonly unexplained: readonly IncidentView[];
}

export interface LogView {
	readonly origin: string;
	readonly keys: readonly string[];
	readonly url?: string;
	/** Its path from the page. */
	readonly checkpoint: string;
	/** The root in base64. */
	readonly last?: Pick<Cosigned, 'size' | 'seconds' | 'since' | 'count'> & { readonly root: string };
}

export interface IncidentView extends Pick<Incident, 'origin' | 'kind' | 'what' | 'seconds'> {
	/** Its path from the page. */
	readonly file: string;
}

export interface ViewParts {
	readonly suite: Suite;
	readonly key: VerifierKey;
	readonly runBy: string;
	readonly contact: string;
	readonly rehearsal: boolean;
	/** Known when it listens. */
	readonly submission: () => string;
	/** Of the submission and monitoring paths: empty, or a path that begins with a slash. */
	readonly prefix: string;
	readonly logs: readonly WatchedLog[];
	readonly state: WitnessState;
	/** UTC seconds. */
	readonly clock: () => number;
}

export function witnessView(parts: ViewParts): WitnessView {
	const { key, runBy, contact, rehearsal, submission, logs, state, clock } = parts;
	const incidents = state.incidents();
	return {
		name: key.name,
		vkey: printVerifierKey(key),
		runBy,
		contact,
		rehearsal,
		submission: submission(),
		seconds: clock(),
		logs: [...keysByOrigin(logs)].map(([origin, keys]) => logView(parts, origin, keys)),
		proven: incidents.filter(({ kind }) => kind === 'proven').map(incidentView),
		unexplained: incidents.filter(({ kind }) => kind === 'unexplained').map(incidentView),
	};
}

/** The name of an incident's file, in a folder as well as at an address. */
export function incidentFile({ id, kind }: Pick<Incident, 'id' | 'kind'>): string {
	return `${id}${kind === 'proven' ? EVIDENCE_SUFFIX : REQUEST_SUFFIX}`;
}

function logView({ suite, prefix, logs, state }: ViewParts, origin: string, keys: readonly VerifierKey[]): LogView {
	const url = logs.find((log) => log.origin === origin && log.url !== undefined)?.url;
	const last = state.latest(origin);
	const path = `${prefix}/${originHash(suite, origin)}/checkpoint`.slice(1);
	return {
		origin,
		keys: keys.map(printVerifierKey),
		...(url === undefined ? {} : { url }),
		checkpoint: path,
		...(last === undefined ? {} : { last: { ...last, root: base64Encode(last.root) } }),
	};
}

function incidentView(incident: Incident): IncidentView {
	const { origin, kind, what, seconds } = incident;
	return { origin, kind, what, seconds, file: `evidence/${incidentFile(incident)}` };
}
