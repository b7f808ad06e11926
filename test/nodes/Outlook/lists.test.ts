import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { Engine } from '../../../scripts/engine';
import { nodeUnderTest } from '../../support/runNode';
import { credentialFor, useSandbox } from '../../support/services';
import { LIVES_MS, MOST } from '../../../nodes/Outlook/api/kept';
import { asked, byId, problem, rows } from './support';

const sandbox = useSandbox();
const mailbox = () => sandbox.current.outlook.mailbox();

/** What the dropdown shows for what somebody has typed. */
async function search(
	method: string,
	wanted?: string,
	parameters: object = {},
	type = 'mailOpsOutlookOAuth2Api',
): Promise<string[]> {
	const engine = new Engine();
	const credentials = credentialFor(sandbox.current, type);
	for (const [name, data] of Object.entries(credentials)) engine.addCredential(name, data);
	const node = nodeUnderTest({
		type: 'outlook',
		parameters: { authentication: 'user', ...parameters } as never,
		credentials,
	});
	const list = engine.nodeType(node.type).methods!.listSearch![method]! as (
		this: ILoadOptionsFunctions,
		wanted?: string,
	) => Promise<INodeListSearchResult>;
	return (await list.call(engine.editor(node), wanted)).results.map(({ name }) => name);
}

/** Each test a minute later than the one before, and than what it has read. */
let later = 0;
const minutesPass = () => {
	later += 61_000;
	const real = Date.now.bind(Date);
	jest.spyOn(Date, 'now').mockImplementation(() => real() + later);
};
beforeEach(() => {
	jest.restoreAllMocks();
	minutesPass();
});
afterAll(() => jest.restoreAllMocks());

test('folders are read once for all that is typed within a minute, and anew after it', async () => {
	const parent = mailbox().addFolder('Bills');
	mailbox().addFolder('2026', parent.id);
	sandbox.current.requests.clear();
	expect(await search('searchFolders', 'bil')).toEqual(['Bills', 'Bills/2026']);
	const { length } = asked(sandbox.current);
	expect(length).toBe(2);
	for (const letters of ['bills', 'bills/2', 'INBOX', ''])
		expect((await search('searchFolders', letters)).length).toBeGreaterThan(0);
	expect(asked(sandbox.current)).toHaveLength(length);
	mailbox().addFolder('Bills of May');
	expect(await search('searchFolders', 'may')).toEqual([]);
	jest.restoreAllMocks();
	minutesPass();
	expect(await search('searchFolders', 'may')).toEqual(['Bills of May']);
});

test('lists of other mailboxes and of other kinds are others', async () => {
	sandbox.current.outlook.mailbox('support@contoso.example').addFolder('Tickets');
	expect(await search('searchFolders', 'tickets')).toEqual([]);
	expect(await search('searchFolders', 'tickets', { mailbox: 'support@contoso.example' })).toEqual([
		'Tickets',
	]);
	expect(await search('searchCalendars')).toEqual(['Calendar']);
	expect(await search('searchCalendarGroups')).toEqual(['My Calendars']);
});

test('a list that could not be read is asked for again', async () => {
	sandbox.current.faults.add({
		service: 'outlook',
		path: /mailFolders/,
		kind: 'status',
		status: 403,
		body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } },
	});
	await expect(search('searchFolders')).rejects.toThrow();
	expect(await search('searchFolders', 'inbox')).toEqual(['Inbox']);
});

describe('what this node makes, changes and deletes itself is seen at once', () => {
	const first = async (operation: string, form: object) => (await rows(sandbox.current, operation, form))[0]!;

	test.each<[list: string, resource: string, field: string, form: (name: string) => object]>([
		['searchFolders', 'folder', 'folder', (name) => ({ name })],
		['searchCalendars', 'calendar', 'calendar', (name) => ({ name, updateFields: { name } })],
		['searchContactFolders', 'contactFolder', 'contactFolder', (name) => ({ name })],
	])('%s', async (list, resource, field, form) => {
		const before = await search(list);
		const own = byId((await first(`${resource}.create`, form('New'))).id as string);
		expect(await search(list)).toEqual([...before, 'New']);
		await rows(sandbox.current, `${resource}.update`, { [field]: own, ...form('Newer') });
		expect(await search(list)).toEqual([...before, 'Newer']);
		await rows(sandbox.current, `${resource}.delete`, { [field]: own });
		const after = await search(list);
		expect(after.filter((name) => !name.startsWith('Deleted Items/'))).toEqual(before);
	});

	test('categories, also by their names', async () => {
		expect(await search('searchCategories')).toEqual([]);
		await rows(sandbox.current, 'category.create', { name: 'Invoice', color: 'preset0' });
		expect(await search('searchCategories')).toEqual(['Invoice']);
		await rows(sandbox.current, 'category.delete', { categoryId: { ...byId('invoice'), mode: 'name' } });
		expect(await search('searchCategories')).toEqual([]);
	});

	test('users', async () => {
		const form = { displayName: 'Zoe Zimmer', password: 'S3cret-pass!', user: 'zoe@contoso.example' };
		expect(await search('searchUsers', 'zi')).toEqual([]);
		await rows(sandbox.current, 'user.create', form);
		expect(await search('searchUsers', 'zo')).toEqual(['Zoe Zimmer (zoe@contoso.example)']);
		const user = byId('zoe@contoso.example');
		await rows(sandbox.current, 'user.update', { user, updateFields: { displayName: 'Zoe Adler' } });
		expect(await search('searchUsers', 'zo')).toEqual(['Zoe Adler (zoe@contoso.example)']);
		await rows(sandbox.current, 'user.delete', { user });
		expect(await search('searchUsers', 'zo')).toEqual([]);
	});
});

describe('categories by name', () => {
	const named = (name: string) => ({ ...byId(name), mode: 'name' });
	const items = Array.from({ length: 30 }, (_, i) => ({ json: { name: i % 2 ? 'Work' : 'private' } }));
	const form = { categoryId: named('={{ $json.name }}'), color: 'preset3' };
	const lists = () => asked(sandbox.current).filter((line) => line.endsWith('/outlook/masterCategories'));

	test('are looked up once for all items', async () => {
		const { outlookCategory } = mailbox().kinds;
		for (const displayName of ['Work', 'Private']) outlookCategory.add('', { displayName, color: 'none' });
		expect(await rows(sandbox.current, 'category.update', form, { items })).toHaveLength(30);
		expect([...outlookCategory.items.values()].map(({ props }) => props.color)).toEqual([
			'preset3',
			'preset3',
		]);
		expect(lists()).toHaveLength(1);
	});

	test('that nobody has: told by the field, and the list is not read again for each', async () => {
		expect(await search('searchCategories')).toEqual([]);
		const { details } = await problem(sandbox.current, 'category.update', form, { items });
		expect(details).toMatchObject({ field: 'Category', remedy: expect.stringContaining('from the list') });
		expect(lists().length).toBeLessThanOrEqual(2);
	});
});

describe('time zones', () => {
	test('are those of the mailbox’s server, found by a town, and read once a day', async () => {
		expect(await search('searchTimeZones', 'tokyo')).toEqual(['(Asia/Tokyo) Tokyo Standard Time']);
		expect(await search('searchTimeZones', 'berlin')).toHaveLength(1);
		expect(asked(sandbox.current)).toHaveLength(1);
		expect(LIVES_MS.timeZones).toBe(24 * 60 * 60_000);
	});

	test('are those this machine knows, where an app may not ask', async () => {
		sandbox.current.faults.add({
			service: 'outlook',
			path: /supportedTimeZones/,
			kind: 'status',
			status: 403,
			body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } },
		});
		const found = await search('searchTimeZones', 'europe/be', { mailbox: 'ben@contoso.example' });
		expect(found).toContain('Europe/Berlin');
	});
});

test('no more answers are kept than so many', async () => {
	await search('searchFolders');
	sandbox.current.requests.clear();
	for (let i = 0; i < MOST; i++) await search('searchUsers', `n${i}`);
	const { length } = asked(sandbox.current);
	await search('searchFolders');
	expect(asked(sandbox.current).length).toBeGreaterThan(length);
});
