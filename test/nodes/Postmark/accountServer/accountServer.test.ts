import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { asked, listOf, operationNode, perform, refusal } from '../operations';

const sandbox = useSandbox();

const addServers = (count: number) => {
	for (let i = 0; i < count; i++)
		sandbox.current.postmark.addServer({ id: 2000 + i, name: `Shop ${i}`, tokens: [`secret-token-${i}`] });
};
/** "offset+count" of each page that was asked for. */
const pagesRead = () =>
	sandbox.current.requests.list({ path: '/servers' }).map(({ query }) => {
		const parameters = new URLSearchParams(query);
		return `${parameters.get('offset')}+${parameters.get('count')}`;
	});
const byId = (ID: unknown) => ({ server: { __rl: true, mode: 'list', value: ID } }) as never;

describe('Get Many', () => {
	test('stops at the limit and asks for no more than that', async () => {
		addServers(30);
		const { rows } = await perform(sandbox.current, 'accountServer.getAll', { limit: 12 });
		expect(rows).toHaveLength(12);
		expect(pagesRead()).toEqual(['0+12']);
	});

	test('reads all pages, each server once, without their tokens', async () => {
		addServers(1_198);
		const { rows, items } = await perform(sandbox.current, 'accountServer.getAll', { returnAll: true });
		expect(new Set(rows.map(({ ID }) => ID)).size).toBe(1_200);
		expect(rows).toHaveLength(1_200);
		expect(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
		expect(JSON.stringify(rows)).not.toMatch(/ApiTokens|secret-token/);
		expect(pagesRead()).toEqual(['0+500', '500+500', '1000+500']);
	});

	test('does not ask for a page behind a full last one', async () => {
		addServers(498);
		const { rows } = await perform(sandbox.current, 'accountServer.getAll', { returnAll: true });
		expect(rows).toHaveLength(500);
		expect(pagesRead()).toHaveLength(1);
	});

	test('finds servers by their name', async () => {
		addServers(3);
		const { items } = await perform(sandbox.current, 'accountServer.getAll', { name: '={{ $json.find }}' }, [
			{ find: 'shop' },
			{ find: 'stag' },
		]);
		expect(items.map(({ json, pairedItem }) => [json.Name, pairedItem])).toEqual([
			['Shop 0', { item: 0 }],
			['Shop 1', { item: 0 }],
			['Shop 2', { item: 0 }],
			['Staging', { item: 1 }],
		]);
	});

	test('with a server token says that it needs the account token', async () => {
		const spec = operationNode(sandbox.current, 'accountServer.getAll');
		spec.credentials.mailOpsPostmarkAccountApi!.accountToken = sandbox.current.postmark.serverToken;
		const run = await runNode(spec);
		expect(run.json(NODE)).toEqual([]);
		expect(run.error?.message).toBe('Postmark does not know this account token [item 0]');
		expect(run.error?.description).toContain('A server token and an account token are not the same');
	});
});

describe('Create, Get, Update, Delete', () => {
	const create = {
		name: 'Tests',
		deliveryType: 'Sandbox',
		additionalFields: { color: 'green', trackOpens: true },
	};

	test('work on one server, and never show a token', async () => {
		const made = await perform(sandbox.current, 'accountServer.create', create);
		expect(made.rows[0]).toMatchObject({ Name: 'Tests', DeliveryType: 'Sandbox', TrackOpens: true });
		const one = byId(made.rows[0]!.ID);
		const got = await perform(sandbox.current, 'accountServer.get', one);
		expect(got.rows).toEqual(made.rows);
		const changed = await perform(sandbox.current, 'accountServer.update', {
			...(one as object),
			updateFields: { name: 'Trials', inboundDomain: '' },
		});
		expect(changed.rows[0]).toMatchObject({ Name: 'Trials', TrackOpens: true });
		expect(JSON.stringify([made.rows, got.rows, changed.rows])).not.toContain('ApiTokens');
		const deleted = await perform(sandbox.current, 'accountServer.delete', one);
		expect(deleted.rows).toEqual([{ deleted: true, ID: made.rows[0]!.ID }]);
		expect(sandbox.current.postmark.servers).toHaveLength(2);
	});

	test.each(['resetBefore', 'resetAfter'] as const)(
		'Create is done once when the answer gets lost (%s)',
		async (kind) => {
			sandbox.current.faults.add({ service: 'postmark', method: 'POST', kind });
			const { rows } = await perform(sandbox.current, 'accountServer.create', create);
			expect(rows[0]).toMatchObject({ Name: 'Tests' });
			expect(sandbox.current.postmark.servers.filter(({ name }) => name === 'Tests')).toHaveLength(1);
		},
	);

	test('a name that is taken is a plain error', async () => {
		const { details } = await refusal(sandbox.current, 'accountServer.create', { name: 'Production' });
		expect(details).toMatchObject({ code: '603', outcome: 'refused' });
	});
});

describe('Push Templates', () => {
	const push = { source: byId(1001)['server'], destination: byId(1002)['server'] } as Record<string, never>;

	async function addTemplate() {
		await perform(sandbox.current, 'template.create', {
			name: 'Welcome',
			templateType: 'Standard',
			subject: 'Welcome',
			html: '<p>Hello</p>',
			additionalFields: { alias: 'welcome' },
		});
	}

	test('shows by default what it would do, and does nothing', async () => {
		await addTemplate();
		const { rows, hints } = await perform(sandbox.current, 'accountServer.pushTemplates', push);
		expect(rows[0]).toMatchObject({
			applied: false,
			TotalCount: 1,
			Templates: [expect.objectContaining({ Action: 'Create', Alias: 'welcome' })],
		});
		expect(hints[0]).toContain('nothing was copied');
		expect(sandbox.current.postmark.servers[1]!.templates.all).toEqual([]);
	});

	test('copies when told to', async () => {
		await addTemplate();
		const { rows, hints } = await perform(sandbox.current, 'accountServer.pushTemplates', {
			...push,
			apply: true,
		});
		expect(rows[0]).toMatchObject({ applied: true, TotalCount: 1 });
		expect(hints).toEqual([]);
		expect(sandbox.current.postmark.servers[1]!.templates.all.map(({ Alias }) => Alias)).toEqual(['welcome']);
	});

	test('from a server to itself is named before anything is asked', async () => {
		const { message } = await refusal(sandbox.current, 'accountServer.pushTemplates', {
			...push,
			destination: push.source!,
		});
		expect(message).toBe("'To Server' is the same as 'From Server' [item 0]");
		expect(asked(sandbox.current)).toEqual([]);
	});
});

test('the list of servers says which one is a sandbox, and goes on after a page', async () => {
	addServers(600);
	const search = listOf(sandbox.current, 'searchServers');
	expect((await search('stag')).results).toEqual([{ name: 'Staging (sandbox)', value: 1002 }]);
	const first = await search();
	expect(first.results).toHaveLength(500);
	expect((await search('', String(first.paginationToken))).results).toHaveLength(102);
});
