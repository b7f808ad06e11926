import { plan } from '../../core/sync';
import { people } from './people';

/** Run as a process of its own: plans 100,000 rows against 100,000 records, and prints CPU time and memory. */
const COUNT = 100_000;

const before = people(COUNT);
const after = people(COUNT).map((person, i) =>
	i % 100 === 0 ? { ...person, jobTitle: 'Promoted' } : person,
);
const current = before.map((person, i) => ({
	id: `id${i}`,
	fields: { ...person },
	label: person.email,
	active: true,
	owned: true,
}));
const desired = after.map((fields, row) => ({ row, fields }));

async function main(): Promise<void> {
	const start = process.cpuUsage();
	const planned = await plan(desired, current, {
		key: 'employeeNo',
		match: ['employeeNo', 'email'],
		labels: {},
		reference: { field: 'managerEmail', to: 'email' },
		leavers: { action: 'disable', afterDays: 0 },
		rejoiners: 'enable',
		now: new Date(),
	});
	const { user, system } = process.cpuUsage(start);
	const writes = planned.actions.filter(({ kind }) => kind !== 'none').length;
	process.stdout.write(
		JSON.stringify({
			count: COUNT,
			cpuSeconds: (user + system) / 1e6,
			peakMegabytes: process.resourceUsage().maxRSS / 1024,
			writes,
		}),
	);
}

void main();
