/**
 * Requests to one server over kept connections, and the ways in which a line fails: broken off at a byte of the body, or broken when the answer begins, so that the
 * server has answered and nobody has heard it. Nothing is sent twice here; whoever wants that asks again.
 */
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Trouble } from '@matokeo/server/ports/trouble.ts';

export interface Sending {
	readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH';
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: Uint8Array;
	/** Where the line breaks: after so many bytes of the body, or when the answer begins. */
	readonly cut?: number | 'answer';
}

export interface Came {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Uint8Array;
}

export interface Connection {
	/** `undefined` where the line broke in the body as it was told to, an empty body where it broke in the answer; throws `Trouble` where it broke by itself. */
	readonly send: (sending: Sending) => Promise<Came | undefined>;
	/** Requests so far, broken ones among them. */
	readonly requests: () => number;
	readonly close: () => void;
}

/** A batch of receipts of a large log is about 1 MB, a bundle of long leaves 17 MB. */
const ANSWER_BYTES_MAX = 32_000_000;
/** Places that a rehearsal speaks from: tallying centres, carriers' gateways. */
const PLACES = 64;
/** No answer within this time is trouble. */
const ANSWER_MS_MAX = 60_000;

/** `url` may have a path, under which the server then lies. `addresses`: of this machine, from which requests then go out in turn, as from so many places. */
export function connect(url: string, socketsMax: number, addresses: readonly string[] = []): Connection {
	const base = new URL(url);
	const { Agent, request } = base.protocol === 'https:' ? https : http;
	const prefix = base.pathname.replace(/\/$/, '');
	const agent = new Agent({ keepAlive: true, maxSockets: socketsMax });
	let requests = 0;

	const send = ({ method, path, headers, body, cut }: Sending): Promise<Came | undefined> => {
		requests++;
		return new Promise((resolve, reject) => {
			const trouble = (why: string): void =>
				reject(new Trouble(`${method} ${path} at ${base.origin}: ${why}; see whether the server is up`));
			const outgoing = request({
				agent,
				host: base.hostname,
				port: base.port,
				method,
				path: `${prefix}${path}`,
				headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(body.length) }) },
				timeout: ANSWER_MS_MAX,
				...from(addresses, requests),
			});
			outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer in ${ANSWER_MS_MAX / 1000} s`)));
			outgoing.on('error', ({ message }) => {
				if (typeof cut === 'number') resolve(undefined);
				else trouble(message);
			});
			outgoing.on('response', (answer) => {
				if (cut === 'answer') {
					answer.destroy();
					resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: new Uint8Array(0) });
				} else collect(answer, resolve, trouble);
			});
			if (typeof cut !== 'number' || body === undefined) outgoing.end(body);
			else outgoing.write(body.subarray(0, cut), () => outgoing.destroy(new Error('broken off')));
		});
	};
	return { send, requests: () => requests, close: () => agent.destroy() };
}

/** Every address of the loopback network that a machine with Linux has anyway: a server that counts by address then counts as it would on election night. */
export function loopbackAddresses(url: string): readonly string[] {
	const { hostname } = new URL(url);
	if (process.platform !== 'linux' || (hostname !== '127.0.0.1' && hostname !== 'localhost')) return [];
	return Array.from({ length: PLACES }, (_, number) => `127.0.1.${number + 1}`);
}

function from(addresses: readonly string[], request: number): { readonly localAddress?: string } {
	const localAddress = addresses[request % Math.max(1, addresses.length)];
	return localAddress === undefined ? {} : { localAddress };
}

function collect(answer: IncomingMessage, resolve: (came: Came) => void, trouble: (why: string) => void): void {
	const parts: Buffer[] = [];
	let length = 0;
	answer.on('data', (part: Buffer) => {
		parts.push(part);
		length += part.length;
		if (length > ANSWER_BYTES_MAX) answer.destroy(new Error(`an answer of more than ${ANSWER_BYTES_MAX} bytes`));
	});
	answer.on('error', ({ message }) => trouble(message));
	answer.on('end', () =>
		resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
	);
}
