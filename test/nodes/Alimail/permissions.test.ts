import { permissionOf } from '../../../nodes/Alimail/permissions';
import { readToken } from '../../../nodes/Alimail/token';
import { ServiceError } from '../../../core/errors';
import { run, useAlimail } from './support';

const sandbox = useAlimail();

describe('a 403 names the permission of the call', () => {
	test.each([
		['GET', '/v2/users/li%40yunhe.example', 'read Users'],
		['PATCH', '/v2/users/li', 'write Users'],
		['POST', '/v2/users/listByIds', 'read Users'],
		['POST', '/v2/departments/listByIds', 'read Departments'],
		['GET', '/v2/departments/$root/users', 'read Departments'],
		['POST', '/v2/users/li%40yunhe.example/messages/query', 'read Mails'],
		['POST', '/v2/users/li/messages', 'write Mails'],
		['POST', '/v2/users/li/messages/m1/send', 'send Mails'],
		['GET', '/v2/users/li/mailFolders', 'read Mails'],
		['POST', '/v2/users/li/calendars/1/events', 'write Calendars'],
		['GET', '/v2/sharedContactFolders/$root/contacts', 'read Public Contacts'],
		['DELETE', '/v2/domains/yunhe.example', 'write Domains'],
	])('%s %s: %s', (method, path, expected) => {
		const { right, module } = permissionOf({ method, path })!;
		expect(`${right} ${module}`).toBe(expected);
	});

	test.each(['/v2/groups', '/v2/usersomething', '/v3/users', '/'])('%s: nobody knows', (path) => {
		expect(permissionOf({ method: 'GET', path })).toBeUndefined();
	});

	test('in the words of the run', async () => {
		sandbox.current.faults.add({
			service: 'alimail',
			path: /\/messages\/query$/,
			kind: 'status',
			status: 403,
		});
		const asked = run(sandbox.current, 'custom.request', {
			method: 'POST',
			path: '/v2/users/li%40yunhe.example/messages/query',
			body: '{}',
		});
		await expect(asked).rejects.toMatchObject({
			message: expect.stringContaining('The Alimail app lacks the permission to read Mails'),
			description: expect.stringContaining('tick Mails (read)'),
		});
	});
});

test.each([401, 403, 404, 429, 500])('a sign-in refused with %d shows what Alimail says', (status) => {
	const body = { error: 'invalid_client', message: 'The app was disabled.', detailErrorCode: 'AppDisabled' };
	let failure: unknown;
	try {
		readToken({ status, headers: {}, body });
	} catch (error) {
		failure = error;
	}
	expect(failure).toBeInstanceOf(ServiceError);
	expect((failure as ServiceError).facts).toMatchObject({
		said: 'invalid_client – The app was disabled. – AppDisabled',
		outcome: 'notSent',
		remedy: expect.any(String),
	});
});
