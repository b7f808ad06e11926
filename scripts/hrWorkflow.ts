interface Node {
	name: string;
	parameters?: unknown;
}

/**
 * The shipped workflow as a person sets it who has looked at the preview: the sync applies, and the first load, when there
 * is to be one, is announced.
 *
 * @param firstLoad how many accounts it may create in one run; 0: no first load
 */
export function applying<W extends { nodes: Node[] }>(workflow: W, firstLoad: number): W {
	const nodes = workflow.nodes.map((node) => {
		const parameters = (node.parameters ?? {}) as { operation?: unknown; guards?: object };
		if (parameters.operation !== 'sync') return node;
		const guards = { ...parameters.guards, ...(firstLoad > 0 ? { firstLoad } : {}) };
		return { ...node, parameters: { ...parameters, mode: 'apply', guards } };
	});
	return { ...workflow, nodes };
}
