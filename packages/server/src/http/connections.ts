/**
 * Connections (`spec/api.md`, A15): how many there may be in all and of one address, and what is said to a client that cannot spell a request or takes too long over it.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { addressGroup } from '@matokeo/portal/live/address.ts';
import { STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import type { HttpParts } from './parts.ts';

export function limitConnections(server: Server, { limits, trustProxy }: HttpParts): void {
	const perAddress = new Map<string, number>();
	server.maxConnections = limits.connectionsMax;
	if (trustProxy.length > 0) return;
	server.on('connection', (socket) => {
		const group = addressGroup(socket.remoteAddress ?? '');
		const count = (perAddress.get(group) ?? 0) + 1;
		if (count > limits.connectionsPerAddressMax) {
			socket.destroy();
			return;
		}
		perAddress.set(group, count);
		socket.once('close', () => {
			const left = (perAddress.get(group) ?? 1) - 1;
			if (left > 0) perAddress.set(group, left);
			else perAddress.delete(group);
		});
	});
}

const SAID: Readonly<Record<string, readonly [string, string, string]>> = {
	HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'shorter headers', 'headers beyond the limit'],
	ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'a request within the time that the server waits', 'part of one'],
};

/** Before there is a request there is no route and no reply: what is said goes straight onto the line, which is then closed. */
export function refuseOnSocket(error: Error & { readonly code?: string }, socket: Socket): void {
	if (error.code === 'ECONNRESET' || !socket.writable) {
		socket.destroy();
		return;
	}
	const [status, expected, got] = SAID[error.code ?? ''] ?? ['400 Bad Request', 'a request in HTTP/1.1', 'other bytes'];
	const body = JSON.stringify({ error: { rule: 'A15', expected, got, do: 'send it again, in order and in time' } });
	const headers = Object.entries({
		...STRICT_HEADERS,
		'content-type': 'application/json; charset=utf-8',
		'content-length': String(Buffer.byteLength(body)),
		connection: 'close',
	});
	const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	socket.end(`HTTP/1.1 ${status}\r\n${lines}\r\n${body}`);
}
