import { DeliveredIds } from '../../../../core/webhook/deliveredIds';
import type { Client } from '../../../../core/http/client';
import { TooManyRows } from '../../../../core/poll/backfill';
import { wallClock } from '../../../../core/node/parameters/time';
import { postmark } from '../../../../nodes/Postmark/connection';
import { catchUp, REMEMBERED } from '../../../../nodes/Postmark/trigger/catchUp';
import { DatedSearch } from '../../../../nodes/Postmark/api/datedSearch';
import type { Settings } from '../../../../nodes/Postmark/trigger/settings';
import type { State } from '../../../../nodes/Postmark/trigger/state';
import { json, tinyServer } from '../../../core/support/tinyServer';
import { engineWith, nodeUnderTest } from '../../../support/runNode';
import { postmarkCredential, useSandbox } from '../../../support/services';

const sandbox = useSandbox();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A client for the sandbox, or for another address. */
async function connect(baseUrl = sandbox.current.postmark.url): Promise<Client> {
	const credentials = postmarkCredential(sandbox.current, { baseUrl });
	const node = nodeUnderTest({ type: 'postmark', parameters: {}, credentials });
	return await postmark.open(engineWith(credentials).editor(node) as never);
}

const settings = {
	types: ['Bounce', 'Inbound'],
	streams: ['outbound'],
	includeContent: false,
	catchUp: true,
} as unknown as Settings;

function missed(email: string, at: number): void {
	const bounce = sandbox.current.postmark.bounce({ email });
	bounce.BouncedAt = new Date(at).toISOString();
}

/** Looks until there is no more, storing what a trigger stores. */
async function all(state: State, forMs: number) {
	const client = await connect();
	const seen = DeliveredIds.of(undefined, { most: REMEMBERED });
	const told = { emails: [] as unknown[], gaps: [] as unknown[], looks: 0 };
	for (let isMore = true; isMore; told.looks++) {
		const look = await catchUp(client, settings, state, seen, forMs);
		told.emails.push(...look.events.map(({ Email }) => Email));
		told.gaps.push(...look.gaps);
		for (const { ID } of look.events) seen.add('Bounce', String(ID));
		for (const mark of look.retried) seen.add('Retried', mark);
		Object.assign(state, look.clock);
		({ isMore } = look);
	}
	return told;
}

test('a look without time gets further all the same, and in the end has everything', async () => {
	const from = Date.now() - 48 * HOUR;
	const names = Array.from({ length: 30 }, (_, i) => `${i}@example.net`);
	for (const [i, email] of names.entries()) missed(email, from + (i + 1) * HOUR);
	const { emails, looks } = await all({ cursor: from }, -1);
	expect(emails).toEqual(names);
	expect(looks).toBeGreaterThan(4);
});

test('what was found before a fault is given, and the cursor stays behind the rest', async () => {
	const from = Date.now() - 10 * HOUR;
	for (let i = 0; i < 12; i++) missed(`${i}@example.net`, from + i * MINUTE);
	const { bounces } = sandbox.current.postmark.servers[0]!;
	for (const [i, bounce] of bounces.entries()) bounce.MessageID = `m-${i}`;
	sandbox.current.faults.add({
		service: 'postmark',
		path: '/messages/outbound/m-9/details',
		kind: 'status',
		status: 500,
		times: 5,
	});
	const look = await catchUp(await connect(), settings, { cursor: from }, DeliveredIds.of(undefined), 60_000);
	expect(look.events.map(({ Email }) => Email)).toEqual(
		Array.from({ length: 8 }, (_, i) => `${i}@example.net`),
	);
	expect(look).toMatchObject({ isMore: true, failure: expect.any(Error) });
	expect(look.clock.cursor).toBeLessThanOrEqual(from + 8 * MINUTE);
});

test('more than a search can reach, within one window, is read in shorter ones', async () => {
	const from = Date.now() - 6 * HOUR;
	const count = 10_400;
	for (let i = 0; i < count; i++) missed(`${i}@example.net`, from + MINUTE + i * 300);
	const { emails, gaps } = await all({ cursor: from }, 60_000);
	expect([emails.length, new Set(emails).size, gaps]).toEqual([count, count, []]);
}, 300_000);

test('what comes in while pages are read pushes nothing out of them', async () => {
	const from = Date.now() - HOUR;
	for (let i = 0; i < 1_000; i++) missed(`${i}@example.net`, from + i);
	const search = new DatedSearch(await connect(), '/bounces', 'Bounces', {});
	const emails = new Set<unknown>();
	for await (const { Email } of search.between(new Date(from), new Date(from + 2 * HOUR), Infinity)) {
		// After the first page: ten more, newer than all others.
		if (emails.size === 499) for (let i = 0; i < 10; i++) missed(`new-${i}@example.net`, from + HOUR / 2);
		emails.add(Email);
	}
	for (let i = 0; i < 1_000; i++) expect(emails).toContain(`${i}@example.net`);
});

describe.each(['America/New_York', 'UTC'])('dates that are read in %s', (zone) => {
	const now = Date.parse('2026-11-20T12:00:00Z');
	const rows = Array.from({ length: 600 }, (_, i) => ({
		ID: i,
		BouncedAt: new Date(now - i * MINUTE).toISOString(),
	}));
	const at = ({ BouncedAt }: object & { BouncedAt?: unknown }) => Date.parse(String(BouncedAt));

	/** The rows of a window as a service has them that reads dates in this zone. */
	async function ask(from: number, until: number, most: number): Promise<number[]> {
		const service = await tinyServer(({ url }, response) => {
			const query = new URL(url!, 'http://x').searchParams;
			const found = rows.filter((row) => {
				const shown = wallClock(new Date(at(row)), zone);
				return shown >= query.get('fromdate')! && shown <= query.get('todate')!;
			});
			const offset = Number(query.get('offset'));
			json(response, {
				TotalCount: found.length,
				Bounces: found.slice(offset, offset + Number(query.get('count'))),
			});
		});
		try {
			const search = new DatedSearch(await connect(service.url), '/bounces', 'Bounces', {}, at);
			const ids: number[] = [];
			for await (const { ID } of search.between(new Date(from), new Date(until), most)) ids.push(Number(ID));
			return ids;
		} finally {
			await service.close();
		}
	}

	test('a window that is short enough has all that happened in it, and little else', async () => {
		const ids = await ask(now - 500 * MINUTE, now - 480 * MINUTE, 50);
		expect(ids).toEqual(expect.arrayContaining(Array.from({ length: 20 }, (_, i) => 481 + i)));
		expect(ids.length).toBeLessThan(25);
	});

	test('a window with more is told so before anything is read of it', async () => {
		await expect(ask(now - 500 * MINUTE, now - 400 * MINUTE, 50)).rejects.toThrow(TooManyRows);
	});

	test('all of a window comes, over several pages', async () => {
		expect(new Set(await ask(now - 600 * MINUTE, now + MINUTE, Infinity)).size).toBe(600);
	});
});
