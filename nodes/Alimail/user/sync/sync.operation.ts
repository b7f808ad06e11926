import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../../core/http/client';
import type { InputItems } from '../../../../core/node/parameters/reader';
import { allItems, type RunFeedback } from '../../../../core/node/operation';
import {
	apply,
	guard,
	plan,
	preview,
	report,
	type Plan,
	type Result,
	type Rules,
	type GuardDecision,
} from '../../../../core/sync';
import { samePath } from '../../department/path';
import { departmentTree } from '../../department/tree';
import { checkRow, readDomains } from './checks';
import { LABELS } from './columns';
import { readUsers, toCurrent } from './directory';
import { syncFields } from './fields';
import { managersByNumber } from './managers';
import { outputs } from './outputs';
import { readRows } from './rows';
import { readSettings, type Settings } from './settings';
import { AlimailTarget, departmentResolver } from './target';

export const sync = allItems({
	name: 'Sync',
	value: 'sync',
	action: 'Sync users',
	description: 'Bring all accounts in step with a list of people, such as an HR export',
	fields: syncFields,
	async call(items, client, feedback) {
		const started = new Date();
		const settings = await readSettings(items.settings, client);
		const rows = readRows(items, settings.clearEmpty, settings.match[0]);
		const [tree, domains] = await Promise.all([departmentTree(client), readDomains(client, feedback)]);
		const departments = departmentResolver(tree, settings.departmentAs, settings.createDepartments);
		for (const { fields } of rows)
			if (typeof fields.department === 'string') fields.department = departments.shown(fields.department);

		const mapped = new Set(rows.flatMap(({ fields }) => Object.keys(fields)));
		const { users, complete } = await readUsers(client, mapped);
		const scope = { ...settings, key: settings.match[0]! };
		const current = users.map((user) => toCurrent(user, tree, scope));
		managersByNumber(rows, current);

		const planned = await plan(rows, current, {
			...rulesOf(settings, started),
			validate: (fields) => checkRow(fields, { domains, departmentFault: departments.fault }),
		});
		const read = { sourceComplete: rows.length >= settings.minRows, targetComplete: complete };
		const verdict = await judge(planned, settings, read, items);
		const target = new AlimailTarget(client, {
			employeeType: settings.employeeType === 'all' ? 'EMPLOYEE' : settings.employeeType,
			forceChange: settings.forceChange,
			...(settings.defaultDepartmentId === undefined
				? {}
				: { defaultDepartmentId: settings.defaultDepartmentId }),
			departmentId: departments.id,
		});
		const results =
			settings.mode === 'preview'
				? await preview(planned, verdict)
				: await carryOut(planned, verdict, target, client, items, feedback);
		if (verdict.approved && settings.mode === 'approved') rememberApproval(items, verdict.approval);

		const seconds = (Date.now() - started.getTime()) / 1000;
		const { requests, waitedMs, throttled, retries } = client.stats;
		const summary = report(planned, verdict, results, {
			mode: settings.mode === 'preview' ? 'preview' : 'apply',
			started,
			seconds,
			requests,
			waitedSeconds: waitedMs / 1000,
			title: 'Alimail user sync',
		});
		if (verdict.hold !== 'nothing')
			feedback.hint(`Held back: ${verdict.findings.map(({ message }) => message).join(' ')}`);
		const more: IDataObject = {
			guards: verdict.findings as unknown as IDataObject[],
			departmentsCreated: tree.made,
			throttled,
			retries,
		};
		return outputs({
			items,
			rows,
			plan: planned,
			results,
			current,
			summary,
			more,
			includeUnchanged: settings.includeUnchanged,
		});
	},
});

function rulesOf(settings: Settings, now: Date): Rules {
	const { match, leavers, unfreeze } = settings;
	const address = (value: unknown) => String(value).toLowerCase();
	const number = (value: unknown) => String(value).replace(/[\s()./-]+/g, '');
	return {
		key: match[0]!,
		match,
		labels: LABELS,
		vocabulary: { disable: 'freeze', disabled: 'frozen', enable: 'unfreeze', enabled: 'unfrozen' },
		normalise: { email: address, managerEmail: address, phone: number, workPhone: number },
		// An account may be in several departments: being in the wanted one is enough.
		equals: {
			department: (from, to) => [from ?? []].flat().some((path) => samePath(String(path), String(to))),
		},
		immutable: {
			email:
				'Alimail’s API has no known way to rename an account: rename it in the admin console, or add the new address as an alias.',
		},
		createOnly: ['initialPassword'],
		reference: { field: 'managerEmail', to: 'email' },
		leavers,
		rejoiners: unfreeze ? 'enable' : 'nothing',
		now,
	};
}

async function judge(
	planned: Plan,
	settings: Settings,
	read: Parameters<typeof guard>[2],
	items: InputItems,
): Promise<GuardDecision> {
	const used = usedApprovals(items).includes(settings.approval);
	const verdict = await guard(
		planned,
		settings.limits,
		read,
		used ? `${settings.approval} (used)` : settings.approval,
	);
	// Whoever applies an approved plan means that plan: when it is not the present one, nothing is done at all.
	return settings.mode === 'approved' && !verdict.approved ? { ...verdict, hold: 'everything' } : verdict;
}

async function carryOut(
	planned: Plan,
	verdict: GuardDecision,
	target: AlimailTarget,
	client: Client,
	items: InputItems,
	feedback: RunFeedback,
): Promise<Result[]> {
	const signal = items.context.getExecutionCancelSignal();
	let done = 0;
	return await apply(planned, verdict, target, {
		inFlight: client.concurrency,
		...(signal ? { signal } : {}),
		onResult: () => feedback.progress(++done, planned.actions.length, 'users'),
	});
}

/** n8n keeps this for the node of an active workflow; in other runs the code's fit to the plan is the only bound. */
function usedApprovals(items: InputItems): string[] {
	const used = items.context.getWorkflowStaticData('node').usedApprovals;
	return Array.isArray(used) ? (used as string[]) : [];
}

function rememberApproval(items: InputItems, approval: string): void {
	items.context.getWorkflowStaticData('node').usedApprovals = [...usedApprovals(items), approval].slice(-20);
}
