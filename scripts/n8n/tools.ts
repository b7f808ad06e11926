import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';

/** What n8n writes into menus for a custom call where a node has none: it does nothing. */
const DEAD = '__CUSTOM_API_CALL__';

/**
 * The nodes as n8n offers them to an AI agent, with what it has added to their menus: what is preset must only read, the name
 * that the agent sees must say what it does, and the words for the model must be there.
 *
 * @returns the names as an agent sees them @throws Error that names each tool and what is wrong with it
 */
export function toolNames(types: INodeTypeDescription[], pack: string): string[] {
	// n8n makes one more of a node that can ask a person: it only asks.
	const isTool = (name: string) => name.endsWith('Tool') && !name.endsWith('HitlTool');
	const tools = types.filter(({ name }) => name.startsWith(`${pack}.`) && isTool(name));
	const wrong: string[] = [];
	const names = tools.map((tool) => {
		const node = { name: 'Tool', type: tool.name, typeVersion: 1, parameters: {} } as unknown as INode;
		const preset = NodeHelpers.getNodeParameters(tool.properties, {}, true, false, node, tool) ?? {};
		const name = NodeHelpers.makeNodeName(preset, tool);
		if (!/^get/.test(String(preset.operation)))
			wrong.push(`${tool.name} begins with ${String(preset.operation)}`);
		if (preset.resource === DEAD || !/^Get /.test(name)) wrong.push(`${tool.name} is called “${name}”`);
		if (tool.description.trim() === '') wrong.push(`${tool.name} has no description`);
		return name;
	});
	if (tools.length === 0) wrong.push('n8n offers no tool');
	if (wrong.length > 0) throw new Error(wrong.join('; '));
	return names;
}
