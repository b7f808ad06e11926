import type { IExecuteFunctions } from 'n8n-workflow';
import { guard, type GuardDecision, type GuardFinding, type Plan, type Reads } from '../sync';
import type { SyncSettings } from './definition';

/** Codes remembered: more than anybody approves before the oldest has no plan to fit any more. */
const REMEMBERED = 20;

const USED: GuardFinding = {
	guard: 'approval',
	message: 'This code was used before, and every code passes once only.',
	remedy: 'Look at what is held back now.',
};

/**
 * What of a plan must not be applied, with the approval that the user entered. An approval passes once.
 *
 * @param context n8n keeps a node's static data for active workflows only; in other runs the code's fit to the plan is the
 * only bound.
 */
export async function decide(
	plan: Plan,
	{ mode, limits, approval }: SyncSettings,
	reads: Reads,
	context: IExecuteFunctions,
): Promise<GuardDecision> {
	const used = usedApprovals(context).includes(approval);
	const decision = await guard(plan, limits, reads, used ? '' : approval);
	if (used) decision.findings.unshift(USED);
	// Whoever applies an approved plan means that plan: when it is not the present one, nothing is done at all.
	return mode === 'approved' && !decision.approved ? { ...decision, hold: 'everything' } : decision;
}

export function rememberApproval(context: IExecuteFunctions, approval: string): void {
	context.getWorkflowStaticData('node').usedApprovals = [...usedApprovals(context), approval].slice(
		-REMEMBERED,
	);
}

function usedApprovals(context: IExecuteFunctions): string[] {
	const used = context.getWorkflowStaticData('node').usedApprovals;
	return Array.isArray(used) ? (used as string[]) : [];
}
