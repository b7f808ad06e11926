import type { IDataObject } from 'n8n-workflow';
import { forgetClaims } from '../../core/batch/inFlight';
import type { WorkflowFile } from '../../scripts/engine';
import { sendPulseCredential } from '../nodes/SendPulse/support';
import { credentialFor, postmarkCredential, useSandbox } from '../support/services';
import workflow from '../../workflows/failover-send.json';
import { Between, type Fate } from './between';
import { EngineWithTables } from './dataTables';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const OWNER = 'owner@example.com';
const MAIL = { key: 'order 1', to: 'ana@example.net', subject: 'Your order', html: '<p>Thank you</p>' };
const TABLE = 'mailops failover';
const open: Between[] = [];
let engine: EngineWithTables;

beforeEach(() => {
	forgetClaims();
	engine = new EngineWithTables();
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	engine.addCredential('SendPulse', sendPulseCredential(sandbox.current).mailOpsSendPulseApi);
	engine.addCredential('AokSend', credentialFor(sandbox.current, 'mailOpsAokSendApi').mailOpsAokSendApi);
	sandbox.current.sendpulse.settings.requestsPerSecond = 1_000;
});
afterEach(() => {
	for (const one of open.splice(0)) one.close();
});

/** Something befalls what goes to Postmark, or to SendPulse. */
async function befalls(
	service: 'postmark' | 'sendpulse',
	fateOf: (body: string, path: string) => Fate,
): Promise<void> {
	const between = await Between.start(sandbox.current[service].url, fateOf);
	open.push(between);
	const more = { baseUrl: between.url };
	if (service === 'postmark')
		engine.addCredential('Postmark', postmarkCredential(sandbox.current, more).mailOpsPostmarkServerApi);
	else engine.addCredential('SendPulse', sendPulseCredential(sandbox.current, more).mailOpsSendPulseApi);
}

const call = async (body: IDataObject) =>
	await engine.run(file, {
		start: 'Email Called For',
		items: [{ json: { headers: {}, body } }],
		mode: 'webhook',
	});
const byPostmark = () => sandbox.current.postmark.messages.map(({ to }) => to[0]!.Email);
const bySendPulse = () => sandbox.current.sendpulse.account.emails.map(({ to }) => to[0]!.email);
const byAokSend = () => sandbox.current.aoksend.messages.map(({ to }) => to);
const delivered = () => [...byPostmark(), ...bySendPulse(), ...byAokSend()].filter((to) => to !== OWNER);
const states = () => engine.data.rows(TABLE).map(({ key, state, by }) => [key, state, by]);
const told = () => sandbox.current.sendpulse.account.emails.filter(({ to }) => to[0]!.email === OWNER);

const isSend = (path: string) => /^\/(?:email|smtp\/emails)/.test(path);
const OUT: Fate = { status: 422, body: { ErrorCode: 405, Message: 'Not allowed to send' } };

test('Postmark sends, as long as it can', async () => {
	expect((await call(MAIL)).error).toBeUndefined();
	expect([byPostmark(), bySendPulse(), byAokSend()]).toEqual([['ana@example.net'], [], []]);
	expect(states()).toEqual([['order 1', 'sent', 'Postmark']]);
});

test('another workflow may hand over several at once', async () => {
	const items = ['a', 'b', 'c'].map((key) => ({ json: { ...MAIL, key, to: `${key}@example.net` } }));
	const run = await engine.run(file, { start: 'Called by a Workflow', items });
	expect(run.error).toBeUndefined();
	expect(byPostmark()).toEqual(['a@example.net', 'b@example.net', 'c@example.net']);
	expect(states().map(([, state]) => state)).toEqual(['sent', 'sent', 'sent']);
});

test('what Postmark refuses, SendPulse sends; what that refuses too, AokSend sends', async () => {
	await befalls('postmark', (_, path) => (isSend(path) ? OUT : 'pass'));
	await call(MAIL);
	await befalls('sendpulse', (_, path) =>
		isSend(path) ? { status: 422, body: { message: 'Balance is empty', error_code: 707 } } : 'pass',
	);
	await call({ ...MAIL, key: 'order 2', to: 'ben@example.net' });
	expect([byPostmark(), bySendPulse(), byAokSend()]).toEqual([[], ['ana@example.net'], ['ben@example.net']]);
	expect(states()).toEqual([
		['order 1', 'sent', 'SendPulse'],
		['order 2', 'sent', 'AokSend'],
	]);
});

test('a key that was sent is not sent again, whoever sent it; one under way is an error', async () => {
	await befalls('postmark', (_, path) => (isSend(path) ? OUT : 'pass'));
	await call(MAIL);
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	expect((await call(MAIL)).error).toBeUndefined();
	expect(delivered()).toEqual(['ana@example.net']);
	engine.data.rows(TABLE)[0]!.state = 'taken';
	expect((await call(MAIL)).error?.message).toContain('Nothing was sent for the key order 1');
	expect(delivered()).toEqual(['ana@example.net']);
});

test('two calls with one key at the same moment send it once', async () => {
	const runs = await Promise.all([call(MAIL), call(MAIL), call(MAIL)]);
	expect(delivered()).toEqual(['ana@example.net']);
	for (const { error } of runs) expect(error?.message ?? 'Nothing was sent').toContain('Nothing was sent');
});

test('an email nobody should send is not handed on: the owner is told, and its key is free again', async () => {
	sandbox.current.postmark.bounce({ email: MAIL.to });
	expect((await call(MAIL)).error).toBeUndefined();
	expect(delivered()).toEqual([]);
	expect(told()).toMatchObject([
		{ subject: 'An email was not sent: order 1', text: expect.stringContaining('no longer delivers') },
	]);
	expect(states()).toEqual([]);
});

test('when nobody can send it, the owner is told, and it can be called for again', async () => {
	sandbox.current.aoksend.settings.balance = 0;
	const out: Fate = { status: 422, body: { message: 'Balance is empty', error_code: 707 } };
	await befalls('postmark', (_, path) => (isSend(path) ? OUT : 'pass'));
	await befalls('sendpulse', (body, path) =>
		isSend(path) && body.includes(`"email":"${MAIL.to}`) ? out : 'pass',
	);
	await call(MAIL);
	expect([delivered(), states()]).toEqual([[], []]);
	expect(told()).toMatchObject([{ subject: 'An email was not sent: order 1' }]);
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	await call(MAIL);
	expect(delivered()).toEqual(['ana@example.net']);
});

test('whether Postmark has sent it is unknown: nobody else sends it, and the owner is told', async () => {
	let isSent = false;
	await befalls('postmark', (_, path) => {
		if (isSend(path)) {
			isSent = true;
			return 'lost';
		}
		return isSent ? '500' : 'pass';
	});
	await call(MAIL);
	expect(delivered()).toEqual(['ana@example.net']);
	expect(states()).toEqual([['order 1', 'unknown', null]]);
	expect(told()).toMatchObject([
		{
			subject: 'Nobody knows whether an email was sent: order 1',
			text: expect.stringContaining('It may have arrived, so no other service has sent it.'),
		},
	]);
}, 300_000);

test.each([
	['a key', { ...MAIL, key: '' }],
	['a recipient', { ...MAIL, to: undefined }],
	['words', { ...MAIL, html: '' }],
])('a call without %s is an error and takes nothing', async (_, body) => {
	const { error } = await call(body as IDataObject);
	expect(error?.message).toContain('Nothing was sent: key, to, subject, and html or text are needed.');
	expect([delivered(), states()]).toEqual([[], []]);
});

test('100 emails while Postmark answers half of them with 500, and both lose some answers: each once at most', async () => {
	const numberOf = (text: string) => Number(/m(\d+)@example\.net/.exec(text)?.[1] ?? -1);
	// Of the recipient alone: what the owner is told names the address too.
	const recipientOf = (body: string) => numberOf(/"(?:To|email)":"m\d+@example\.net/.exec(body)?.[0] ?? '');
	await befalls('postmark', (body, path) => {
		const number = recipientOf(body);
		if (!isSend(path) || number < 0) return 'pass';
		if (number % 2 === 0) return '500';
		return number % 10 === 1 ? 'lost' : 'pass';
	});
	await befalls('sendpulse', (body, path) => {
		const number = recipientOf(body);
		if (!isSend(path) || number < 0) return 'pass';
		if (number % 20 === 0) return 'lost';
		return number % 20 === 2
			? { status: 422, body: { message: 'Balance is empty', error_code: 707 } }
			: 'pass';
	});
	const numbers = Array.from({ length: 100 }, (_, i) => i);
	const runs = await Promise.all(
		numbers.map(async (i) => await call({ ...MAIL, key: `mail ${i}`, to: `m${i}@example.net` })),
	);
	expect(runs.flatMap(({ error }) => error?.message ?? [])).toEqual([]);

	const all = delivered();
	expect(new Set(all).size).toBe(all.length);
	const unknown = numbers.filter((i) => i % 20 === 0);
	const by = (service: string) =>
		engine.data
			.rows(TABLE)
			.filter((row) => row.state === 'sent' && row.by === service)
			.map(({ recipient }) => numberOf(String(recipient)))
			.sort((a, b) => a - b);
	expect(by('Postmark')).toEqual(numbers.filter((i) => i % 2 === 1));
	expect(by('AokSend')).toEqual(numbers.filter((i) => i % 20 === 2));
	expect(by('SendPulse')).toEqual(numbers.filter((i) => i % 2 === 0 && i % 20 !== 2 && !unknown.includes(i)));
	expect(
		byAokSend()
			.map(numberOf)
			.sort((a, b) => a - b),
	).toEqual(by('AokSend'));
	expect(
		engine.data
			.rows(TABLE)
			.filter(({ state }) => state === 'unknown')
			.map(({ recipient }) => numberOf(String(recipient)))
			.sort((a, b) => a - b),
	).toEqual(unknown);
	expect(
		told()
			.map(({ text = '' }) => numberOf(text))
			.sort((a, b) => a - b),
	).toEqual(unknown);
	expect(
		byAokSend()
			.map(numberOf)
			.filter((i) => unknown.includes(i)),
	).toEqual([]);
}, 300_000);
