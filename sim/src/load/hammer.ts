/**
 * As many requests as a server answers, for some seconds, over a few kept connections: by wrk where Debian's is there, else by a loop of our own, which is slower than nginx is.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@matokeo/rehearsal/http/connection.ts';
import { percentilesOf } from './percentiles.ts';

export interface Hammered {
	readonly perSecond: number;
	/** Milliseconds. */
	readonly p99: number;
	readonly failed: number;
	readonly by: 'wrk' | 'node';
}

const CONNECTIONS = 32;

/** Asks for each of the paths in turn. `scratch`: a folder for wrk's script. */
export async function hammer(
	url: string,
	paths: readonly string[],
	seconds: number,
	scratch: string,
): Promise<Hammered> {
	return byWrk(url, paths, seconds, scratch) ?? (await byNode(url, paths, seconds));
}

function byWrk(url: string, paths: readonly string[], seconds: number, scratch: string): Hammered | undefined {
	const script = join(scratch, 'paths.lua');
	const list = paths.map((path) => JSON.stringify(path)).join(', ');
	writeFileSync(
		script,
		`local paths = { ${list} }
local next = 0
request = function()
	next = next % #paths + 1
	return wrk.format("GET", paths[next])
end
done = function(summary, latency)
	local errors = summary.errors
	io.write(string.format("result %d %d %f %d\\n", summary.requests, summary.duration, latency:percentile(99),
		errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`,
	);
	const given = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, url];
	const { stdout, status } = spawnSync('wrk', given, { encoding: 'utf8' });
	const [, requests, microseconds, p99, failed] =
		/result ([0-9]+) ([0-9]+) ([0-9.]+) ([0-9]+)/.exec(stdout ?? '') ?? [];
	if (status !== 0 || requests === undefined) return undefined;
	const perSecond = (Number(requests) * 1e6) / Number(microseconds);
	return { perSecond, p99: Number(p99) / 1000, failed: Number(failed), by: 'wrk' };
}

async function byNode(url: string, paths: readonly string[], seconds: number): Promise<Hammered> {
	const connection = connect(url, CONNECTIONS);
	const times: number[] = [];
	let failed = 0;
	let next = 0;
	const began = performance.now();
	const end = began + seconds * 1000;
	const work = async (): Promise<void> => {
		while (performance.now() < end) {
			const asked = performance.now();
			const came = await connection.send({ method: 'GET', path: paths[next++ % paths.length] ?? '/' });
			if (came?.status === 200) times.push(performance.now() - asked);
			else failed++;
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, work));
	connection.close();
	const perSecond = (times.length * 1000) / (performance.now() - began);
	return { perSecond, p99: percentilesOf(times).p99, failed, by: 'node' };
}
