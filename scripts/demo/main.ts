import { runDemo } from './demo';
import { runDirectoryDemo } from './directory';

const keep = process.argv.includes('--keep');

const isDirectory = process.argv.includes('--directory');

(isDirectory ? runDirectoryDemo() : runDemo({ keep })).then(
	(asExpected) => {
		if (!keep) process.exit(asExpected ? 0 : 1);
		process.exitCode = asExpected ? 0 : 1;
	},
	(error: unknown) => {
		console.error(isDirectory && error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
