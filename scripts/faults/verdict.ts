import type { Said } from './scene';

/** What must never be. */
export type Wrong = 'doubled' | 'falselyDone' | 'falselyRefused' | 'noRemedy' | 'silent';

export const WORDS: Record<Wrong, string> = {
	doubled: 'done more than once',
	falselyDone: 'said done, and was not',
	falselyRefused: 'said refused, and was done',
	noRemedy: 'an error that does not say what to do',
	silent: 'nothing was said of an item',
};

export interface Verdict {
	wrong: Wrong[];
	/** What the table shows when nothing is wrong. */
	said: Said['outcome'];
}

/** Compares what a run says of an item with what the service holds. */
export function verdictOf(said: Said, times: number | undefined): Verdict {
	const wrong: Wrong[] = [];
	if (times !== undefined && times > 1) wrong.push('doubled');
	if (said.outcome === 'none') wrong.push('silent');
	if (said.outcome === 'done' && times === 0) wrong.push('falselyDone');
	if (said.outcome === 'refused' && times !== undefined && times > 0) wrong.push('falselyRefused');
	const isError = said.outcome === 'refused' || said.outcome === 'unknown';
	if (isError && (said.remedy ?? '').trim() === '') wrong.push('noRemedy');
	return { wrong, said: said.outcome };
}

/** Several items of one run: what is wrong with any, and the least certain of what was said. */
export function together(verdicts: Verdict[]): Verdict {
	const order = ['none', 'unknown', 'refused', 'done'] as const;
	return {
		wrong: [...new Set(verdicts.flatMap(({ wrong }) => wrong))],
		said: order.find((outcome) => verdicts.some(({ said }) => said === outcome)) ?? 'none',
	};
}
