import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeType } from 'n8n-workflow';
import { Engine } from '../../../scripts/engine';
import { nodeUnderTest } from '../../support/runNode';
import { alimailCredential } from '../../support/services';
import { node, people, seedPeople, syncParameters, useAlimail } from './support';

const sandbox = useAlimail();

/** The node in the editor: its methods, and the context n8n calls them with. */
function editor(credential: ICredentialDataDecryptedObject = {}) {
	const engine = new Engine();
	const spec = node(sandbox.current, syncParameters(), { credential });
	for (const [name, data] of Object.entries(spec.credentials)) engine.addCredential(name, data);
	const type: INodeType = engine.nodeType('n8n-nodes-mailops.alimail');
	const context = engine.editor(nodeUnderTest(spec));
	const listSearch = (name: string) => async (search?: string, cursor?: string) =>
		await type.methods!.listSearch![name]!.call(context, search, cursor);
	return { type, context, listSearch };
}

describe('pickers', () => {
	beforeEach(() => {
		seedPeople(sandbox.current, people(120));
		const { directory } = sandbox.current.alimail;
		directory.updateUser(sandbox.current.alimail.user('person7@yunhe.example')!, { status: 'FREEZE' });
	});

	test('users: page by page, frozen ones marked', async () => {
		const search = editor().listSearch('searchUsers');
		const first = await search();
		expect(first.results).toHaveLength(50);
		expect(first.results[6]).toEqual({
			name: 'Person 7 (person7@yunhe.example), frozen',
			value: 'person7@yunhe.example',
		});
		const second = await search('', String(first.paginationToken));
		expect(second.results[0]!.value).toBe('person51@yunhe.example');
		const third = await search('', String(second.paginationToken));
		expect(third.results).toHaveLength(20);
		expect(third.paginationToken).toBeUndefined();
	});

	test('users: found by a part of the name or the address', async () => {
		const { results } = await editor().listSearch('searchUsers')('erson12');
		expect(results.map(({ value }) => value)).toEqual(
			[12, 120].map((number) => `person${number}@yunhe.example`),
		);
	});

	test('departments: by their whole path, sorted, and found by a part of it', async () => {
		const search = editor().listSearch('searchDepartments');
		expect((await search()).results.map(({ name }) => name)).toEqual(['R&D', 'R&D/Platform', 'Sales']);
		expect((await search('d/pl')).results).toEqual([
			{ name: 'R&D/Platform', value: sandbox.current.alimail.department('R&D/Platform')!.id },
		]);
	});

	test('domains', async () => {
		const { results } = await editor().listSearch('searchDomains')('YUN');
		expect(results).toEqual([{ name: 'yunhe.example', value: 'yunhe.example' }]);
	});

	test('a fault is told, and not shown as an empty list', async () => {
		const search = editor({ appSecret: 'wrong' }).listSearch('searchUsers');
		await expect(search()).rejects.toThrow('Alimail refused the App ID or the Secret');
	});

	test('the columns of a sync: those that are needed, those shown at first, and the labels of messages', async () => {
		const { type, context } = editor();
		const { fields } = await type.methods!.resourceMapping!.getSyncColumns!.call(context);
		expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual(['email', 'name']);
		expect(fields.filter(({ removed }) => !removed).map(({ displayName }) => displayName)).toEqual([
			'Employee Number',
			'Email Address',
			'Name',
			'Department (Like R&D/Web)',
			'Job Title',
			'Manager (Address or Number)',
			'Mobile Phone',
		]);
		expect(fields).toHaveLength(16);
	});
});

describe('the test of the credential', () => {
	const check = async (more: ICredentialDataDecryptedObject = {}) => {
		const data = alimailCredential(sandbox.current, more).mailOpsAlimailApi;
		const test = editor().type.methods!.credentialTest!.alimailApp!;
		const context = new CredentialTestContext({} as never);
		return await test.call(context, { id: '1', name: 'Alimail', type: 'mailOpsAlimailApi', data });
	};

	test('passes when the app signs in and may read everything', async () => {
		expect(await check()).toEqual({ status: 'OK', message: 'Connection tested successfully' });
	});

	test('takes a slash at the end of the URL and white space around what was pasted', async () => {
		const { url, appId, appSecret } = sandbox.current.alimail;
		const pasted = { baseUrl: ` ${url}/ `, appId: ` ${appId}\n`, appSecret: `\t${appSecret} ` };
		expect(await check(pasted)).toMatchObject({ status: 'OK' });
	});

	test('a secret full of special characters arrives as it is', async () => {
		expect(await check({ appId: 'sandbox-odd', appSecret: 'a+b/c=d&e%20f' })).toMatchObject({ status: 'OK' });
	});

	test.each([
		[
			'a wrong secret',
			{ appSecret: 'wrong-and-secret' },
			/^Alimail refused the App ID or the Secret\. Copy both again/,
		],
		['no secret', { appSecret: ' ' }, /^Enter the App ID and the Secret\.$/],
		['no base URL', { baseUrl: '' }, /^Enter the base URL, starting with https/],
		[
			'a base URL where nothing is',
			{ baseUrl: 'http://127.0.0.1:9' },
			/^Alimail could not be asked: nothing useful answers at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\)/,
		],
	])('%s', async (_, more, message) => {
		const result = await check(more);
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) });
		expect(result.message).not.toContain('wrong-and-secret');
	});

	test('a base URL at which something else answers, be it a web page or data', async () => {
		const elsewhere =
			/^Something else answered where Alimail should have signed the app in\. Check the site \(or base URL\)/;
		expect((await check({ baseUrl: `${sandbox.current.url}/elsewhere` })).message).toMatch(elsewhere);
		sandbox.current.faults.add({ service: 'alimail', kind: 'html', status: 404 });
		expect((await check()).message).toMatch(elsewhere);
	});

	test('names what the app may not read', async () => {
		const { message } = await check({ appId: 'sandbox-users', appSecret: 'sandbox-users-secret' });
		expect(message).toMatch(/^The app signed in, but may not read: Departments, Domains, Organization\./);
		expect(message).toContain('A sync needs Users and Departments');
	});

	test('a service that is out of order is no fault of the credential', async () => {
		sandbox.current.faults.add({ service: 'alimail', kind: 'status', status: 503, path: /^\/v2/, times: 9 });
		expect((await check()).message).toBe('Alimail answered with HTTP 503: try again later.');
	});
});
