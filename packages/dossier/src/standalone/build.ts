/**
 * Makes the verifier as one file (B50, B51): the sources of `packages/verifier` and what they use, put together by esbuild and changed in nothing but that the suite of the runtime alone stands where a native module would. Not made smaller: an expert
 * should be able to read it. The same sources give the same bytes, wherever they are.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { assert } from '@matokeo/core/std/result.ts';
import { build, type Plugin } from 'esbuild';

export interface VerifierFile {
	readonly bytes: Uint8Array;
	/** SHA-256, 64 hex digits. */
	readonly sha256: string;
}

const ROOT: string = fileURLToPath(new URL('../../../../', import.meta.url));
const ENTRY: string = fileURLToPath(import.meta.resolve('@matokeo/verifier/node/standalone.ts'));
const OWN_SUITE = "export { plainSuite as nativeSuite } from './plainSuite.ts';\n";

const BANNER = `#!/usr/bin/env node
// The verifier of Matokeo as one file. Apache License 2.0. Needs Node 22 or later and nothing else: node verify.mjs --help
// Made from the sources by \`matokeo verifier\`; made again from the same sources it has the same bytes.`;

export async function buildVerifier(): Promise<VerifierFile> {
	const { outputFiles } = await build({
		absWorkingDir: ROOT,
		entryPoints: [ENTRY],
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'node',
		target: 'node22',
		charset: 'utf8',
		minify: false,
		legalComments: 'inline',
		banner: { js: BANNER },
		tsconfigRaw: {},
		logLevel: 'silent',
		plugins: [withoutNativeModule()],
	});
	const [file] = outputFiles;
	assert(file !== undefined && outputFiles.length === 1, 'one entry gives one file');
	return { bytes: file.contents, sha256: createHash('sha256').update(file.contents).digest('hex') };
}

function withoutNativeModule(): Plugin {
	return {
		name: 'without-native-module',
		setup: ({ onLoad }) => {
			onLoad({ filter: /[/\\]verifier[/\\]src[/\\]node[/\\]nativeSuite\.ts$/ }, () => ({
				contents: OWN_SUITE,
				loader: 'ts',
			}));
		},
	};
}
