import { SendPulseTrigger } from '../../../../nodes/SendPulse/SendPulseTrigger.node';
import { hooksOf, reportsOf, useTrigger } from './support';

const { sandbox, trigger } = useTrigger();
const reports = () => reportsOf(sandbox.current);
const settings = () => sandbox.current.sendpulse.settings;
const asked = () =>
	sandbox.current.requests
		.list({})
		.filter(({ path }) => path.includes('/smtp/'))
		.map(({ path }) => path);

const KEY = '4f9c1d2e4b5968778695a4b3';

/** A trigger whose address was entered in SendPulse by hand, and which has looked once what was there before. */
async function entered(parameters: object = {}) {
	const host = await trigger({ service: 'smtp', key: KEY, ...parameters });
	await host.activate();
	settings().smtpWebhookUrl = host.url;
	if (host.memory.cursor !== undefined) await host.prove({ wake: true });
	return host;
}

/** An event that no call brings. */
function missed(...event: Parameters<ReturnType<typeof reports>['smtp']>): void {
	const { smtpWebhookUrl } = settings();
	settings().smtpWebhookUrl = '';
	reports().smtp(...event);
	settings().smtpWebhookUrl = smtpWebhookUrl;
}

test('the address is shown to be copied, and only here', () => {
	const [webhook] = new SendPulseTrigger().description.webhooks!;
	expect(webhook!.ndvHideUrl).toBe('={{ $parameter["service"] !== "smtp" }}');
});

test('the address ends with the key, so that nobody else can know it', async () => {
	const host = await entered();
	expect(host.memory.url).toBe(host.url.replace(/webhook$/, KEY));
});

test.each([
	['', "'Key' is empty"],
	['short', "'Key' is too short"],
	['with a slash/and a colon:1234', "'Key' is too short, or has other signs"],
])('with the key “%s” nothing is switched on', async (key, message) => {
	const host = await trigger({ service: 'smtp', key });
	await expect(host.activate()).rejects.toThrow(message);
});

test('nothing is registered, and events come in as SendPulse sends them', async () => {
	const host = await entered();
	expect(hooksOf(sandbox.current)).toEqual([]);
	reports().smtp('hard_bounces', 'ana@example.net');
	reports().smtp('opened', 'ana@example.net');
	reports().smtp('unsubscribed', 'ben@example.net');
	await reports().hooks.idle();
	expect(host.json).toEqual([
		expect.objectContaining({
			event: 'hard_bounces',
			email: 'ana@example.net',
			timestamp: expect.any(Number),
		}),
		expect.objectContaining({ event: 'unsubscribed', recipient: 'ben@example.net' }),
	]);
	await host.deactivate();
	expect((await host.call([{ event: 'unsubscribed' }])).status).toBe(404);
});

test('a stranger cannot have it look', async () => {
	const host = await entered();
	expect((await host.call({ wake: true })).status).toBe(401);
});

test('changing from the mailing service takes its webhooks down', async () => {
	const host = await trigger({ events: ['spam'] });
	await host.activate();
	host.change({ service: 'smtp', key: KEY });
	await host.activate('update');
	expect(hooksOf(sandbox.current)).toEqual([]);
});

describe('catching up', () => {
	test('reports late, once, what no call has brought, and not what was there before', async () => {
		missed('hard_bounces', 'before@example.net');
		const host = await entered({
			smtpEvents: ['hard_bounces', 'soft_bounces', 'spam_by_user', 'unsubscribed'],
		});
		expect(host.json).toEqual([]);
		reports().smtp('hard_bounces', 'came@example.net');
		await reports().hooks.idle();
		missed('hard_bounces', 'hard@example.net');
		missed('soft_bounces', 'soft@example.net');
		missed('spam_by_user', 'spam@example.net');
		missed('unsubscribed', 'stop@example.net');
		for (let i = 0; i < 2; i++) await host.prove({ wake: true });
		expect(host.json.slice(1)).toEqual([
			expect.objectContaining({
				event: 'hard_bounces',
				email: 'hard@example.net',
				smtp_server_response_code: 550,
				caughtUp: true,
			}),
			expect.objectContaining({ event: 'soft_bounces', email: 'soft@example.net' }),
			expect.objectContaining({ event: 'spam_by_user', recipient: 'spam@example.net' }),
			expect.objectContaining({ event: 'unsubscribed', recipient: 'stop@example.net' }),
		]);
	});

	test('takes only the events that were chosen, over more than one page', async () => {
		const host = await entered({ smtpEvents: ['soft_bounces'] });
		for (let i = 0; i < 130; i++) missed('soft_bounces', `${i}@example.net`);
		missed('hard_bounces', 'hard@example.net');
		await host.prove({ wake: true });
		expect(host.json.map(({ email }) => email)).toEqual(
			Array.from({ length: 130 }, (_, i) => `${i}@example.net`),
		);
		expect(asked().some((path) => path.includes('/smtp/unsubscribe'))).toBe(false);
	});

	test('a look that fails is told in the log and made again; the event in hand goes on', async () => {
		const host = await entered();
		missed('hard_bounces', 'late@example.net');
		sandbox.current.faults.add({
			service: 'sendpulse',
			path: '/smtp/bounces/day',
			kind: 'status',
			status: 422,
			body: { message: 'no', error_code: 422 },
		});
		await host.prove({ wake: true });
		expect(host.json).toEqual([]);
		await host.prove({ wake: true });
		expect(host.json).toEqual([expect.objectContaining({ email: 'late@example.net' })]);
	});

	test('is left out when it is not wanted, and of the mailing service, whose events cannot be asked for', async () => {
		const host = await entered({ options: { catchUp: false } });
		await host.prove({ wake: true });
		const other = await trigger({ events: ['spam'] });
		await other.activate();
		await other.prove({ wake: true });
		expect(asked()).toEqual([]);
	});

	test('what is further back than a month is told as missed', async () => {
		const host = await entered();
		host.memory.cursor = Date.now() - 40 * 86_400_000;
		settings().requestsPerSecond = 1_000;
		await host.prove({ wake: true });
		expect(host.json).toEqual([
			expect.objectContaining({ event: 'missed', message: expect.any(String), remedy: expect.any(String) }),
		]);
	});
});
