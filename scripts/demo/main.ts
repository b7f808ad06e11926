import { runDemo } from './demo';

const keep = process.argv.includes('--keep');

runDemo({ keep }).then(
	(asExpected) => {
		if (!keep) process.exit(asExpected ? 0 : 1);
		process.exitCode = asExpected ? 0 : 1;
	},
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
