/** The entry of a worker thread. */
import { nativeSuite } from './nativeSuite.ts';
import { workHere } from './workHere.ts';

workHere(nativeSuite());
