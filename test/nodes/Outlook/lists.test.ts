import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { Engine } from '../../../scripts/engine';
import { nodeUnderTest } from '../../support/runNode';
import { credentialFor, useSandbox } from '../../support/services';
import { asked } from './support';

const sandbox = useSandbox();
const mailbox = () => sandbox.current.outlook.mailbox();

/** What the dropdown shows for what somebody has typed. */
async function search(method: string, wanted?: string, parameters: object = {}): Promise<string[]> {
	const engine = new Engine();
	const credentials = credentialFor(sandbox.current, 'mailOpsOutlookOAuth2Api');
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
