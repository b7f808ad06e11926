import Fastify from 'fastify';
import { part } from '../../sandbox/shell/part';
import { filesUnder, textOf } from '../support/tree';

test('Fastify knows a part by its own name, and has not to look for it', async () => {
	const app = Fastify();
	let name = '';
	await app.register(part('the page', async (scope) => void (name = scope.pluginName)));
	await app.close();
	expect(name).toBe('the page');
});

test('every part of the sandbox has a name', () => {
	const nameless = filesUnder('sandbox', '.ts').filter((path) =>
		/\b(?:app|scope|api)\.register\((?!\s*part\()/.test(textOf(path)),
	);
	expect(nameless).toEqual([]);
});
