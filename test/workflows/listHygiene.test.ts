import type { IDataObject } from 'n8n-workflow';
import { Engine, type WorkflowFile } from '../../scripts/engine';
import workflow from '../../workflows/list-hygiene.json';
import { sendPulseCredential } from '../nodes/SendPulse/support';
import { credentialFor, postmarkCredential, useSandbox } from '../support/services';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const ANA = 'ana@example.net';
const OWNER = 'owner@yunhe.example';
const AUDIENCE = 'a1b2c3d4e5';

const mailchimp = async (method: string, path: string, body: IDataObject) => {
	const { url, apiKey } = sandbox.current.mailchimp;
	const answer = await fetch(`${url}/lists/${AUDIENCE}/members${path}`, {
		method,
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	expect(answer.status).toBe(200);
};
const subscribe = async (email_address: string) =>
	await mailchimp('POST', '', { email_address, status: 'subscribed' });

async function start(trigger: string, ...items: IDataObject[]) {
	const engine = new Engine();
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	engine.addCredential('SendPulse', sendPulseCredential(sandbox.current).mailOpsSendPulseApi);
	engine.addCredential(
		'Mailchimp',
		credentialFor(sandbox.current, 'mailOpsMailchimpApi').mailOpsMailchimpApi,
	);
	const run = await engine.run(file, {
		start: trigger,
		items: items.map((json) => ({ json })),
		mode: 'webhook',
	});
	expect(run.error).toBeUndefined();
	return run;
}

/** Where an address gets no more emails from. */
const stopped = (email: string) => ({
	postmark: [...sandbox.current.postmark.servers[0]!.streams.keys()].filter((stream) =>
		sandbox.current.postmark.servers[0]!.suppressions.get(stream, email),
	),
	sendpulse: sandbox.current.sendpulse.account.blacklist.has(email),
	mailchimp: sandbox.current.mailchimp.audience.find(email)?.status,
});
const told = () =>
	sandbox.current.postmark.messages
		.filter(({ to }) => to[0]!.Email === OWNER)
		.map(({ subject, text }) => [subject, text]);

const GONE = { RecordType: 'Bounce', Type: 'HardBounce', Inactive: true, Email: ANA };
const NOWHERE = { postmark: [], sendpulse: false, mailchimp: 'unsubscribed' };
const EVERYWHERE = { postmark: ['broadcast'], sendpulse: true, mailchimp: 'unsubscribed' };

test.each([
	['Postmark Reports', GONE],
	['Postmark Reports', { RecordType: 'SpamComplaint', Type: 'SpamComplaint', Inactive: true, Email: ANA }],
	['SendPulse Campaigns Report', { event: 'hard_bounces', email: ANA, task_id: 1, timestamp: '1' }],
	['SendPulse Campaigns Report', { event: 'spam', email: 'Ana@example.net', timestamp: '1' }],
	['SendPulse SMTP Reports', { event: 'hard_bounces', email: ANA, task_id: 1, timestamp: 1 }],
	['SendPulse SMTP Reports', { event: 'spam_by_user', recipient: ANA, timestamp: 1 }],
])('%s tells of %j: nobody mails the address any more', async (trigger, event) => {
	await subscribe(ANA);
	await start(trigger, event as IDataObject);
	expect(stopped(ANA)).toEqual(EVERYWHERE);
	expect(told()).toEqual([]);
});

test('who does not exist in Mailchimp is not added there, and nobody is bothered', async () => {
	await start('Postmark Reports', GONE);
	expect(stopped(ANA)).toEqual({ ...EVERYWHERE, mailchimp: undefined });
	expect(told()).toEqual([]);
});

test('a bounce that passes by itself stops nothing', async () => {
	await subscribe(ANA);
	await start('Postmark Reports', { ...GONE, Type: 'Transient', Inactive: false });
	expect(stopped(ANA)).toEqual({ postmark: [], sendpulse: false, mailchimp: 'subscribed' });
});

test.each([
	['was cleaned', { type: 'cleaned', reason: 'hard' }, EVERYWHERE],
	['complained of spam', { type: 'unsubscribe', action: 'unsub', reason: 'abuse' }, EVERYWHERE],
	['only left', { type: 'unsubscribe', action: 'unsub', reason: 'manual' }, NOWHERE],
	['was archived', { type: 'unsubscribe', action: 'delete', reason: 'manual' }, NOWHERE],
])('Mailchimp tells of somebody who %s', async (_, event, expected) => {
	await subscribe(ANA);
	sandbox.current.mailchimp.audience.find(ANA)!.status = 'unsubscribed';
	await start('Mailchimp Reports', { ...event, list_id: AUDIENCE, email: 'Ana@example.net' });
	expect(stopped(ANA)).toEqual(expected);
	expect(told()).toEqual([]);
	// Mailchimp has told it, and is not told it.
	expect(sandbox.current.requests.count({ service: 'mailchimp', method: 'PATCH' })).toBe(0);
});

test('many at once go in few requests, each address once', async () => {
	const events = Array.from({ length: 120 }, (_, i) => ({ ...GONE, Email: `${i % 60}@example.net` }));
	await start('Postmark Reports', ...events);
	const writes = sandbox.current.requests
		.list({})
		.filter(({ method, path }) => method === 'POST' && /suppressions|blacklist/.test(path));
	expect(sandbox.current.sendpulse.account.blacklist.size).toBe(60);
	expect(writes.map(({ service }) => service).sort()).toEqual(['postmark', 'postmark', 'sendpulse']);
});

test('what could not be done, and what may have been missed, is told to the owner in one mail, and the rest is done', async () => {
	await subscribe(ANA);
	sandbox.current.faults.add({
		service: 'sendpulse',
		path: '/blacklist',
		kind: 'status',
		status: 403,
		body: { message: 'Access denied', error_code: 3030303030 },
	});
	const missed = { RecordType: 'Missed', Message: 'Some bounces were missed.', Remedy: 'Look at them.' };
	await start('Postmark Reports', GONE, missed);
	expect(stopped(ANA)).toEqual({ ...EVERYWHERE, sendpulse: false });
	const words = told()
		.map(([, text]) => text)
		.join('\n');
	expect(words).toContain(`${ANA}: The plan of the account does not allow this`);
	expect(words).toContain('No address: Some bounces were missed. Look at them.');
});
