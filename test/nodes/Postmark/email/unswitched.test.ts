import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { send } from '../../../../nodes/Postmark/email/send.operation';
import { sendBulk } from '../../../../nodes/Postmark/email/sendBulk.operation';
import { sendWithTemplate } from '../../../../nodes/Postmark/email/sendWithTemplate.operation';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { byAlias, postmarkNode, putTemplate } from '../template/templates';
import { ERROR_OUTPUT, requestsSent, sendNode } from './sendForm';

const sandbox = useSandbox();
const WRONG = 'Dear {{ $json.name }}';

/** Every text field, and how the form looks with the wrong text in it: alone, in the options, in a row of an option. */
const wrongForms = (fields: INodeProperties[]): Array<[label: string, form: Record<string, unknown>]> =>
	fields.flatMap((field): Array<[string, Record<string, unknown>]> => {
		const { displayName, name, type, options = [] } = field;
		if (type === 'string' || type === 'json') return [[displayName, { [name]: WRONG }]];
		if (type === 'resourceMapper')
			return [[displayName, { [name]: { mappingMode: 'defineBelow', value: { a: WRONG } } }]];
		if (type === 'collection')
			return wrongForms(options as INodeProperties[]).map(([label, form]) => [label, { [name]: form }]);
		if (type !== 'fixedCollection') return [];
		return (options as INodePropertyCollection[]).flatMap(({ name: group, values }) =>
			values.map(({ name: cell }): [string, Record<string, unknown>] => [
				displayName,
				{ [name]: { [group]: [{ name: 'x', [cell]: WRONG }] } },
			]),
		);
	});

const SHOWN_BY: Record<string, Record<string, unknown>> = {
	Values: { valuesFrom: 'fields' },
	'Values (JSON)': { valuesFrom: 'json' },
	'Double-Sending Key': { preventDoubleSending: 'key' },
};
const merged = (a: Record<string, unknown>, b: Record<string, unknown>) => ({
	...a,
	...b,
	options: { ...(a.options as object), ...(b.options as object) },
});

describe.each([send, sendWithTemplate, sendBulk])('$name', (operation) => {
	test.each(wrongForms(operation.fields))(
		'an expression as plain text in %s is refused',
		async (label, form) => {
			putTemplate(sandbox.current);
			const node = postmarkNode(
				sandbox.current,
				{
					resource: 'email',
					operation: operation.value,
					from: 'people@yunhe.example',
					to: 'ana@yunhe.example',
					text: 'Hello',
					template: byAlias('welcome'),
					...merged(SHOWN_BY[label] ?? {}, form),
				},
				ERROR_OUTPUT,
			);
			const run = await runNode(node, [{ name: 'Ana' }, { name: 'Bo' }]);
			expect(run.json(NODE, 1)).toHaveLength(2);
			for (const { error, details } of run.json(NODE, 1)) {
				expect(error).toContain(`'${label}' holds {{ $json.name }} as plain text`);
				expect(details).toMatchObject({
					field: label,
					outcome: 'notSent',
					remedy: expect.stringContaining('Switch the field to Expression'),
				});
			}
			expect(requestsSent(sandbox.current)).toBe(0);
		},
	);
});

test.each([
	['in the words that an earlier node gives', { html: '={{ $json.words }}' }, 'HTML Body'],
	['beside an expression that works', { subject: '={{ $json.name }}: {{ $json.words }}' }, 'Subject'],
])('it is found %s', async (_, form, label) => {
	const run = await runNode(sendNode(sandbox.current, form, ERROR_OUTPUT), [{ name: 'Ana', words: WRONG }]);
	expect(run.json(NODE, 1)[0]!.error).toContain(`'${label}' holds {{ $json.name }} as plain text`);
	expect(requestsSent(sandbox.current)).toBe(0);
});

test('the placeholders of a template, and dollars, go out as they are', async () => {
	const run = await runNode(
		sendNode(sandbox.current, { subject: 'Save $5 {{now}}', text: 'Pay {{ amount }} $' }, ERROR_OUTPUT),
		[{}],
	);
	expect(run.items(NODE)).toHaveLength(1);
	expect(sandbox.current.postmark.messages[0]).toMatchObject({ subject: 'Save $5 {{now}}' });
});
