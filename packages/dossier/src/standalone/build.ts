/**
 * Makes the verifier as one file (B50, B51): the sources of `packages/verifier` and what they use, put together by rolldown and changed in nothing but that the suite of the runtime alone stands where a native module would. Not made smaller: an expert
 * should be able to read it. The same sources give the same bytes, wherever they are.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { assert } from '@matokeo/core/std/result.ts';
import { type Plugin, rolldown } from 'rolldown';

export interface VerifierFile {
	readonly bytes: Uint8Array;
	/** SHA-256, 64 hex digits. */
	readonly sha256: string;
}

const ROOT: string = fileURLToPath(new URL('../../../../', import.meta.url));
const ENTRY: string = fileURLToPath(import.meta.resolve('@matokeo/verifier/node/standalone.ts'));
const NATIVE = /[/\\]verifier[/\\]src[/\\]node[/\\]nativeSuite\.ts$/;
const OWN_SUITE = "export { plainSuite as nativeSuite } from './plainSuite.ts';\n";

const BANNER = `#!/usr/bin/env node
// The verifier of Matokeo as one file. Apache License 2.0. Needs Node 22 or later and nothing else: node verify.mjs --help
// Made from the sources by \`matokeo verifier\`; made again from the same sources it has the same bytes.
// In it are parts of noble-curves and noble-hashes, MIT License, (c) Paul Miller (paulmillr.com).`;

export async function buildVerifier(): Promise<VerifierFile> {
	const build = await rolldown({
		cwd: ROOT,
		input: ENTRY,
		platform: 'node',
		tsconfig: false,
		logLevel: 'silent',
		transform: { target: 'node22' },
		plugins: [withoutNativeModule()],
	});
	try {
		const { output } = await build.generate({ format: 'esm', minify: false, banner: BANNER, codeSplitting: false });
		const [file] = output;
		assert(output.length === 1 && file.type === 'chunk', 'one entry gives one file');
		const bytes = Buffer.from(file.code);
		return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
	} finally {
		await build.close();
	}
}

function withoutNativeModule(): Plugin {
	return {
		name: 'without-native-module',
		load: (id) => (NATIVE.test(id) ? { code: OWN_SUITE, moduleType: 'ts' } : null),
	};
}
