/** `matokeo verifier --out FILE`: writes the verifier as one file (B50), which runs with Node alone, and says its digest. */
import { buildVerifier } from '@matokeo/dossier/standalone/build.ts';
import { writeNew } from '../newFile.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export async function runVerifierFile(
	out: Output,
	{ out: path, json }: { readonly out: string; readonly json?: true },
): Promise<number> {
	const { bytes, sha256 } = await buildVerifier();
	const written = writeNew(path, bytes);
	if (!written.ok) {
		out.stderr(`${written.error}\n`);
		return COULD_NOT_RUN;
	}
	if (json === true) out.stdout(`${JSON.stringify({ file: path, bytes: bytes.length, sha256 }, undefined, '\t')}\n`);
	else
		out.stdout(
			`${path}\nSHA-256 ${sha256}\nWhoever gets it needs Node 22 or later and nothing else: node ${path} --help\nTell them the digest by another way than the file.\n`,
		);
	return 0;
}
