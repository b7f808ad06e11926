import { selfCallsDone } from '../../../../core/webhook/selfCall';
import { addAudience } from '../../../../sandbox/services/mailchimp/lists';
import type { TriggerHost } from '../../../support/triggerHost';
import { told, useTrigger, write } from './support';

const { sandbox, trigger } = useTrigger();
const mailchimp = () => sandbox.current.mailchimp;
const HOUR = 60 * 60_000;

const stamp = (hoursAgo: number) =>
	new Date(Date.now() - hoursAgo * HOUR).toISOString().replace(/\.\d{3}Z$/, '+00:00');

/** As if the trigger had been switched on, and had last looked, so long ago. */
function since(host: TriggerHost, hours: number): void {
	for (const name of ['cursor', 'completeTo', 'lookedAt']) host.memory[name] = Date.now() - hours * HOUR;
}

/** Switches on, and away: what happens now is missed. */
async function away(hours: number, parameters = {}): Promise<TriggerHost> {
	const host = await trigger(parameters);
	await host.activate();
	since(host, hours);
	mailchimp().audience.webhooks.clear();
	return host;
}

/** A contact that became so long ago what it is now. */
function changed(email: string, hoursAgo: number, given: object = {}, optedHoursAgo = 1_000): void {
	write(mailchimp(), { email_address: email });
	write(mailchimp(), { email_address: email, ...given });
	Object.assign(mailchimp().audience.find(email)!, {
		last_changed: stamp(hoursAgo),
		timestamp_opt: stamp(optedHoursAgo),
	});
}

const wake = async (host: TriggerHost) => {
	const { user, password } = host.memory.secret as { user: string; password: string };
	const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
	await host.call({ wake: true }, { authorization });
	await selfCallsDone();
};

test('what changed while n8n was away comes as events, oldest first and once', async () => {
	const host = await away(30);
	changed('left@example.com', 5, { status: 'unsubscribed' });
	changed('bounced@example.com', 10, { status: 'cleaned' });
	changed('new@example.com', 20, {}, 20);
	changed('renamed@example.com', 2, { merge_fields: { FNAME: 'New' } });
	changed('old@example.com', 40, { status: 'unsubscribed' });
	changed('pending@example.com', 1, { status: 'pending' });
	changed('archived@example.com', 1);
	Object.assign(mailchimp().audience.find('archived@example.com')!, { status: 'archived' });
	await wake(host);
	expect(told(host)).toEqual([
		'subscribe new@example.com',
		'cleaned bounced@example.com',
		'unsubscribe left@example.com',
		'profile renamed@example.com',
		'unsubscribe archived@example.com',
	]);
	expect(host.json.every(({ caught_up: caughtUp }) => caughtUp === true)).toBe(true);
	expect(host.json[3]).toMatchObject({ merge_fields: { FNAME: 'New' } });
	await wake(host);
	since(host, 30);
	await wake(host);
	expect(host.json).toHaveLength(5);
});

test('who complained of spam while n8n was away left for that reason', async () => {
	const host = await away(5);
	for (const [name, reason] of [
		['angry', 'SPAM'],
		['tired', 'No longer interested'],
	] as const) {
		changed(`${name}@example.com`, 2, { status: 'unsubscribed' });
		mailchimp().audience.find(`${name}@example.com`)!.unsubscribe_reason = reason;
	}
	await wake(host);
	const reasons = Object.fromEntries(host.json.map(({ email, reason }) => [email, reason]));
	expect(reasons).toEqual({ 'angry@example.com': 'abuse', 'tired@example.com': 'manual' });
});

test('what was told by a post is not told again by a look, nor the other way round', async () => {
	const host = await trigger();
	await host.activate();
	write(mailchimp(), { email_address: 'posted@example.com' });
	await mailchimp().hooks.idle();
	since(host, 1);
	await wake(host);
	expect(told(host)).toEqual(['subscribe posted@example.com']);
	const webhooks = new Map(mailchimp().audience.webhooks);
	mailchimp().audience.webhooks.clear();
	write(mailchimp(), { email_address: 'found@example.com' });
	since(host, 1);
	await wake(host);
	expect(told(host)).toEqual(['subscribe posted@example.com', 'subscribe found@example.com']);
	for (const [id, webhook] of webhooks) mailchimp().audience.webhooks.set(id, webhook);
	// The post that did not get through comes late.
	const found = mailchimp().audience.find('found@example.com')!;
	mailchimp().hooks.changed(mailchimp().audience, found, undefined, 'user');
	await mailchimp().hooks.idle();
	expect(host.json).toHaveLength(2);
});

test('an event brings along what was missed before it', async () => {
	const host = await trigger();
	await host.activate();
	since(host, 30);
	const webhooks = new Map(mailchimp().audience.webhooks);
	mailchimp().audience.webhooks.clear();
	changed('missed@example.com', 5, { status: 'unsubscribed' });
	for (const [id, webhook] of webhooks) mailchimp().audience.webhooks.set(id, webhook);
	write(mailchimp(), { email_address: 'now@example.com' });
	await mailchimp().hooks.idle();
	expect(told(host)).toEqual(['unsubscribe missed@example.com', 'subscribe now@example.com']);
	expect(host.executions).toHaveLength(1);
});

test('a look that fails loses nothing: the next one finds it', async () => {
	const host = await away(30);
	changed('left@example.com', 5, { status: 'unsubscribed' });
	sandbox.current.faults.add({
		service: 'mailchimp',
		path: /members/,
		kind: 'status',
		status: 400,
		times: 1,
	});
	await wake(host);
	expect(host.json).toEqual([]);
	await wake(host);
	expect(told(host)).toEqual(['unsubscribe left@example.com']);
});

test('more than fit into one execution come in several', async () => {
	const host = await away(30, { events: ['unsubscribe'] });
	for (let at = 0; at < 1_500; at++)
		changed(`person${at}@example.com`, 1 + at / 100, { status: 'unsubscribed' });
	await wake(host);
	expect(host.executions.map(({ length }) => length)).toEqual([1_000, 500]);
	expect(new Set(told(host)).size).toBe(1_500);
}, 120_000);

test('nothing is looked for when it is switched off', async () => {
	const host = await away(30, { options: { catchUp: false } });
	changed('left@example.com', 5, { status: 'unsubscribed' });
	await wake(host);
	expect(host.json).toEqual([]);
});

test('what happened before the trigger was switched on is none of its business', async () => {
	changed('before@example.com', 5, { status: 'unsubscribed' });
	const host = await trigger();
	await host.activate();
	await wake(host);
	expect(host.json).toEqual([]);
});

describe('when not everybody’s changes start the workflow', () => {
	const quiet = { sources: ['user', 'admin'] };
	const left = (email: string, hoursAgo: number, reason: string | undefined): void => {
		changed(email, hoursAgo, { status: 'unsubscribed' });
		const at = stamp(hoursAgo);
		Object.assign(mailchimp().audience.find(email)!, { unsubscribe_reason: reason, unsubscribed_at: at });
	};

	test('what a program may have done starts nothing: only who left for a reason of their own, and dead addresses', async () => {
		const host = await away(30, quiet);
		left('own@example.com', 5, 'No longer interested');
		left('by.program@example.com', 6, 'N/A (Unsubscribed by an admin)');
		left('by.other@example.com', 6, 'N/A (Unsubscribed by admin)');
		left('unsaid@example.com', 7, undefined);
		changed('bounced@example.com', 10, { status: 'cleaned' });
		changed('new@example.com', 20, {}, 20);
		changed('renamed@example.com', 2, { merge_fields: { FNAME: 'New' } });
		changed('archived@example.com', 1);
		Object.assign(mailchimp().audience.find('archived@example.com')!, { status: 'archived' });
		await wake(host);
		expect(told(host)).toEqual(['cleaned bounced@example.com', 'unsubscribe own@example.com']);
	});

	test('without the source Contact only addresses that do not work are told of', async () => {
		const host = await away(30, { sources: ['admin'] });
		left('own@example.com', 5, 'No longer interested');
		changed('bounced@example.com', 10, { status: 'cleaned' });
		await wake(host);
		expect(told(host)).toEqual(['cleaned bounced@example.com']);
	});

	test('a workflow that writes to the contact it was told of is not started by that, hour after hour', async () => {
		const host = await away(30, quiet);
		left('own@example.com', 5, 'No longer interested');
		left('long.ago@example.com', 400, 'No longer interested');
		changed('bounced@example.com', 10, { status: 'cleaned' });
		await wake(host);
		expect(host.json).toHaveLength(2);
		for (const hoursAgo of [3, 2]) {
			for (const name of ['own', 'long.ago', 'bounced'])
				mailchimp().audience.find(`${name}@example.com`)!.last_changed = stamp(hoursAgo);
			since(host, hoursAgo + 1);
			await wake(host);
		}
		expect(host.json).toHaveLength(2);
	});

	test('what a post told, and a program changed then, is not told again; who leaves again later is', async () => {
		const host = await trigger(quiet);
		await host.activate();
		write(mailchimp(), { email_address: 'posted@example.com' });
		write(mailchimp(), { email_address: 'posted@example.com', status: 'unsubscribed' });
		await mailchimp().hooks.idle();
		expect(told(host)).toEqual(['subscribe posted@example.com', 'unsubscribe posted@example.com']);
		const contact = mailchimp().audience.find('posted@example.com')!;
		contact.unsubscribe_reason = 'No longer interested';
		contact.last_changed = new Date(Date.now() + 60_000).toISOString();
		const now = jest.spyOn(Date, 'now').mockImplementation(() => new Date().getTime() + 3 * 60_000);
		try {
			await wake(host);
			expect(host.json).toHaveLength(2);
		} finally {
			now.mockRestore();
		}
		const late = Date.now() + 50 * HOUR;
		contact.unsubscribed_at = contact.last_changed = new Date(late - HOUR).toISOString();
		for (const name of ['cursor', 'completeTo']) host.memory[name] = late - 2 * HOUR;
		const later = jest.spyOn(Date, 'now').mockImplementation(() => late);
		try {
			await wake(host);
			expect(host.json).toHaveLength(3);
		} finally {
			later.mockRestore();
		}
	});
});

test('an address of which a post said that it does not work is not told of again by a look', async () => {
	const host = await trigger();
	await host.activate();
	write(mailchimp(), { email_address: 'Bounced@example.com' });
	write(mailchimp(), { email_address: 'Bounced@example.com', status: 'cleaned' });
	await mailchimp().hooks.idle();
	since(host, 1);
	await wake(host);
	expect(told(host)).toEqual(['subscribe Bounced@example.com', 'cleaned Bounced@example.com']);
});

describe('a record that a program changed later is not taken for what happened before', () => {
	const laterBy = (email: string, minutes: number): void => {
		const contact = mailchimp().audience.find(email)!;
		contact.last_changed = new Date(Date.now() + minutes * 60_000).toISOString();
	};
	/** Looks when some minutes have gone by. */
	async function wakeIn(host: TriggerHost, minutes: number): Promise<void> {
		const later = jest.spyOn(Date, 'now').mockImplementation(() => new Date().getTime() + minutes * 60_000);
		await wake(host).finally(() => later.mockRestore());
	}

	test('who subscribed and was told of comes as a changed profile, where that is wanted', async () => {
		const posted = async (events: string[]) => {
			const host = await trigger({ events });
			await host.activate();
			const email = `new${events.length}@example.com`;
			write(mailchimp(), { email_address: email });
			await mailchimp().hooks.idle();
			laterBy(email, 20);
			since(host, 1);
			await wakeIn(host, 30);
			await wakeIn(host, 31);
			await host.deactivate();
			return host.json.filter((item) => item.email === email).map(({ type }) => type);
		};
		expect(await posted(['subscribe'])).toEqual(['subscribe']);
		expect(await posted(['subscribe', 'profile'])).toEqual(['subscribe', 'profile']);
	});

	test('who subscribed while n8n was away, and was changed then, is told of once, as a new one with the time of it', async () => {
		const host = await away(30);
		changed('new@example.com', 5, {}, 20);
		await wake(host);
		since(host, 30);
		await wake(host);
		expect(told(host)).toEqual(['subscribe new@example.com']);
		expect(Date.now() - Date.parse(String(host.json[0]!.fired_at))).toBeGreaterThan(19 * HOUR);
	});

	test('who unsubscribed long ago does not do so again; nor who was told of by a post', async () => {
		const host = await trigger({ events: ['unsubscribe'] });
		await host.activate();
		for (const name of ['old', 'posted']) write(mailchimp(), { email_address: `${name}@example.com` });
		write(mailchimp(), { email_address: 'posted@example.com', status: 'unsubscribed' });
		await mailchimp().hooks.idle();
		changed('old@example.com', 0.5, { status: 'unsubscribed' });
		mailchimp().audience.find('old@example.com')!.unsubscribed_at = stamp(1_000);
		await mailchimp().hooks.idle();
		const before = host.json.length;
		laterBy('posted@example.com', 20);
		laterBy('old@example.com', 20);
		since(host, 1);
		await wakeIn(host, 30);
		expect(host.json).toHaveLength(before);
	});

	test('an address does not begin to fail with each change', async () => {
		const host = await away(30, { events: ['cleaned'] });
		changed('bounced@example.com', 20, { status: 'cleaned' });
		for (const hoursAgo of [3, 2, 1]) {
			mailchimp().audience.find('bounced@example.com')!.last_changed = stamp(hoursAgo);
			since(host, hoursAgo + 0.5);
			await wake(host);
		}
		expect(told(host)).toEqual(['cleaned bounced@example.com']);
	});
});

test('where nobody unsubscribed, and that is not asked for, a look is one request', async () => {
	const host = await away(2, { events: ['profile', 'subscribe'] });
	sandbox.current.requests.clear();
	await wake(host);
	expect(sandbox.current.requests.list({ service: 'mailchimp' })).toHaveLength(1);
});

test('what a post tells while a look is under way is not told by the look too', async () => {
	const host = await trigger();
	await host.activate();
	since(host, 1);
	sandbox.current.faults.add({
		service: 'mailchimp',
		method: 'GET',
		path: /members/,
		kind: 'slow',
		ms: 1_500,
	});
	const woken = wake(host);
	await new Promise((resolve) => setTimeout(resolve, 300));
	write(mailchimp(), { email_address: 'now@example.com' });
	const contact = mailchimp().audience.find('now@example.com')!;
	// A post says when it was fired: seconds may lie between them.
	contact.last_changed = new Date(Date.parse(contact.last_changed) - 2_000).toISOString();
	await mailchimp().hooks.idle();
	await woken;
	expect(told(host)).toEqual(['subscribe now@example.com']);
});

test('a list of 12,000 that is imported within minutes comes whole and once, and the looks come to an end', async () => {
	const host = await away(1, { events: ['profile'] });
	for (let at = 0; at < 12_000; at++) {
		const email = `person${at}@example.com`;
		write(mailchimp(), { email_address: email });
		Object.assign(mailchimp().audience.find(email)!, {
			last_changed: stamp(0.5 + (at % 200) / 3_600),
			timestamp_opt: stamp(1_000),
		});
	}
	// Without an end, this one would not end either.
	const end = setInterval(() => void (host.isFailing = host.executions.length > 20), 50);
	await wake(host).finally(() => clearInterval(end));
	expect(host.json).toHaveLength(12_000);
	expect(new Set(told(host)).size).toBe(12_000);
}, 120_000);

test('3,000 contacts that changed in the same second come whole and once', async () => {
	const host = await away(1, { events: ['profile'] });
	for (let at = 0; at < 3_000; at++) changed(`person${at}@example.com`, 0.5);
	const at = stamp(0.5);
	for (const contact of mailchimp().audience.members.values()) contact.last_changed = at;
	await wake(host);
	expect(host.json).toHaveLength(3_000);
	expect(new Set(told(host)).size).toBe(3_000);
}, 120_000);

test('what changed in an audience before it was chosen is none of the trigger’s business', async () => {
	addAudience(mailchimp(), { name: 'Press' }, 'bbbbbbbbbb');
	const host = await trigger({ audience: { __rl: true, mode: 'id', value: 'bbbbbbbbbb' } });
	await host.activate();
	since(host, 2);
	changed('before@example.com', 0.5);
	await host.deactivate();
	host.change({ audience: { __rl: true, mode: 'id', value: 'a1b2c3d4e5' } });
	await host.activate();
	await wake(host);
	expect(host.json).toEqual([]);
});

test.each([-10, 10])(
	'by a clock that is %i minutes from n8n’s, nothing is lost or told twice',
	async (minutes) => {
		mailchimp().moveMinutes(minutes);
		write(mailchimp(), { email_address: 'before@example.com' });
		const before = mailchimp().audience.find('before@example.com')!;
		before.last_changed = new Date(Date.parse(before.last_changed) - 20 * 60_000).toISOString();
		before.timestamp_opt = before.last_changed;
		const host = await trigger();
		await host.activate();
		mailchimp().audience.webhooks.clear();
		const pass = (ms: number) => jest.spyOn(Date, 'now').mockImplementation(() => new Date().getTime() + ms);
		try {
			for (const [hours, name] of [
				[1, 'one'],
				[2, 'two'],
			] as const) {
				pass(hours * HOUR);
				write(mailchimp(), { email_address: `${name}@example.com` });
				// Mailchimp's changes are seen when n8n's clock has come to them.
				pass(hours * HOUR + Math.max(0, minutes) * 60_000 + 2_000);
				await wake(host);
				await wake(host);
			}
		} finally {
			jest.restoreAllMocks();
		}
		expect(told(host)).toEqual(['subscribe one@example.com', 'subscribe two@example.com']);
	},
);

test('what changes right after a look is found, where n8n’s clock is ahead', async () => {
	mailchimp().moveMinutes(-10);
	const host = await trigger();
	await host.activate();
	mailchimp().audience.webhooks.clear();
	await wake(host);
	write(mailchimp(), { email_address: 'after@example.com' });
	await wake(host);
	expect(told(host)).toEqual(['subscribe after@example.com']);
});
