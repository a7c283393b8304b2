/**
 * The process in which people follow live, so that their work is not the server's or the senders'.
 */
import { chanceOf } from '@matokeo/rehearsal/play/chance.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type Following, followLive } from './followers.ts';

process.on('disconnect', () => process.exit());
process.send?.('ready');
const order = await new Promise<Omit<Following, 'chance'>>((resolve) => {
	process.once('message', resolve);
});
const done = await followLive({ ...order, chance: chanceOf(nativeSuite(), 'followers') });
process.send?.(done, () => process.disconnect());
