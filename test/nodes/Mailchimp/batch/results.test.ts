import { Readable } from 'node:stream';
import { resultsIn } from '../../../../nodes/Mailchimp/api/results';
import { tarGz } from '../../../../sandbox/services/mailchimp/tar';

const result = (id: string, response = '{}') => ({ operation_id: id, status_code: 200, response });

/** In pieces, as a network gives it. */
function* pieces(file: Buffer, size: number): Generator<Buffer> {
	for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

async function read(file: Buffer, size = 7, bounds?: Parameters<typeof resultsIn>[1]): Promise<string[]> {
	const ids: string[] = [];
	for await (const { operation_id: id } of resultsIn(Readable.from(pieces(file, size)), bounds)) ids.push(id);
	return ids;
}

const files = (count: number, text: (at: number) => string) =>
	tarGz(Array.from({ length: count }, (_, at) => ({ name: `./${at}.json`, text: text(at) })));

test('in whatever pieces it comes', async () => {
	const file = files(5, (at) => JSON.stringify([result(`${at}a`), result(`${at}b`, '安')]));
	const expected = ['0a', '0b', '1a', '1b', '2a', '2b', '3a', '3b', '4a', '4b'];
	for (const size of [1, 7, 100_000]) expect(await read(file, size)).toEqual(expected);
});

test('nothing longer than it may be, packed as small as it likes', async () => {
	const large = files(1, () => JSON.stringify([result('a', 'x'.repeat(100_000))]));
	expect(large.length).toBeLessThan(2_000);
	await expect(read(large, 64, { total: 1_000_000, file: 50_000 })).rejects.toMatchObject({
		message: expect.stringContaining('longer than'),
	});
	const many = files(20, (at) => JSON.stringify([result(String(at), 'x'.repeat(10_000))]));
	await expect(read(many, 64, { total: 100_000, file: 50_000 })).rejects.toMatchObject({
		message: expect.stringContaining('longer than'),
	});
	expect(await read(many, 64, { total: 1_000_000, file: 50_000 })).toHaveLength(20);
});

test('every place where it can be cut off is noticed', async () => {
	const file = files(2, (at) => JSON.stringify([result(String(at), 'y'.repeat(300))]));
	for (let length = 1; length < file.length; length += 11)
		await expect(read(file.subarray(0, length))).rejects.toMatchObject({
			message: expect.stringContaining('is cut off'),
		});
});
