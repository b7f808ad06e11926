import { service } from '../../../../core/http/service';
import { perItem } from '../../../../core/node/operation';
import type { ParameterReader } from '../../../../core/node/parameters/reader';
import { runToy, TOY } from '../../support/toyNode';

const toy = { ...service({} as never), open: async () => connection };
const connection = {
	account: 'undeclared',
	concurrency: 1,
	stats: { requests: 0, retries: 0, throttled: 0, waitedMs: 0 },
};

/** What an operation reads of a form with a text and a collection. */
async function reading(read: (item: ParameterReader) => unknown) {
	const operation = perItem({
		name: 'Read',
		value: 'read',
		action: 'Read the form',
		description: 'Read the form',
		fields: [
			{ displayName: 'Subject', name: 'subject', type: 'string', default: 'Hello' },
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [{ displayName: 'Tag', name: 'tag', type: 'string', default: '' }],
			},
		],
		read,
		call: (value: unknown) => ({ value: value as string }),
	});
	const parameters = { subject: 'Hello', options: { tag: 'spring', tagg: 'autumn' }, subjct: 'Bye' };
	const run = await runToy({ operations: [operation], service: toy as never }, [{}], { parameters });
	return run.error?.message ?? run.json(TOY)[0]?.value;
}

test('a field of the form is read, within a collection too', async () => {
	expect(await reading((item) => item.text('subject'))).toBe('Hello');
	expect(await reading((item) => item.collection('options').text('tag'))).toBe('spring');
});

test.each<[string, (item: ParameterReader) => unknown]>([
	['subjct', (item) => item.text('subjct')],
	['subjct', (item) => item.boolean('subjct')],
	['subjct', (item) => String(item.raw('subjct'))],
	['tagg', (item) => item.collection('options').text('tagg')],
	['optons', (item) => item.collection('optons').text('tag')],
])('a name that the form does not have is an error, not an empty field: %s', async (name, read) => {
	expect(await reading(read)).toContain(`reads the field '${name}', which its form does not have`);
});
