import { elapsed, moving } from '../../scripts/n8n/progress';

test('a long step says that it goes on, until it ends', async () => {
	const lines: string[] = [];
	let end = () => {};
	const work = new Promise<string>((resolve) => (end = () => resolve('done')));
	const result = moving(
		(line) => {
			lines.push(line);
			if (lines.length === 3) end();
		},
		async () => await work,
		1,
	);
	expect(await result).toBe('done');
	expect(lines[0]).toMatch(/^ {2}still at it, \d+ s so far$/);
	expect([elapsed(59_000), elapsed(80_000)]).toEqual(['59 s', '1 min 20 s']);
});

test('what goes wrong in it comes through', async () => {
	await expect(
		moving(
			() => {},
			() => Promise.reject(new Error('no room')),
			1,
		),
	).rejects.toThrow('no room');
});
