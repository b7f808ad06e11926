import type { INodeType } from 'n8n-workflow';
import { packNodes } from '../support/tree';

/** n8n puts fields of its own among a node's (the times of a trigger that polls), into the very list that it finds. */
test.each(packNodes().map(([name, node]): [string, INodeType] => [name, node]))(
	'what n8n adds to the fields of %s stays there',
	(_, node) => {
		const again = new (node.constructor as new () => INodeType)();
		expect(again.description.properties).not.toBe(node.description.properties);
		expect(again.description.properties).toEqual(node.description.properties);
	},
);
