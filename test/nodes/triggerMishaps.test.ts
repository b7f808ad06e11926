import type { INodeExecutionData } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { useShared } from '../../core/shared';
import { keyIn } from '../../core/webhook/auth';
import { forgetDelivered } from '../../core/webhook/deliveredIds';
import { selfCallsDone } from '../../core/webhook/selfCall';
import manifest from '../../package.json';
import { startSandbox, type Sandbox } from '../../sandbox';
import { mishaps, type Mishap } from '../../scripts/faults/mishaps';
import { addAudience } from '../../sandbox/services/mailchimp/lists';
import { PollHost } from '../support/pollHost';
import { alimailCredential, credentialFor, postmarkCredential } from '../support/services';
import { TriggerHost } from '../support/triggerHost';
import { sendPulseCredential } from './SendPulse/support';

/**
 * Each trigger against each mishap of the fault matrix: what polls loses nothing and tells nothing twice, and what is called by
 * the service is registered there once, and not at all when it is switched off.
 */

beforeEach(() => {
	forgetDelivered();
	useShared();
});
afterAll(selfCallsDone);

/** Those that wait for a whole time-out are left out here: a poll that never ends is n8n's to stop. */
const quick = mishaps.filter(({ isSlow }) => !isSlow);

interface PollScene {
	service: 'alimail' | 'mailchimp' | 'outlook';
	/** The requests that look. */
	looks: RegExp;
	open(sandbox: Sandbox): PollHost;
	/** Lets something happen at the service that is told by this name. */
	happen(sandbox: Sandbox, name: string): void;
	told(item: INodeExecutionData): string;
}

interface HookScene {
	service: 'mailchimp' | 'outlook' | 'postmark' | 'sendpulse';
	/** The requests that look at, make and remove what calls the trigger. */
	hooks: RegExp;
	open(sandbox: Sandbox): Promise<TriggerHost>;
	/** Where the service calls. */
	addresses(sandbox: Sandbox): string[];
}

/** Many look side by side, each in a workflow of its own, which looks once at a time. */
const ownWorkflow = () => ({ id: randomUUID() });

const polls: Record<string, PollScene> = {
	AlimailTrigger: {
		service: 'alimail',
		looks: /^\/v2\/users$/,
		open: (current) =>
			new PollHost({
				type: 'alimailTrigger',
				settings: ownWorkflow(),
				parameters: { watch: 'users', events: ['created', 'deleted'], fields: [], mostDeleted: 20 },
				credentials: alimailCredential(current),
			}),
		happen: ({ alimail }, name) => void alimail.seed({ users: [{ email: `${name}@yunhe.example`, name }] }),
		told: ({ json }) => String((json.user as { name: string }).name),
	},
	MailchimpActivityTrigger: {
		service: 'mailchimp',
		looks: /\/lists$/,
		open: (current) =>
			new PollHost({
				type: 'mailchimpActivityTrigger',
				settings: ownWorkflow(),
				parameters: { event: 'audienceCreated' },
				credentials: credentialFor(current, 'mailOpsMailchimpApi'),
			}),
		// Its times are of whole seconds: what was there before is of another one.
		happen({ mailchimp }, name) {
			const made = addAudience(mailchimp, { name });
			for (const old of [mailchimp.audience, ...(name === 'before' ? [made] : [])])
				Object.assign(old, { createdAt: '2026-01-31T09:05:07+00:00' });
		},
		told: ({ json }) => String(json.name),
	},
	OutlookTrigger: {
		service: 'outlook',
		looks: /delta/,
		open: (current) =>
			new PollHost({
				type: 'outlookTrigger',
				settings: ownWorkflow(),
				parameters: { authentication: 'user', event: 'messageReceived' },
				credentials: credentialFor(current, 'mailOpsOutlookOAuth2Api'),
			}),
		happen: ({ outlook }, name) => void outlook.receive(name),
		told: ({ json }) => String(json.subject),
	},
};

const hooks: Record<string, HookScene> = {
	MailchimpTrigger: {
		service: 'mailchimp',
		hooks: /\/webhooks/,
		open: async (current) =>
			await TriggerHost.start({
				type: 'mailchimpTrigger',
				parameters: { audience: { __rl: true, mode: 'id', value: 'a1b2c3d4e5' } },
				credentials: credentialFor(current, 'mailOpsMailchimpApi'),
			}),
		addresses: ({ mailchimp }) =>
			[...mailchimp.audience.webhooks.values()].map(({ url }) => url.replace(/\?.*/, '')),
	},
	OutlookInstantTrigger: {
		service: 'outlook',
		hooks: /\/subscriptions/,
		open: async (current) =>
			await TriggerHost.start({
				type: 'outlookInstantTrigger',
				parameters: { authentication: 'user', event: 'messageSent' },
				credentials: credentialFor(current, 'mailOpsOutlookOAuth2Api'),
			}),
		addresses: ({ outlook }) =>
			outlook.subscriptions.active.map(({ notificationUrl }) => notificationUrl.replace(/\?.*/, '')),
	},
	PostmarkTrigger: {
		service: 'postmark',
		hooks: /\/webhooks/,
		open: async (current) =>
			await TriggerHost.start({
				type: 'postmarkTrigger',
				parameters: { events: ['bounce'] },
				credentials: postmarkCredential(current),
			}),
		addresses: ({ postmark }) => [...postmark.servers[0]!.webhooks.values()].map(({ Url }) => Url),
	},
	SendPulseTrigger: {
		service: 'sendpulse',
		hooks: /\/email-service\/webhook/,
		open: async (current) =>
			await TriggerHost.start({
				type: 'sendPulseTrigger',
				parameters: { events: ['hard_bounces'] },
				credentials: sendPulseCredential(current),
			}),
		addresses: ({ sendpulse }) =>
			[...sendpulse.account.reports.webhooks.values()].map(({ url }) => keyIn(url).url),
	},
};

/** Those whose service is a real server: `ActiveDirectory/triggerMishaps.directory.test.ts`. */
const ELSEWHERE = ['ActiveDirectoryTrigger'];

test('every trigger has a scene', () => {
	const triggers = manifest.n8n.nodes.map((file) => file.split('/').at(-1)!.split('.')[0]!);
	expect([...Object.keys(polls), ...Object.keys(hooks), ...ELSEWHERE].sort()).toEqual(
		triggers.filter((name) => name.endsWith('Trigger')).sort(),
	);
});

/** Side by side, each with a sandbox of its own: most of the time is spent waiting for the next try. */
const afterEachMishap = async (act: (sandbox: Sandbox, mishap: Mishap) => Promise<unknown>) =>
	Object.fromEntries(
		await Promise.all(
			quick.map(async (mishap) => {
				const sandbox = await startSandbox({});
				try {
					return [mishap.name, await act(sandbox, mishap)] as const;
				} finally {
					await sandbox.close();
				}
			}),
		),
	);
const everywhere = <T>(found: T) => Object.fromEntries(quick.map(({ name }) => [name, found]));

test.each(Object.entries(polls))(
	'%s: each event is told once, whatever befalls a look',
	async (_, { service, looks, open, happen, told }) => {
		const found = await afterEachMishap(async (sandbox, { effect, times = 1 }) => {
			const host = open(sandbox);
			happen(sandbox, 'before');
			await host.poll();
			const all: string[] = [];
			// A poll that failed is done again at its next time, with what n8n kept.
			const poll = async () => all.push(...(await host.poll().catch(() => [])).map(told));
			for (const name of ['one', 'two', 'three']) happen(sandbox, name);
			const armed = sandbox.faults.add({ service, method: 'GET', path: looks, times, ...effect });
			await poll();
			armed.remove();
			happen(sandbox, 'four');
			for (let i = 0; i < 3; i++) await poll();
			return { wasPlayed: armed.played > 0, all: all.sort() };
		});
		expect(found).toEqual(everywhere({ wasPlayed: true, all: ['four', 'one', 'three', 'two'] }));
	},
	300_000,
);

test.each(
	Object.entries(hooks).flatMap(([name, scene]) =>
		(['GET', 'POST', 'DELETE'] as const).map((method) => [name, method, scene] as const),
	),
)(
	'%s is registered once, and taken away, whatever befalls a %s',
	async (_, method, { service, hooks: paths, open, addresses }) => {
		const found = await afterEachMishap(async (sandbox, { effect, times = 1 }) => {
			const host = await open(sandbox);
			try {
				const armed = sandbox.faults.add({ service, method, path: paths, times, ...effect });
				await untilDone(async () => await host.activate());
				const on = addresses(sandbox).map((address) => address === host.url);
				await untilDone(async () => await host.deactivate());
				return { wasPlayed: armed.played > 0, on, off: addresses(sandbox) };
			} finally {
				await host.close();
			}
		});
		expect(found).toEqual(everywhere({ wasPlayed: true, on: [true], off: [] }));
	},
	300_000,
);

/** Does it until it does not fail, as somebody would who reads the message; the first try meets the mishap. */
async function untilDone(act: () => Promise<void>): Promise<void> {
	for (let tries = 0; tries < 2; tries++)
		if (
			await act().then(
				() => true,
				() => false,
			)
		)
			return;
	await act();
}
