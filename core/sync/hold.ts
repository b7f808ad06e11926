import type { GuardDecision, Problem, Vocabulary } from './types';

/** What a held run says to a person: what happened, and the two ways on. */
export interface Hold {
	happened: string;
	ifWrong: string;
	ifRight: string;
}

/** The words of the caller's form for approving a plan with a code: "set Mode to …, enter the code X, and run once". */
export type ApprovalWords = (code: string) => string;

const APPROVE: ApprovalWords = (code) => `approve it with the code ${code}`;

/** @returns undefined when nothing is held back. */
export function holdOf(
	{ hold, findings, approval }: GuardDecision,
	mode: 'preview' | 'apply',
	{ disabled }: Vocabulary,
	approve: ApprovalWords = APPROVE,
): Hold | undefined {
	if (hold === 'nothing') return undefined;
	const wishes = mode === 'preview';
	const what =
		hold === 'everything'
			? `Nothing ${wishes ? 'would be' : 'was'} changed`
			: `Nobody ${wishes ? 'would be' : 'was'} ${disabled} or deleted, the rest ${wishes ? 'would be' : 'was'} done`;
	const remedies = [...new Set(findings.map(({ remedy }) => remedy))];
	return {
		happened: `${what}. ${findings.map(({ message }) => message).join(' ')}`,
		ifWrong: `If the list is wrong, correct it and run again; nothing else is to be done. ${remedies.join(' ')}`,
		ifRight: ifRight(findings, approval, approve),
	};
}

function ifRight(findings: GuardDecision['findings'], approval: string, approve: ApprovalWords): string {
	if (findings.some(({ guard }) => guard === 'incompleteRead'))
		return 'This cannot be approved: nobody can tell what the rest would have said.';
	if (approval === '') return 'There is nothing in it to approve: run again without a code.';
	return `If it is really so, ${approve(approval)}. The code fits this very plan only.`;
}

/** Each finding of the guards as something to look at, once, however many records it holds back. */
export function heldProblems({ hold, findings }: GuardDecision): Problem[] {
	if (hold === 'nothing') return [];
	return findings.map(({ message, remedy }) => ({ severity: 'blocked', message, remedy }));
}
