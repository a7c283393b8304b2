/**
 * Runs the command that its arguments give and prints, last on standard error, the most memory that the whole process ever held (kilobytes, workers included).
 */
import { MAIN } from './parts.ts';

process.on('exit', () => {
	process.stderr.write(`\npeak ${process.resourceUsage().maxRSS}\n`);
});
process.argv = [process.execPath, MAIN, ...process.argv.slice(2)];
await import(MAIN);
