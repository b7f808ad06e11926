import type { Current, Desired, Fields, Plan, Rules, GuardDecision } from '../../../core/sync';

export const NOW = new Date('2026-03-31T12:00:00Z');

/** A verdict that lets everything pass. */
export const FREE: GuardDecision = { hold: 'nothing', findings: [], approval: '', approved: false };

/** Rules as a directory of mailboxes would have them. */
export function rules(overrides: Partial<Rules> = {}): Rules {
	return {
		key: 'employeeNo',
		match: ['employeeNo', 'email'],
		labels: { employeeNo: 'Employee Number', email: 'Email', name: 'Name', managerEmail: 'Manager' },
		normalise: { email: lower, managerEmail: lower },
		reference: { field: 'managerEmail', to: 'email' },
		leavers: { action: 'disable', afterDays: 30 },
		rejoiners: 'enable',
		now: NOW,
		...overrides,
	};
}

function lower<T>(value: T): T {
	return (typeof value === 'string' ? value.toLowerCase() : value) as T;
}

/** Source rows, numbered as they come. */
export function rows(...people: Fields[]): Desired[] {
	return people.map((fields, row) => ({ row, fields }));
}

/** A record of the target, in scope and active unless said otherwise. */
export function record(id: string, fields: Fields, overrides: Partial<Current> = {}): Current {
	return { id, fields, active: true, label: String(fields.email ?? id), owned: true, ...overrides };
}

/** The plan in short: "update E1", "disable E2", …, without what stays as it is. */
export function writes(plan: Plan): string[] {
	return plan.actions.filter(({ kind }) => kind !== 'none').map(({ kind, key }) => `${kind} ${key}`);
}

export function daysAgo(days: number): Date {
	return new Date(NOW.getTime() - days * 24 * 60 * 60 * 1000);
}
