import type { Check } from './checks';
import type { Night } from './night';

const SHOWN = 12;
const TITLES = {
	1: 'Night 1 · first load',
	2: 'Night 2 · the day after: joiners, movers, leavers, bad rows',
	3: 'Night 3 · the export was cut off half-way',
	4: 'Night 4 · the export was read in the wrong encoding',
} as const;

export const titleOf = ({ day }: Night): string => TITLES[day];

/** Shows how many requests have gone out while a night runs. Returns what ends it. */
export function progress(count: () => number, title: string): () => void {
	const started = Date.now();
	const line = () =>
		`${title}: ${count().toLocaleString('en')} requests, ${Math.round((Date.now() - started) / 1000)} s`;
	const isTerminal = process.stdout.isTTY === true;
	const timer = setInterval(
		() => (isTerminal ? process.stdout.write(`\r${line()} `) : console.log(`  … ${line()}`)),
		isTerminal ? 250 : 5_000,
	);
	return () => {
		clearInterval(timer);
		if (isTerminal) process.stdout.write(`\r${' '.repeat(line().length + 2)}\r`);
	};
}

export function printNight(night: Night): void {
	const { summary, requests } = night;
	console.log(`── ${titleOf(night)} ${'─'.repeat(Math.max(0, 70 - titleOf(night).length))}`);
	if (night.error !== undefined || summary === undefined) {
		console.log(`  The workflow stopped: ${night.error ?? 'the sync gave no summary'}\n`);
		return;
	}
	console.log(`  ${summary.headline}\n`);
	for (const [label, value] of countsOf(night))
		console.log(`  ${label.padEnd(34)}${String(value).padStart(7)}`);
	for (const { message, remedy } of summary.guards) console.log(`\n  GUARD  ${message}\n         ${remedy}`);
	const problems = problemsOf(night);
	if (problems.length > 0) console.log('\n  Problems');
	for (const { severity, message, remedy } of problems.slice(0, SHOWN))
		console.log(`  • ${severity.padEnd(10)} ${message}\n               → ${remedy}`);
	if (problems.length > SHOWN) console.log(`  … and ${problems.length - SHOWN} more`);
	console.log('\n  Mailed');
	for (const { to, subject } of shownMails(night)) console.log(`  • ${to.padEnd(40)} ${subject}`);
	const more = night.mailed.length - shownMails(night).length;
	if (more > 0) console.log(`  … and ${more.toLocaleString('en')} more welcome mails`);
	console.log(
		`\n  ${requests.alimail.toLocaleString('en')} requests to Alimail and ${requests.postmark} to Postmark in ${night.seconds.toFixed(1)} s; ${requests.turnedAway} turned away.\n`,
	);
}

/** Each problem once: both rows of a pair have the same. What a guard held back is not among them. */
export function problemsOf({ problems }: Night): Night['problems'] {
	const shown = new Map(problems.filter(({ severity }) => severity !== 'blocked').map((p) => [p.message, p]));
	return [...shown.values()];
}

/** The digest, and the first few of the welcome mails. */
export function shownMails({ mailed }: Night): Night['mailed'] {
	const digests = mailed.filter(({ subject }) => subject.startsWith('Mailbox sync'));
	const others = mailed.filter((mail) => !digests.includes(mail));
	return [...digests, ...others.slice(0, SHOWN - 1)];
}

export function countsOf(night: Night): Array<[string, number]> {
	const { summary, mailboxes } = night;
	if (summary === undefined) return [];
	const leaversHeld = summary.leavers - summary.frozen - summary.deleted - summary.leaversUnchanged;
	return [
		['Rows of the export', summary.sourceRows],
		['   mailboxes created', summary.created],
		['   mailboxes changed', summary.updated],
		['   mailboxes unfrozen', summary.unfrozen],
		['   nothing to do', summary.unchanged],
		['   not used, see Problems', summary.notUsed],
		['   held back', summary.held - leaversHeld],
		['Mailboxes not in the export', summary.leavers],
		['   frozen', summary.frozen],
		['   nothing to do', summary.leaversUnchanged],
		['   held back', leaversHeld],
		['Departments created', summary.departmentsCreated.length],
		['Problems (a pair is shown once)', summary.problems],
		['Active mailboxes afterwards', mailboxes.active],
	];
}

export function printVerdict(checks: Check[], seconds: number, file: string): void {
	const wrong = checks.filter(({ ok }) => !ok);
	for (const { day, what, expected, found } of wrong)
		console.log(
			`NOT AS EXPECTED  night ${day}: ${what}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`,
		);
	console.log(
		wrong.length === 0
			? `All ${checks.length} checks are as expected (${seconds.toFixed(0)} s). The same as a page: ${file}`
			: `${wrong.length} of ${checks.length} checks are NOT as expected. The same as a page: ${file}`,
	);
}
