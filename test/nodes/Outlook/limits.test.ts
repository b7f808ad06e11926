import type { WorkflowExecute } from 'n8n-core';
// Loaded later, it would put its own counts in the place of a test's.
import '../../../core/http/client';
import { useQuotas } from '../../../core/http/limiter';
import { shareLimits } from '../../../core/http/workers';
import { runNode } from '../../support/runNode';
import { credentialFor, useSandbox } from '../../support/services';
import { run } from './support';

const sandbox = useSandbox();
const service = () => sandbox.current.outlook;
const OWN = 'anna@contoso.example';
const MAIL = { subject: 'Hi', html: '<p>Hi</p>' };

/** Every request keeps its place at Outlook for so long. */
beforeEach(() => Object.assign(service().settings, { workMs: 15, partMs: 15, messagesPerMinute: 100_000 }));
afterEach(shareLimits);

const received = (count: number, address?: string) =>
	Array.from({ length: count }, (_, i) => ({
		json: { id: `AAkALg${service().receive(`m${i}`, 'guest@elsewhere.example', {}, address).id}`, address },
	}));

const people = (count: number, mailboxes: string[] = ['']) =>
	Array.from({ length: count }, (_, i) => ({
		json: { to: `p${i}@elsewhere.example`, mailbox: mailboxes[i % mailboxes.length]! },
	}));

const byAddress = (address: string) =>
	service().directory.put(address, { userPrincipalName: address, mail: address, displayName: 'Box' });

/** All of them at the same time, as several workflows do. */
async function sideBySide(...runs: Array<ReturnType<typeof run>>): Promise<void> {
	for (const done of await Promise.all(runs)) expect(done.error).toBeUndefined();
}

test('batches, single requests and sending to one mailbox, by its owner and by the app: never too many at once', async () => {
	const [marked, moved] = [received(60), received(40)];
	const update = { messageId: '={{ $json.id }}', updateFields: { isRead: true } };
	const form = { ...MAIL, to: '={{ $json.to }}' };
	const list = { returnAll: false, limit: 5, filters: {} };
	const many = Array.from({ length: 12 }, () => ({ json: {} }));
	await sideBySide(
		run(sandbox.current, 'message.update', update, { items: marked }),
		run(sandbox.current, 'message.update', { ...update, mailbox: OWN }, { items: moved, asApp: true }),
		run(sandbox.current, 'message.getAll', list, { items: many }),
		run(sandbox.current, 'message.getAll', { ...list, mailbox: OWN }, { items: many, asApp: true }),
		run(sandbox.current, 'message.send', { ...form, once: true }, { items: people(30) }),
		run(sandbox.current, 'message.send', { ...form, once: false }, { items: people(30) }),
	);
	expect(service().throttled).toEqual([]);
	expect(service().limits.peak).toBe(4);
	expect(service().post.sent).toHaveLength(60);
});

describe('twenty mailboxes', () => {
	const addresses = Array.from({ length: 20 }, (_, i) => `box${i}@contoso.example`);
	beforeEach(() => addresses.forEach(byAddress));

	const work = async (credential = {}) => {
		const more = { asApp: true, credential };
		const form = { ...MAIL, to: '={{ $json.to }}', mailbox: '={{ $json.mailbox }}' };
		await sideBySide(
			run(
				sandbox.current,
				'message.update',
				{ messageId: '={{ $json.id }}', mailbox: '={{ $json.address }}', updateFields: { isRead: true } },
				{ items: addresses.flatMap((address) => received(5, address)), ...more },
			),
			run(
				sandbox.current,
				'message.getAll',
				{ returnAll: false, limit: 5, filters: {}, mailbox: '={{ $json.mailbox }}' },
				{ items: people(40, addresses), ...more },
			),
			run(
				sandbox.current,
				'message.send',
				{ ...form, once: true },
				{ items: people(60, addresses), ...more },
			),
		);
		expect(service().throttled).toEqual([]);
		expect(service().post.sent).toHaveLength(60);
	};

	test('side by side: four requests at once over all of them', async () => {
		await work();
		expect(service().limits.peak).toBe(4);
	});

	test('four requests at once in each, where the credential says so', async () => {
		service().settings.concurrencyOf = 'mailbox';
		await work({ requestsAtOnce: 'mailbox' });
		expect(service().limits.peak).toBeGreaterThan(4);
	});
});

test('what another program of the app has under way closes all mailboxes for as long as Outlook says', async () => {
	byAddress('box@contoso.example');
	const leave = Array.from({ length: 4 }, () => service().limits.enter('someone else', 0));
	const items = [{ json: { mailbox: 'box@contoso.example' } }];
	const list = { returnAll: false, limit: 5, filters: {}, mailbox: '={{ $json.mailbox }}' };
	const done = run(sandbox.current, 'message.getAll', list, { items, asApp: true });
	while (service().throttled.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	const refused = Date.now();
	leave.forEach((end) => end());
	// The answer is on its way, and closes them when it comes.
	await new Promise((resolve) => setTimeout(resolve, 300));
	await sideBySide(run(sandbox.current, 'message.getAll', { ...list, mailbox: '' }));
	expect(Date.now() - refused).toBeGreaterThan(900);
	await sideBySide(done);
	expect(service().throttled).toEqual(['MailboxConcurrency']);
});

describe('what a mailbox is given', () => {
	const binary = (bytes: number) => ({
		data: {
			data: Buffer.alloc(bytes, 'x').toString('base64'),
			mimeType: 'application/octet-stream',
			fileName: 'report.bin',
		},
	});
	const MB = 1_000_000;
	const withFile = { ...MAIL, to: 'p@elsewhere.example', once: true, options: { attachments: 'data' } };

	/** Counts instead of the limiter, and answers how long to wait. */
	function counting(wait: (total: number) => number): Map<string, number> {
		const counted = new Map<string, number>();
		useQuotas((account) => ({
			used: 0,
			async take(limit, amount) {
				if (!account.endsWith(' bytes')) return 0;
				expect(limit).toBe(150 * MB);
				const total = (counted.get(account) ?? 0) + amount;
				const ms = wait(total);
				if (ms === 0) counted.set(account, total);
				return ms;
			},
		}));
		return counted;
	}

	test('every body counts, in batches and pieces of uploads too: as Outlook counts it', async () => {
		const counted = counting(() => 0);
		await sideBySide(
			run(sandbox.current, 'message.send', withFile, { items: [{ binary: binary(9 * MB) }] }),
			run(
				sandbox.current,
				'message.send',
				{ ...withFile, mailbox: OWN },
				{
					items: [{ binary: binary(1 * MB) }],
					asApp: true,
				},
			),
			run(
				sandbox.current,
				'message.send',
				{ ...MAIL, to: '={{ $json.to }}', once: true },
				{ items: people(20) },
			),
		);
		const given = service().limits.uploadedTo(String(service().directory.signedIn.id));
		expect(given).toBeGreaterThan(10.3 * MB);
		// Parts have no spaces to count, and sessions are opened in requests of their own.
		expect([...counted.values()].map((bytes) => Math.abs(bytes - given) < 2_000)).toEqual([true]);
		expect(service().uploads.largest).toBeLessThan(4 * 1024 * 1024);
	});

	test('more than fits waits for room and then goes', async () => {
		let waits = 0;
		counting((total) => (total > 5 * MB && waits++ < 3 ? 60 : 0));
		const begun = Date.now();
		await sideBySide(run(sandbox.current, 'message.send', withFile, { items: [{ binary: binary(9 * MB) }] }));
		expect(Date.now() - begun).toBeGreaterThanOrEqual(180);
		expect(service().post.sent[0]!.attachments[0]!.content).toHaveLength(9 * MB);
		expect(service().throttled).toEqual([]);
	});

	test('the wait ends with the execution, and nothing of the message is left', async () => {
		counting((total) => (total > 5 * MB ? 60_000 : 0));
		let execution: WorkflowExecute | undefined;
		const done = runNode(
			{
				type: 'outlook',
				parameters: { authentication: 'user', resource: 'message', operation: 'send', ...withFile } as never,
				credentials: credentialFor(sandbox.current, 'mailOpsOutlookOAuth2Api'),
			},
			[{ json: {}, binary: binary(9 * MB) }],
			{ started: (one) => (execution = one) },
		);
		while (service().uploads.largest === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		const stopped = Date.now();
		(execution as unknown as { abortController: AbortController }).abortController.abort();
		await done;
		expect(Date.now() - stopped).toBeLessThan(5_000);
		expect(service().post.sent).toEqual([]);
	});

	test('of many large files two are read at a time', async () => {
		const { uploads } = service();
		const open = jest.spyOn(uploads, 'open');
		let most = 0;
		counting(() => {
			const done = sandbox.current.requests.count({ method: 'PUT', status: 201 });
			most = Math.max(most, open.mock.calls.length - done);
			return 0;
		});
		const drafts = Array.from({ length: 6 }, () => {
			const { id } = service().mailbox().receive({ isDraft: true }, 'drafts');
			return { json: { id: `AAkALg${id}` }, binary: binary(5 * MB) };
		});
		const form = { messageId: '={{ $json.id }}', property: 'data' };
		await sideBySide(run(sandbox.current, 'attachment.add', form, { items: drafts }));
		expect(open).toHaveBeenCalledTimes(6);
		expect(most).toBe(2);
	});

	test('Outlook refuses what is too much for five minutes', async () => {
		service().settings.uploadBytes = 5 * MB;
		const owner = String(service().directory.signedIn.id);
		service().limits.enter(owner, 4 * MB)();
		expect(() => service().limits.enter(owner, 2 * MB)).toThrow('Application is over its upload limit.');
		service().limits.enter(owner, 0)();
		service().limits.enter('another', 9 * MB)();
		expect(service().throttled).toEqual(['upload']);
	});
});

test('a mailbox has one pace, whether its owner sends or the app, by address or ID', async () => {
	const counted = new Set<string>();
	useQuotas((account, windowMs) => {
		if (windowMs === 60_000) counted.add(account);
		return undefined;
	});
	const form = { ...MAIL, to: 'p@elsewhere.example', once: true };
	await run(sandbox.current, 'message.send', form);
	await run(sandbox.current, 'message.send', { ...form, mailbox: OWN.toUpperCase() }, { asApp: true });
	const id = String(service().directory.signedIn.id);
	await run(sandbox.current, 'message.send', { ...form, mailbox: id }, { asApp: true });
	expect(service().post.sent).toHaveLength(3);
	expect([...counted]).toEqual([expect.stringMatching(/sending anna@contoso\.example$/)]);
});
