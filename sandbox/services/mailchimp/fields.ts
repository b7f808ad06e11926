import { badRequest } from './errors';

/** `fields` and `exclude_fields`: comma lists of dotted paths, applied to every answer; not both at once. */
export function filtered(payload: unknown, query: { fields?: string; exclude_fields?: string }): unknown {
	const { fields, exclude_fields: exclude } = query;
	if (fields !== undefined && exclude !== undefined)
		throw badRequest('You may only use one of fields and exclude_fields.');
	if (typeof payload !== 'object' || payload === null) return payload;
	if (fields !== undefined) return only(payload, treeOf(fields));
	return exclude === undefined ? payload : without(payload, treeOf(exclude));
}

interface Tree {
	[name: string]: Tree;
}

function treeOf(text: string): Tree {
	const tree: Tree = {};
	for (const path of text.split(',').filter(Boolean)) {
		let at = tree;
		for (const name of path.trim().split('.')) at = at[name] ??= {};
	}
	return tree;
}

const isLeaf = (tree: Tree) => Object.keys(tree).length === 0;

function only(value: unknown, tree: Tree): unknown {
	if (Array.isArray(value)) return value.map((entry) => only(entry, tree));
	if (typeof value !== 'object' || value === null || isLeaf(tree)) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, inner]) => {
			const branch = tree[name];
			return branch ? [[name, only(inner, branch)]] : [];
		}),
	);
}

function without(value: unknown, tree: Tree): unknown {
	if (Array.isArray(value)) return value.map((entry) => without(entry, tree));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, inner]) => {
			const branch = tree[name];
			if (branch && isLeaf(branch)) return [];
			return [[name, branch ? without(inner, branch) : inner]];
		}),
	);
}
