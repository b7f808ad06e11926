import type { Sandbox } from '../../sandbox';
import type { Company } from './company';
import type { Night } from './night';

/** One thing that must be so after a night. */
export interface Check {
	day: number;
	what: string;
	expected: unknown;
	found: unknown;
	ok: boolean;
}

/** Sums whose parts do not come to them. */
function wrongSums(summary: NonNullable<Night['summary']>): string[] {
	const { sourceRows, leavers, notUsed, invalid, duplicates, conflicts, outside } = summary;
	const { created, updated, unfrozen, unchanged, frozen, deleted, leaversUnchanged } = summary;
	const { held, failed, unknown, notStarted } = summary;
	const rows = created + updated + unfrozen + unchanged + notUsed;
	const all = rows + frozen + deleted + leaversUnchanged + held + failed + unknown + notStarted;
	return [
		...(all === sourceRows + leavers ? [] : [`${sourceRows} + ${leavers} ≠ ${all}`]),
		...(notUsed === invalid + duplicates + conflicts + outside ? [] : [`notUsed is ${notUsed}`]),
	];
}

/** Compares a night with what the company's generator says it must come to; the generator never saw the sync. */
export function checkNight(night: Night, company: Company, sandbox: Sandbox): Check[] {
	const expected = company.expected[`day${night.day}`];
	const checks: Check[] = [];
	const check = (what: string, wanted: unknown, found: unknown) =>
		checks.push({
			day: night.day,
			what,
			expected: wanted,
			found,
			ok: JSON.stringify(wanted) === JSON.stringify(found),
		});
	const { summary } = night;
	const isHeld = expected.hold === 'everything';

	check('the workflow ran without an error', undefined, night.error);
	check('rows that reached the sync', expected.rows, summary?.sourceRows);
	check('held back by a guard', expected.hold, summary?.hold);
	check('mailboxes created', expected.creates, summary?.created);
	check('mailboxes changed', expected.updates, summary?.updated);
	check('mailboxes unfrozen', expected.enables, summary?.unfrozen);
	check('mailboxes frozen', expected.disables, summary?.frozen);
	check('mailboxes deleted', 0, summary?.deleted);
	if (!isHeld) check('people with nothing to do', expected.unchanged, summary?.unchanged);
	check('the numbers add up', [], summary === undefined ? ['no summary'] : wrongSums(summary));
	check('active mailboxes of employees afterwards', expected.activeAfter, night.mailboxes.active);
	check(
		'departments created',
		isHeld ? [] : [...expected.newDepartments].sort(),
		[...(summary?.departmentsCreated ?? [])].sort(),
	);
	check(
		'writes to Alimail: not one more than needed',
		isHeld
			? 0
			: expected.creates +
					expected.updates +
					expected.enables +
					expected.disables +
					expected.newDepartments.length,
		night.requests.alimailWrites,
	);
	if (night.day === 4) {
		check(
			'the digest says why',
			true,
			summary?.text.includes('read in another encoding than it was written in'),
		);
		check('digests to IT', 1, night.mailed.length);
		return checks;
	}
	check(
		'problems, by row',
		expected.problems.map(({ row, severity }) => `${row + 1} ${severity}`).sort(),
		night.problems
			.filter(({ severity }) => severity !== 'blocked')
			.map(({ row, severity }) => `${row ?? '-'} ${severity}`)
			.sort(),
	);
	for (const { mailbox } of expected.problems)
		if (mailbox !== undefined)
			check(`${mailbox} is still open`, 'NORMAL', sandbox.alimail.user(mailbox)?.status);
	const welcomes = night.mailed.filter(({ subject }) => subject.startsWith('New in your team')).length;
	const welcomed = night.users.filter(
		({ action, status }) => action === 'create' && status === 'done',
	).length;
	check('welcome mails: one for each new colleague', welcomed, welcomes);
	check('digests to IT', 1, night.mailed.filter(({ subject }) => subject.startsWith('Mailbox sync')).length);
	return checks;
}
