import type { INodeProperties } from 'n8n-workflow';
import { packCredentials, packNodes } from '../support/tree';

interface Described {
	name?: string;
	displayName?: string;
	description?: unknown;
	type?: string;
	default?: unknown;
	options?: unknown;
	values?: unknown;
	modes?: unknown;
}

/** Where a field's name says all there is to say, and where n8n shows no description. */
const SPEAKS_FOR_ITSELF = new Set(['notice', 'hidden', 'button', 'callout']);

/** Every field and choice below, with the way that leads to it. */
function* below(parts: unknown, way: string[]): Generator<[string, Described]> {
	for (const part of Array.isArray(parts) ? (parts as Described[]) : []) {
		const here = [...way, String(part.displayName ?? part.name)];
		// A group of a fixed collection shows no more than its name.
		if (part.values === undefined) yield [here.join(' → '), part];
		yield* below(part.options, here);
		yield* below(part.values, here);
	}
}

const forms: Array<[string, INodeProperties[]]> = [
	...packNodes().map(([, { description }]): [string, INodeProperties[]] => [
		description.displayName,
		description.properties,
	]),
	...packCredentials().map(([, { displayName, properties }]): [string, INodeProperties[]] => [
		displayName,
		properties,
	]),
];

const isMenu = ({ name }: Described) => name === 'resource' || name === 'operation';

/** Words that stand under a field as the editor shows them: without markup. */
const words = ({ description }: Described) =>
	typeof description === 'string' ? description.replace(/<[^>]+>/g, '').trim() : '';

describe.each(forms)('%s', (_, properties) => {
	const fields = [...below(properties, [])].filter(
		([, field]) => field.type !== undefined && !SPEAKS_FOR_ITSELF.has(field.type) && !isMenu(field),
	);
	const operations = properties
		.filter(isMenu)
		.flatMap((menu) => [...below(menu.options, [menu.displayName])]);

	test('every field says what it is for', () => {
		expect(fields.filter(([, field]) => words(field) === '').map(([way]) => way)).toEqual([]);
	});

	test('every operation says what it does', () => {
		expect(
			operations
				.filter(([way, choice]) => way.startsWith('Operation') && words(choice) === '')
				.map(([way]) => way),
		).toEqual([]);
	});

	test('no sentence is too long to be read at a glance', () => {
		const long = [...fields, ...operations].flatMap(([way, field]) =>
			words(field)
				.split(/(?<=[.!?。])\s+/)
				.filter((sentence) => sentence.split(/\s+/).length > 35)
				.map((sentence) => `${way}: ${sentence}`),
		);
		expect(long).toEqual([]);
	});

	test('no description only says the name again', () => {
		const plain = (text: string) => text.toLowerCase().replace(/^(the|a|an|its)\s|[^a-z0-9]/g, '');
		const repeated = fields.filter(
			([, field]) => words(field) !== '' && plain(words(field)) === plain(String(field.displayName)),
		);
		expect(repeated.map(([way]) => way)).toEqual([]);
	});
});
