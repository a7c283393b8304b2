/** Starts the other end of a benchmark of witnessing beside us, asks what it costs, lets it go. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface OtherEnd {
	readonly url: string;
	readonly cpuMs: () => Promise<number>;
	readonly close: () => void;
}

export async function otherEnd(
	mode: 'witness' | 'floor',
	packageDir: string,
	name: string,
	dir: string,
): Promise<OtherEnd> {
	const child = fork(fileURLToPath(new URL('witnessProcess.ts', import.meta.url)), [mode, packageDir, name, dir], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const heard = async (member: string): Promise<unknown> => {
		const message: unknown = (await once(child, 'message'))[0];
		return typeof message === 'object' && message !== null ? Reflect.get(message, member) : undefined;
	};
	const url = String(await heard('url'));
	return {
		url,
		cpuMs: async () => {
			child.send({});
			return Number(await heard('cpuMs'));
		},
		close: () => child.disconnect(),
	};
}
