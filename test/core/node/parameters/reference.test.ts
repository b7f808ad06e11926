import fc from 'fast-check';
import { ExecuteContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { DateTime } from 'luxon';
import { Engine } from '../../../../scripts/engine';
import { Parameters } from '../../../../core/node/parameters/parameters';

/** n8n's own context of a running node whose parameter `value` is this, over these items. */
class Probe extends Engine {
	context(value: unknown, items: IDataObject[]): IExecuteFunctions {
		const node: INode = {
			id: 'node',
			name: 'Node',
			type: 'test.start',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const { workflow, additionalData } = this.prepare(
			{ name: 'Probe', nodes: [node], connections: {} },
			'manual',
			'probe',
		);
		const known = workflow.getNode('Node')!;
		known.parameters = { value } as INode['parameters'];
		const data: INodeExecutionData[] = items.map((json) => ({ json }));
		return new ExecuteContext(
			workflow,
			known,
			additionalData,
			'manual',
			createRunExecutionData({}),
			0,
			data,
			{ main: [data] },
			{ data: { main: [data] }, node: known, source: null },
			[],
		) as unknown as IExecuteFunctions;
	}
}

const probe = new Probe();

const attempt = (read: () => unknown): { value?: unknown; error?: string } => {
	try {
		return { value: read() };
	} catch (error) {
		return { error: (error as Error).message };
	}
};

/** What n8n makes of an expression for each item, what we make of it, and how often n8n had to be asked for ours. */
function compare(expression: unknown, items: IDataObject[]) {
	const context = probe.context(expression, items);
	const theirs = items.map((_, i) => attempt(() => context.getNodeParameter('value', i, undefined)));
	const asked = jest.spyOn(context, 'getNodeParameter');
	const parameters = new Parameters(context, []);
	const ours = items.map((_, i) => attempt(() => parameters.read('value', i)));
	return { theirs, ours, direct: items.length - asked.mock.calls.length };
}

const VALUES: unknown[] = [
	'Ana',
	'',
	' spaced ',
	'王伟 🎉',
	'<b>&amp;</b>',
	'{{ $json.b }}',
	'back\\slash',
	'line\nbreak',
	'=1+1',
	0,
	-0,
	1.5,
	1e21,
	NaN,
	Infinity,
	-Infinity,
	true,
	false,
	null,
	undefined,
	[],
	[1, 'two'],
	{},
	{ b: 'inner' },
	{ b: { c: [{ d: 'deep' }] } },
	new Date(0),
	DateTime.fromMillis(0, { zone: 'utc' }),
];
const ITEMS: IDataObject[] = [
	...VALUES.map((a) => ({ a, b: 'B', 'first name': 'First', user: { name: a } }) as IDataObject),
	{},
	{ a: 'own', constructor: 'mine', toString: 'text', prototype: 'p', values: 'v', $: 'dollar' },
];

/** Answered without n8n, at least for the items that are plain. */
const COMPILED = [
	'={{ $json.a }}',
	'={{$json.a}}',
	'={{ $json["a"] }}',
	"={{ $json['first name'] }}",
	'={{ $json.user.name }}',
	'={{\n$json.a\n}}',
	'= {{ $json.a }}',
	'={{ $json.a }} ',
	'={{ $json.a }}\n',
	'=Hello {{ $json.a }}',
	'=<p>Hello {{ $json.a }},</p>\n<p>you are {{ $json.b }}.</p>',
	'={{ $json.a }}{{ $json.b }}',
	'={{ $json.a }} {{ $json.a }} {{ $json.a }}',
	'=Order {{ $json.a }}-confirmation',
	'=https://x.example/?q={{ $json.user.name }}&b={{ $json["b"] }}',
	'="{{ $json.a }}" \'{{ $json.b }}\' `${x}`',
	'=a }} b {{ $json.a }} } { c',
	'=\u2028{{ $json.a }}\u2029',
	'={{ $json.a[0] }}',
	'={{ $json.a.b.c[0].d }}',
	'=x{{ $json.missing }}y',
	'={{ $json.values }}',
	'=No expression at all',
	'=',
	'=  ',
];

/** Left to n8n: whatever could be meant otherwise. */
const LEFT = [
	'={{ $json.a.toUpperCase() }}',
	'=Hello {{ $json.a || "you" }}',
	'=Hello {{ $json.a?.b }}',
	'=Hello {{ $json }}',
	'=Hello {{ $json.a + 1 }}',
	'={{{ $json.a }}}',
	'=x {{{ $json.a }}} y',
	'=x {{ $json.a }}} y',
	'=x \\{{ $json.a }} y',
	'=x \\\\{{ $json.a }} y',
	'=C:\\temp {{ $json.a }}',
	'={{ $json["a\\"b"] }}',
	'={{ $json["a }} b"] }}',
	'={{ $json["a\nb"] }}',
	'={{ $json[01] }}',
	'=Hello {{ $json.a',
	'=Hello {{ }} {{ $json.a }}',
	'={{ $json.constructor }}',
	'=see. constructor {{ $json.a }}',
	'={{ $json.prototype }}',
	'={{ $json["__proto__"] }}',
	'={{ $json.caller }}{{ $json.a }}',
	'={{ /* a */ $json.a }}',
	'={{ $json.a; }}',
	'=Hello {{ $itemIndex }} {{ $json.a }}',
	'=toString',
];

test.each(COMPILED)('%j: as n8n has it, and mostly without asking n8n', (expression) => {
	const { theirs, ours, direct } = compare(expression, ITEMS);
	expect(ours).toEqual(theirs);
	expect(direct).toBeGreaterThan(0);
});

test.each(LEFT)('%j: left to n8n', (expression) => {
	const { theirs, ours, direct } = compare(expression, ITEMS);
	expect(ours).toEqual(theirs);
	expect(direct).toBe(0);
});

test('text, numbers, true, false and nothing are filled into text without asking n8n; all else is not', () => {
	const { direct } = compare('=Hello {{ $json.a }}', ITEMS);
	const simple = VALUES.filter(
		(value) =>
			value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean',
	);
	const numbers = VALUES.filter(Number.isFinite);
	expect(direct).toBe(simple.length + numbers.length + 2);
});

test('parameters within collections are put together the same way', () => {
	const expression = {
		plain: 'x',
		mixed: '=Dear {{ $json.a }}',
		rows: [{ name: '={{ $json.b }}', value: '=no. {{ $json["first name"] }}' }],
	};
	const { theirs, ours, direct } = compare(expression, ITEMS);
	expect(ours).toEqual(theirs);
	expect(direct).toBeGreaterThan(10);
});

test('whatever is put together of pieces that matter, n8n and we agree', () => {
	const piece = fc.constantFrom(
		...[
			'{{',
			'}}',
			'{{ ',
			' }}',
			'{',
			'}',
			'$json',
			'.a',
			'.b',
			'["first name"]',
			"['user']",
			'.name',
			'[0]',
		],
		...['\\', ' ', '\n', '"', "'", 'text', '<p>', '王', '.', 'constructor', '$', '?.', ';', '/', '`'],
		...['{{ $json.a }}', '{{ $json.b }}', '{{$json["first name"]}}', '{{ $json.user.name }}', ' and '],
	);
	let answers = 0;
	fc.assert(
		fc.property(fc.array(piece, { minLength: 1, maxLength: 7 }), (pieces) => {
			const { theirs, ours, direct } = compare(`=${pieces.join('')}`, ITEMS.slice(0, 6));
			answers += direct;
			expect(ours).toEqual(theirs);
		}),
		{ numRuns: 250 },
	);
	expect(answers).toBeGreaterThan(150);
});
