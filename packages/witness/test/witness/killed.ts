/** The process that is killed: a witness in a folder that ends itself, without any farewell, at a named point of the n-th cosignature. Says its address on its output. */
import { writeSync } from 'node:fs';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { portablePublicKey, portableSign } from '@matokeo/core/std/portable.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { openWitness } from '../../src/witness/openWitness.ts';

const [dir = '', point = '', nth = '1'] = process.argv.slice(2);
const suite = nativeSuite();
const seed = (fill: number) => new Uint8Array(32).fill(fill);
let left = Number(nth);
const { url } = await openWitness({
	dir,
	suite,
	signer: {
		key: verifierKey(suite, 'witness.example/court', 4, portablePublicKey(seed(4))),
		sign: (message) => portableSign(seed(4), message),
	},
	logs: [
		{ origin: 'log.example/election', key: verifierKey(suite, 'log.example/election', 1, portablePublicKey(seed(1))) },
	],
	clock: () => 1_800_000_000,
	runBy: 'Nobody',
	contact: 'nobody@court.example',
	port: 0,
	faults: (at) => {
		if (at === point && --left === 0) process.kill(process.pid, 'SIGKILL');
	},
});
writeSync(1, `${url}\n`);
