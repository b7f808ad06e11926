import type { IDataObject } from 'n8n-workflow';
import { people, type Person } from './people';
import { engineFor, runNode, type Timed } from './run';
import type { RemoteSandbox } from './sandbox';
import type { Row } from './table';

const PARAMETERS = {
	resource: 'user',
	operation: 'sync',
	mode: 'apply',
	columns: { mappingMode: 'autoMapInputData', value: null },
	guards: { firstLoad: 1_000_000 },
} as never;
const CREDENTIALS = { mailOpsAlimailApi: { id: 'alimail', name: 'alimail' } };

/** A sync of these rows. */
export const sync = async (
	sandbox: { url: string },
	rows: IDataObject[],
	requestsPerSecond = 40,
): Promise<Timed> =>
	await runNode(
		engineFor(sandbox, requestsPerSecond),
		'n8n-nodes-mailops.alimail',
		PARAMETERS,
		rows,
		CREDENTIALS,
	);

/** Requests of a sync when nothing, and when one percent, has changed. */
export async function unchangedSync(sandbox: RemoteSandbox, count: number): Promise<Row[]> {
	const staff = people(count);
	await sandbox.reset({ alimail: { requestsPerSecond: 100_000 } });
	await sandbox.post('seed', { alimail: { users: staff } });
	const allowed = Math.ceil(count / 100) + 6;
	const rows: Row[] = [];
	for (const changed of [0, count / 100]) {
		await sandbox.post('settings', { alimail: { requestsPerSecond: 40 } });
		const before = await tally(sandbox);
		const items = staff.map((person, i) => (i < changed ? { ...person, jobTitle: 'Moved on' } : person));
		const { seconds } = await sync(sandbox, items);
		const after = await tally(sandbox);
		const writes = after.writes - before.writes;
		const reads = after.reads - before.reads;
		const what = `Sync of ${count.toLocaleString('en')} users, ${changed === 0 ? '0 changes' : '1 % changed'}`;
		rows.push(
			{ what: `${what}: writes`, ours: `${writes}`, target: `exactly ${changed}`, ok: writes === changed },
			{
				what: `${what}: listing requests`,
				ours: `${reads}`,
				target: `at most ${allowed} (1 per 100 users, 1 per department with children) and 1 for the domains`,
				ok: reads <= allowed + 1,
			},
			{
				what: `${what}: time`,
				ours: `${seconds.toFixed(1)} s`,
				ratio: `${(count / seconds).toFixed(0)} users/s`,
			},
		);
	}
	return rows;
}

export interface Way {
	/** What stands between the engine and the sandbox. */
	line: { url: string };
	/** In words. */
	way: string;
	/** Of the rate, at least. */
	share: number;
	/** Answers 429, at most. */
	refusals: number;
}

/** How much of the allowed rate a first load uses, and whether it was ever too fast. */
export async function firstLoad(
	sandbox: RemoteSandbox,
	count: number,
	{ line, way, share, refusals }: Way = { line: sandbox, way: '', share: 0.95, refusals: 0 },
): Promise<Row[]> {
	await sandbox.reset();
	const items: Person[] = people(count);
	const { seconds, run } = await sync(line, items);
	const { peakPerSecond, refused } = (
		await sandbox.get<{ alimail: { peakPerSecond: number; refused: number } }>('state')
	).alimail;
	const { reads, writes } = await tally(sandbox);
	const used = (reads + writes) / seconds / 40;
	const created = Number(run.json('Node', 2)[0]?.created);
	const [problem] = run.json('Node', 1);
	const said = problem === undefined ? '' : ` (${String(problem.message)})`;
	const what = `First load of ${count.toLocaleString('en')} users at 40 requests/s${way && ` ${way}`}`;
	return [
		{
			what: `${what}: share of the rate used`,
			ours: `${(used * 100).toFixed(1)} %`,
			target: `at least ${share * 100} %`,
			ok: used >= share,
		},
		{
			what: `${what}: answers 429`,
			ours: `${refused}`,
			target: refusals === 0 ? '0' : `at most ${refusals}`,
			ok: refused <= refusals,
		},
		{
			what: `${what}: busiest second`,
			ours: `${peakPerSecond} requests`,
			target: `at most ${40 + refusals}`,
			ok: peakPerSecond <= 40 + refusals,
		},
		{
			what: `${what}: created`,
			ours: `${created} in ${seconds.toFixed(1)} s${said}`,
			target: `${count}`,
			ok: created === count,
		},
	];
}

/** Requests at Alimail since the last reset. */
export async function tally(sandbox: RemoteSandbox): Promise<{ reads: number; writes: number }> {
	const rows = await sandbox.requests('alimail');
	const sum = (wanted: (method: string) => boolean) =>
		rows.filter(({ method }) => wanted(method)).reduce((all, { count }) => all + count, 0);
	return { reads: sum((method) => method === 'GET'), writes: sum((method) => method !== 'GET') };
}
