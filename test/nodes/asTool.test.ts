import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { packNodes } from '../support/tree';

/** The node's description as n8n makes it for an agent: called "… Tool", with its own replacements. */
function asTool(description: INodeTypeDescription): INodeTypeDescription {
	const { usableAsTool } = description;
	const replacements = typeof usableAsTool === 'object' ? usableAsTool.replacements : {};
	return { ...description, ...replacements, name: `${description.name}Tool` };
}

/** What n8n fills in when somebody gives the node to an agent. */
function preset(tool: INodeTypeDescription, parameters: INode['parameters'] = {}) {
	const node = { name: 'Tool', type: tool.name, typeVersion: 1, parameters } as INode;
	return NodeHelpers.getNodeParameters(tool.properties, parameters, true, false, node, tool)!;
}

const shown = (tool: INodeTypeDescription, name: string, parameters: INode['parameters'] = {}) =>
	tool.properties.filter(
		(field) =>
			field.name === name && NodeHelpers.displayParameter(preset(tool, parameters), field, null, tool),
	);
const choices = (fields: INodeProperties[]) =>
	fields.flatMap(({ options }) => options as INodePropertyOptions[]);

const nodes = packNodes().filter(([, { description }]) => !description.group.includes('trigger'));

describe.each(nodes.map(([, { description }]) => [description.displayName, description] as const))(
	'%s as an AI tool',
	(_, description) => {
		const tool = asTool(description);
		const resources = choices(shown(tool, 'resource')).map(({ value }) => String(value));

		test('shows one menu of resources, and one of operations for each of them', () => {
			expect(shown(tool, 'resource')).toHaveLength(1);
			// n8n's panel would list all actions once more for a second one.
			expect(description.properties.filter(({ name }) => name === 'resource')).toHaveLength(1);
			for (const resource of resources)
				expect([resource, shown(tool, 'operation', { resource })]).toEqual([resource, [expect.anything()]]);
		});

		test('what is preset only reads', () => {
			expect(preset(tool).operation).toMatch(/^get/);
			for (const resource of resources) {
				const offered = choices(shown(tool, 'operation', { resource })).map(({ value }) => String(value));
				const { operation } = preset(tool, { resource });
				if (offered.some((value) => value.startsWith('get')))
					expect([resource, operation]).toEqual([resource, expect.stringMatching(/^get/)]);
			}
		});

		test('nothing that decides about many people at once is offered, and a notice says so', () => {
			const offered = resources.flatMap((resource) => choices(shown(tool, 'operation', { resource })));
			const names = offered.map(({ name }) => name);
			expect(names.filter((name) => /^(Sync|Send Bulk|Send and Wait|Push)\b/.test(name))).toEqual([]);
			const all = choices(description.properties.filter(({ name }) => name === 'operation'));
			const actions = offered.map(({ action }) => action);
			const left = all.map(({ action }) => action).filter((action) => !actions.includes(action));
			expect(shown(tool, 'toolNotice').map(({ displayName }) => displayName)).toEqual(
				left.length === 0
					? []
					: [expect.stringContaining(`Not for an agent: ${[...new Set(left)].join(', ')}.`)],
			);
			expect(shown(description, 'toolNotice')).toEqual([]);
		});

		test('n8n names it by what it does, and its words for a model say what it can do', () => {
			expect(NodeHelpers.makeNodeName(preset(tool), tool)).toMatch(/^Get (many )?[a-z ]+/);
			for (const resource of resources) {
				const name = NodeHelpers.makeNodeName(preset(tool, { resource }), tool);
				expect([resource, name]).toEqual([resource, expect.not.stringContaining('CUSTOM')]);
			}
			expect(tool.description).not.toMatch(/sync|workflow|item/i);
		});

		test('a custom call of its own stands at the end, so that n8n adds no dead one to the resources', () => {
			const offered = choices(shown(tool, 'resource'));
			if (offered.some(({ value }) => value === 'custom'))
				expect(offered.at(-1)!.name).toBe('Custom API Call');
		});
	},
);
