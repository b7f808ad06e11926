import { useSandbox } from '../support/services';
import { ask } from './client';

const sandbox = useSandbox();
const KEY = { app_key: 'sandbox-aoksend-key' };
const MAIL = { ...KEY, template_id: 'E_100000000001', to: 'ana@x.example' };

const post = async (body: RequestInit['body'], path = '/index/api/send_email') =>
	(
		await ask<{ code: unknown; account?: number }>(`${sandbox.current.aoksend.url}${path}`, {
			method: 'POST',
			body: body ?? null,
		})
	).body;
const form = (fields: Record<string, string>) => new URLSearchParams(fields);

function multipart(fields: Record<string, string>, bytes: number, name: string): FormData {
	const data = new FormData();
	for (const [field, value] of Object.entries(fields)) data.append(field, value);
	data.append('attachment', new Blob([new Uint8Array(bytes)]), name);
	return data;
}

test('fields come in a form, with files, or in the query, as the vendor’s test page has them', async () => {
	expect(await post(form(MAIL))).toMatchObject({ code: '200', msg_id: 'm00000001' });
	expect(await post(multipart(MAIL, 10, 'a.pdf'))).toMatchObject({ code: '200' });
	expect(await post(undefined, `/index/api/send_email?${form(MAIL)}`)).toMatchObject({ code: '200' });
	expect(sandbox.current.aoksend.messages.map(({ attachment }) => attachment?.name)).toEqual([
		undefined,
		'a.pdf',
		undefined,
	]);
});

test.each([
	['no key', {}, '40001'],
	['a wrong key', { app_key: 'x' }, '40002'],
	['the key of a sister service', { app_key: 'sandbox-aotsend-key' }, '40002'],
	['no template', KEY, '40003'],
	['no recipient', { ...MAIL, to: '' }, '40004'],
	['two recipients', { ...MAIL, to: 'a@x.example,b@x.example' }, '40005'],
	['a bad reply_to', { ...MAIL, reply_to: 'x' }, '40006'],
	['data that is no JSON', { ...MAIL, data: '{' }, '40008'],
	['data that is a list', { ...MAIL, data: '[]' }, '40008'],
])('refuses %s with HTTP 200', async (_, fields, code) => {
	const { status, body } = await ask(`${sandbox.current.aoksend.url}/index/api/send_email`, {
		method: 'POST',
		body: form(fields as Record<string, string>),
	});
	expect([status, body.code]).toEqual([200, code]);
	expect(sandbox.current.aoksend.messages).toEqual([]);
});

test.each([
	['too large', 1024 * 1024 + 1, 'a.pdf'],
	['of a type it does not take', 10, 'a.exe'],
])('an attachment %s', async (_, bytes, name) => {
	expect(await post(multipart(MAIL, bytes, name))).toMatchObject({ code: '40009' });
});

test('a free account attaches nothing, and an empty one sends nothing', async () => {
	sandbox.current.aoksend.settings.isPaying = false;
	expect(await post(multipart(MAIL, 10, 'a.pdf'))).toMatchObject({ code: '40009' });
	sandbox.current.aoksend.settings.balance = 1;
	expect(await post(form(MAIL))).toMatchObject({ code: '200' });
	expect(await post(form(MAIL))).toMatchObject({ code: '40007' });
	expect(await post(form(KEY), '/index/api/check_account')).toMatchObject({ account: 0 });
});

test('the sister services have accounts and addresses of their own', async () => {
	const { aoksend } = sandbox.current;
	const sister = { ...MAIL, app_key: 'sandbox-aotsend-key' };
	expect(await post(form(sister), '/aotsend/index/api/send_email')).toEqual({
		code: '200',
		message: 'success',
	});
	const words = { app_key: 'sandbox-fengemail-key', to: 'ana@x.example', subject: 'Hi', html: '<p>Hi</p>' };
	expect(await post(form(words), '/fengemail/index/api/send_email')).toMatchObject({ code: '200' });
	expect(aoksend.messages.map(({ product }) => product)).toEqual(['aotsend', 'fengemail']);
	const { status } = await ask(`${aoksend.urlOf('aotsend')}/index/api/check_account`, { method: 'POST' });
	expect(status).toBe(404);
});

test('JSON is no form', async () => {
	const { body } = await ask(`${sandbox.current.aoksend.url}/index/api/send_email`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(MAIL),
	});
	expect(body.code).toBe('40001');
});
