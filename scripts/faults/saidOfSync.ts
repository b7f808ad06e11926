import type { Run } from '../engine';
import type { Said } from './scene';

const NODE = 'Under Test';

/** What a sync says of the one person it is about: a row of Users, and of Problems when it went wrong. */
export function saidOfSync(run: Run): Said {
	const [row] = run.json(NODE, 0).filter(({ action }) => action !== 'none');
	if (row === undefined) return { outcome: 'none', words: run.error?.message };
	if (row.status === 'done') return { outcome: 'done' };
	const [problem] = run.json(NODE, 1);
	return {
		outcome: row.status === 'unknown' ? 'unknown' : 'refused',
		words: String(problem?.message ?? row.problem),
		remedy: problem?.remedy as string | undefined,
	};
}
