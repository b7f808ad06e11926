import { parseTemplate, renderTemplate, suggestModel } from '../../sandbox/services/postmark/mustachio';

function draw(source: string, model: object, escaped = true): string {
	const { program, problems } = parseTemplate(source);
	if (!program) throw new Error(problems.map(({ Message }) => Message).join());
	return renderTemplate(program, model, escaped);
}

const company = { ceo: { last: 'Smith', products: [{ name: 'A' }, { name: 'B' }] } };

/** What the service's own test cases and source say (github.com/ActiveCampaign/mustachio). */
test.each<[string, object, string]>([
	['{{#each ceo.products}}{{name}} by {{../../last}};{{/each}}', company, 'A by Smith;B by Smith;'],
	// The parent of an element is its list, which has no names.
	['{{#each items}}{{t}}-{{../site}}{{/each}}', { site: 'S', items: [{ t: 1 }] }, '1-'],
	['{{#each items}}{{t}}-{{../../site}}{{/each}}', { site: 'S', items: [{ t: 1 }] }, '1-S'],
	['{{#each items}}{{.}},{{/each}}', { items: ['x', 'y'] }, 'x,y,'],
	['{{^gone}}{{../name}}|{{name}}{{/gone}}', { gone: false, name: 'N' }, 'N|'],
	['{{#a.b}}{{c}} {{../d}} {{../../e}}{{/a.b}}', { a: { b: { c: 1 }, d: 2 }, e: 3 }, '1 2 3'],
	['{{../../name}}', { name: 'N' }, 'N'],
	['{{#yes}}{{.}}{{^yes}}no{{/yes}}', { yes: 'Y' }, 'Y'],
	['{{#yes}}{{.}}{{^yes}}no{{/yes}}', {}, 'no'],
	['{{t}} {{f}} {{n}} {{z}}', { t: true, f: false, n: null, z: 0 }, 'True False  0'],
	['{{else}}', { else: 'a name' }, 'a name'],
	['{{#x}}{{else}}{{/x}}', { x: { else: 'E' } }, 'E'],
	['{{ name }} {{{ raw }}} {{&raw}}', { name: '<b>"\'&', raw: '<i>' }, '&lt;b&gt;&quot;&#39;&amp; <i> <i>'],
	['as{{!stu\nff}}df', {}, 'asdf'],
	['{{姓名}}{{a_1}}', { 姓名: '王', a_1: 'x' }, '王x'],
	['{{constructor}}{{a.length}}', { a: 'text' }, ''],
	['{ {a} } {{}} {{{a}}', { a: 1 }, '{ {a} } {{}} {1'],
])('%s', (source, model, drawn) => expect(draw(source, model)).toBe(drawn));

test.each([
	['nothing', undefined],
	['null', null],
	['false', false],
	['0', 0],
	['an empty text', ''],
	['an empty list', []],
	['an empty object', {}],
])('%s does not exist for a section', (_what, value) => {
	expect(draw('{{#x}}there{{/x}}{{^x}}not there{{/x}}', { x: value })).toBe('not there');
});

test('in a subject and a text nothing is escaped', () => {
	expect(draw('{{name}}', { name: 'A & B' }, false)).toBe('A & B');
});

test.each([
	['{{dash-name}}', "The path 'dash-name' is not valid.", 1],
	['a{{..}}', "The path '..' is not valid.", 2],
	['{{two words}}', "The path 'two words' is not valid.", 1],
	['{{#if x}}{{/if x}}', "The path 'if x' is not valid.", 1],
	['{{a/b}}', "The path 'a/b' is not valid.", 1],
	['{{a...b}}', "The path 'a...b' is not valid.", 1],
	['{{> part}}', "The path '> part' is not valid.", 1],
	['{{#each}}{{/each}}', "The 'each' block being opened requires a model path", 1],
	['{{#each a}}{{/each a}}', "The syntax to close the 'each' block should be", 12],
	['{{/each}}', 'but no corresponding opening element', 1],
	['{{#a}}{{/b}}', 'open and closing elements are mismatched', 7],
	['{{#a}}', "opened but not closed: 'a'", 1],
])('%s is not valid', (source, words, character) => {
	const [problem] = parseTemplate(source).problems;
	expect(problem).toMatchObject({ Line: 1, CharacterPosition: character });
	expect(problem?.Message).toContain(words);
});

test('a model is suggested by the same rules', () => {
	const suggested = (source: string) => suggestModel([parseTemplate(source).program ?? []]);
	expect(suggested('{{#each a.b}}{{c}}{{../../d}}{{../../../e}}{{/each}}')).toEqual({
		a: { b: [{ c: 'c_Value' }], d: 'd_Value' },
		e: 'e_Value',
	});
	expect(suggested('{{^x}}{{../y}}{{/x}}{{#each l}}{{.}}{{/each}}')).toEqual({
		x: 'x_Value',
		y: 'y_Value',
		l: ['l_Value'],
	});
});
