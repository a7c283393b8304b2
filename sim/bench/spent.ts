/**
 * Runs a program (its path and arguments are the arguments) and prints, last on standard error, the processor time that all its threads took and the most
 * memory that the whole process ever held. It loads nothing of its own: what it measures is the program.
 */
process.on('exit', () => {
	const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
	process.stderr.write(`\nspent ${(userCPUTime + systemCPUTime) / 1000} ms, peak ${maxRSS} kB\n`);
});
process.argv.splice(1, 1);
await import(process.argv[1] ?? '');
