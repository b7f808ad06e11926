import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { problem, send } from './support';

const sandbox = useSandbox();
const answering = (body: unknown, times = 1) =>
	sandbox.current.faults.add({ service: 'aoksend', kind: 'status', status: 200, body, times });

test.each([
	['40001', 'got no app key', undefined],
	['40002', 'does not know this app key', undefined],
	['40003', 'has no such template', 'Template ID'],
	['40004', 'got no recipient', 'To'],
	['40005', 'does not take this recipient', 'To'],
	['40006', 'does not take the Reply To', 'Reply To'],
	['40007', 'has no emails left', undefined],
	['40008', 'cannot read the template values', 'Template Values'],
	['40009', 'does not take this attachment', 'Attachment'],
	['40077', 'refused the request', undefined],
])('code %s, as text and as a number, with HTTP 200', async (code, words, field) => {
	for (const given of [code, Number(code)]) {
		answering({ code: given, message: 'its own words' });
		const { error, details } = await problem(sandbox.current);
		expect(error).toContain(words);
		expect(details).toMatchObject({
			service: 'AokSend',
			code,
			said: 'its own words',
			outcome: 'refused',
			canRetry: false,
		});
		expect(details.field).toBe(field);
		expect(String(details.remedy).length).toBeGreaterThan(20);
	}
	expect(sandbox.current.aoksend.messages).toEqual([]);
});

test('the stand-in refuses by itself: an unknown template, a spent balance', async () => {
	expect(await problem(sandbox.current, { templateId: 'E_9' })).toMatchObject({ details: { code: '40003' } });
	sandbox.current.aoksend.settings.balance = 0;
	expect(await problem(sandbox.current)).toMatchObject({ details: { code: '40007' } });
});

test('a message names the service that the credential is for', async () => {
	const { error, details } = await problem(sandbox.current, { templateId: 'E_9' }, { service: 'aotSend' });
	expect(error).toBe('AotSend has no such template for this account');
	expect(details.service).toBe('AotSend');
});

test.each([[{ code: 1, message: 'ok' }], [{ code: '500', message: 'busy' }], [{ message: 'success' }], [{}]])(
	'%j is neither a success nor a refusal: it is not sent again, and the item says where to look',
	async (body) => {
		answering(body, Infinity);
		const { details } = await problem(sandbox.current);
		expect(details).toMatchObject({ outcome: 'unknown', canRetry: false });
		expect(details.remedy).toContain('sending records at www.aoksend.com');
		expect(sandbox.current.requests.total).toBe(1);
	},
);

test('an answer that got lost is not sent again', async () => {
	sandbox.current.faults.add({ service: 'aoksend', kind: 'resetAfter' });
	const { details } = await problem(sandbox.current);
	expect(details).toMatchObject({ outcome: 'unknown', canRetry: false });
	expect(sandbox.current.aoksend.messages).toHaveLength(1);
});

test('one bad item does not stop the others', async () => {
	const run = await send(
		sandbox.current,
		{ to: '={{ $json.to }}', templateId: '={{ $json.template }}' },
		{
			items: [
				{ json: { to: 'a@x.example', template: 'E_100000000001' } },
				{ json: { to: 'b@x.example', template: 'E_9' } },
				{ json: { to: 'c@x.example', template: 'E_100000000001' } },
			],
			settings: { onError: 'continueErrorOutput' },
		},
	);
	expect(run.json(NODE, 0).map(({ to }) => to)).toEqual(['a@x.example', 'c@x.example']);
	expect(run.json(NODE, 1)).toMatchObject([{ details: { code: '40003' } }]);
});

test('the app key never comes out, even when the service repeats it', async () => {
	const { aoksend } = sandbox.current.aoksend.appKeys;
	answering({ code: 40002, message: `app_key ${aoksend} error` });
	const found = await problem(sandbox.current);
	expect(JSON.stringify(found)).not.toContain(aoksend);
	expect(JSON.stringify(sandbox.current.requests.list())).not.toContain(aoksend);
});
