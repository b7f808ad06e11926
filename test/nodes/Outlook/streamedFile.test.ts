import { Readable } from 'node:stream';
import { StreamedFile } from '../../../nodes/Outlook/api/streamedFile';

const streamed = (parts: string[], size: number, before = async (_from: number) => {}) =>
	new StreamedFile('a.txt', size, Readable.from(parts.map((part) => Buffer.from(part))), 4, before);
const slice = async (file: StreamedFile, minValue: number, maxValue: number) =>
	String(await file.sliceFile({ minValue, maxValue }));

test('ranges come from parts of any length, and one that was given can be had again, or its end', async () => {
	const file = streamed(['a', 'bcdefg', '', 'hij'], 10);
	expect(await slice(file, 0, 3)).toBe('abcd');
	expect(await slice(file, 0, 3)).toBe('abcd');
	expect(await slice(file, 3, 6)).toBe('defg');
	expect(await slice(file, 7, 9)).toBe('hij');
	expect(file.end).toBe(10);
});

test('what is not in memory any more cannot be had: nothing else goes in its place', async () => {
	const file = streamed(['abcdefgh'], 8);
	await slice(file, 0, 3);
	await slice(file, 4, 7);
	await expect(slice(file, 0, 3)).rejects.toThrow('“a.txt” could not be uploaded: Outlook has lost a part');
	await expect(slice(file, 9, 9)).rejects.toThrow('Outlook has lost a part');
	expect(file.fault).toBeDefined();
});

test('a file that ends early is not taken for a whole one', async () => {
	const file = streamed(['abcde'], 8);
	await slice(file, 0, 3);
	await expect(slice(file, 4, 7)).rejects.toThrow('its pieces do not make the whole');
});

test('who is told of each range before may end it', async () => {
	const told: number[] = [];
	const file = streamed(['abcdefgh'], 8, async (from) => {
		told.push(from);
		if (from > 0) throw new Error('Stopped');
	});
	await slice(file, 0, 3);
	await expect(slice(file, 4, 7)).rejects.toThrow('Stopped');
	expect(told).toEqual([0, 4]);
});
