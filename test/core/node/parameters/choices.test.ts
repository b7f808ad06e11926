import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { service } from '../../../../core/http/service';
import { perItem } from '../../../../core/node/operation';
import { checkChoices } from '../../../../core/node/parameters/choices';
import type { ParameterReader } from '../../../../core/node/parameters/reader';
import { runToy, TOY } from '../../support/toyNode';

const toy = { ...service({} as never), open: async () => connection };
const connection = {
	account: 'choices',
	concurrency: 1,
	stats: { requests: 0, retries: 0, throttled: 0, waitedMs: 0 },
};

const leavers = {
	displayName: 'Leavers',
	name: 'leavers',
	type: 'options' as const,
	options: [
		{ name: 'Delete', value: 'delete' },
		{ name: 'Keep', value: 'keep' },
	],
	default: 'keep',
};
const events = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions' as const,
	options: [
		{ name: 'Bounce', value: 'bounce' },
		{ name: 'Open', value: 'open' },
	],
	default: ['bounce'],
};

/** What an operation reads of a form that offers choices at its top, among its options and in the rows of a list. */
async function reading(
	read: (item: ParameterReader) => unknown,
	parameters: INodeParameters,
	row: IDataObject,
) {
	const operation = perItem({
		name: 'Read',
		value: 'read',
		action: 'Read the form',
		description: 'Read the form',
		fields: [
			leavers,
			events,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [leavers, events],
			},
			{
				displayName: 'Rows',
				name: 'rows',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				options: [{ displayName: 'Row', name: 'row', values: [leavers] }],
			},
			{
				displayName: 'Listed',
				name: 'listed',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getListed' },
				options: [],
				default: '',
			},
		],
		read,
		call: (value: unknown) => ({ value: String(value) }),
	});
	const run = await runToy({ operations: [operation], service: toy as never }, [row], { parameters });
	return run.error?.message.replace(' [item 0]', '') ?? run.json(TOY)[0]?.value;
}

const EXPRESSION = '={{ $json.way }}';
const readers: Array<[string, (item: ParameterReader) => unknown]> = [
	['option', (item) => item.option('leavers')],
	['text', (item) => item.text('leavers')],
	['has', (item) => item.has('leavers')],
	['value', (item) => item.value('leavers')],
];

describe.each(readers)('read with %s', (_name, read) => {
	const places: Array<[string, INodeParameters, (item: ParameterReader) => unknown]> = [
		['the form', { leavers: EXPRESSION }, read],
		['its options', { options: { leavers: EXPRESSION } }, (item) => read(item.collection('options'))],
		[
			'the rows of a list',
			{ rows: { row: [{ leavers: EXPRESSION }] } },
			(item) => read(item.fixedCollection('rows', 'row')[0]!),
		],
	];

	test.each(places)('what nobody offered passes for nothing in %s', async (_place, parameters, readThere) => {
		for (const way of ['Delete', 'keep ', 'toString', 'freeze', 7])
			expect(await reading(readThere, parameters, { way })).toBe(
				`'Leavers' is “${way}”, which is not one of its choices`,
			);
		for (const way of ['', null])
			expect(await reading(readThere, parameters, { way })).toBe(
				"'Leavers' is nothing, which is not one of its choices",
			);
	});

	test.each(places)('what was offered is read in %s', async (_place, parameters, readThere) => {
		expect(await reading(readThere, parameters, { way: 'delete' })).toMatch(/^(delete|true)$/);
	});
});

test('a choice that was not added is at its default, and counts as not filled in', async () => {
	expect(await reading((item) => item.collection('options').option('leavers'), {}, {})).toBe('keep');
	expect(await reading((item) => item.collection('options').text('leavers'), {}, {})).toBe('');
	expect(await reading((item) => item.collection('options').has('leavers'), {}, {})).toBe('false');
});

test.each<[string, INodeParameters, (item: ParameterReader) => unknown]>([
	['the form', { events: EXPRESSION }, (item) => item.list('events')],
	['its options', { options: { events: EXPRESSION } }, (item) => item.collection('options').list('events')],
])('each of several choices must be one that was offered, in %s', async (_place, parameters, read) => {
	expect(await reading(read, parameters, { way: ['open', 'bounce'] })).toBe('open,bounce');
	expect(await reading(read, parameters, { way: 'open，bounce' })).toBe('open,bounce');
	expect(await reading(read, parameters, { way: ['open', 'bounced'] })).toBe(
		"'Events' is “bounced”, which is not one of its choices",
	);
});

test('what the service lists is its own to judge', async () => {
	expect(await reading((item) => item.text('listed'), { listed: EXPRESSION }, { way: 'a-stream' })).toBe(
		'a-stream',
	);
});

test.each<[unknown, unknown, string | undefined]>([
	['keep', ['open'], undefined],
	['keep', [], undefined],
	['Keep', ['open'], "'Leavers' is “Keep”, which is not one of its choices"],
	[undefined, ['open'], "'Leavers' is nothing, which is not one of its choices"],
	['keep', ['open', 'Bounce'], "'Events' is “Bounce”, which is not one of its choices"],
	['keep', 'open', "'Events' is no list"],
])('a trigger that is given %j and %j is told: %s', (way, chosen, words) => {
	const given: Record<string, unknown> = { leavers: way, events: chosen };
	const check = () => checkChoices([leavers, events], ['leavers', 'events'], (name) => given[name]);
	if (words === undefined) expect(check).not.toThrow();
	else expect(check).toThrow(words);
});
