import type { Client } from '../../../../core/http/client';
import type { Paginator } from '../../../../core/http/pagination';
import type { Current } from '../../../../core/sync';
import {
	asCurrent,
	beginReading,
	type ListedContact,
} from '../../../../nodes/Mailchimp/audience/sync/contacts';
import { ManagedTags } from '../../../../nodes/Mailchimp/audience/sync/tags';

const contact = (at: number): ListedContact => ({
	id: `hash${at}`,
	email_address: `person${at}@example.com`,
	status: 'subscribed',
	merge_fields: { FNAME: `Name ${at}` },
	tags: [{ name: 'Staff' }],
});

/** An audience whose page at an offset comes when its promise says so. */
function audienceOf(total: number, comes: (offset: number) => Promise<unknown>): Client {
	return {
		concurrency: 10,
		async *wholePages(_path: string, { first, rows, maxSize }: Paginator) {
			const offset = Number(first(maxSize).offset);
			await comes(offset);
			const length = Math.min(maxSize, total - offset);
			yield rows({
				total_items: total,
				members: Array.from({ length }, (_, at) => contact(offset + at)),
			})!;
		},
	} as unknown as Client;
}

test('a page is looked at while the next ones are still on their way', async () => {
	let secondLooked = () => {};
	const second = new Promise<void>((resolve) => (secondLooked = resolve));
	// The third page does not come before the last contact of the second one has been looked at.
	const client = audienceOf(3_000, async (offset) => (offset === 2_000 ? await second : undefined));
	const mapped = new Set(['email', 'merge:FNAME:text']);
	const seen = asCurrent(new ManagedTags('', 'Staff'), false, mapped);
	const records: Current[] = [];
	const { complete } = await beginReading(
		client,
		'list',
		mapped,
	)(async (some) => {
		records.push(...some.map(seen));
		if (some.some(({ id }) => id === 'hash1999')) secondLooked();
	});
	expect(complete).toBe(true);
	expect(records).toHaveLength(3_000);
	expect(records[1_999]).toMatchObject({
		id: 'hash1999',
		owned: true,
		fields: { email: 'person1999@example.com', 'merge:FNAME:text': 'Name 1999' },
	});
});

test('the first page is asked for at once, before anybody reads on', async () => {
	const asked: number[] = [];
	const client = audienceOf(2, async (offset) => void asked.push(offset));
	const mapped = new Set(['email']);
	const readOn = beginReading(client, 'list', mapped);
	expect(asked).toEqual([0]);
	const addresses: string[] = [];
	await readOn(async (some) => void addresses.push(...some.map(({ email_address: address }) => address)));
	expect(addresses).toEqual(['person0@example.com', 'person1@example.com']);
	expect(asked).toEqual([0]);
});

test('the next pages are asked for before anybody of the first is looked at', async () => {
	const asked: number[] = [];
	const client = audienceOf(3_000, async (offset) => {
		// A request waits for its token and its place before it goes out.
		for (let step = 0; step < 50; step++) await undefined;
		asked.push(offset);
	});
	const readOn = beginReading(client, 'list', new Set(['email']));
	const looks: number[][] = [];
	await readOn(async () => void looks.push([...asked]));
	expect(looks[0]).toEqual([0, 1_000, 2_000]);
});

test('as many pages as there are connections are asked for ahead, and the rest when somebody reads on', async () => {
	const asked: number[] = [];
	const client = audienceOf(30_000, async (offset) => void asked.push(offset));
	const readOn = beginReading(client, 'list', new Set(['email']));
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(asked).toHaveLength(11);
	let read = 0;
	expect(await readOn(async ({ length }) => void (read += length))).toEqual({ complete: true });
	expect(read).toBe(30_000);
	expect(asked).toHaveLength(30);
});

test('a contact that slides onto another page while they are read is looked at once', async () => {
	const twice: Client = audienceOf(1_001, async () => undefined);
	const slid = {
		...twice,
		async *pages(...args: Parameters<Client['pages']>) {
			for await (const row of twice.pages(...args)) yield row;
			if (Number(args[1].first(1_000).offset) > 0) yield contact(7);
		},
	} as unknown as Client;
	const ids: string[] = [];
	const { complete } = await beginReading(
		slid,
		'list',
		new Set(['email']),
	)(async (some) => void ids.push(...some.map(({ id }) => id)));
	expect(complete).toBe(true);
	expect(ids).toHaveLength(1_001);
});

test('a first page that is refused is told to whoever reads on', async () => {
	const client = audienceOf(2, async () => await Promise.reject(new Error('Refused')));
	const readOn = beginReading(client, 'list', new Set(['email']));
	await new Promise((resolve) => setImmediate(resolve));
	await expect(readOn(async () => undefined)).rejects.toThrow('Refused');
});
