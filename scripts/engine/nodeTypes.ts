import {
	NodeHelpers,
	type ICredentialType,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { join } from 'node:path';

type AnyNode = INodeType | IVersionedNodeType;

const root = join(__dirname, '../..');

interface PackManifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** `source` loads the .ts beside each path of package.json (under jest or tsx), `dist` what was built. */
export type Build = 'source' | 'dist';

/** Made once in a process, as n8n does it. */
const made = new Map<string, unknown>();

function once<T>(file: string, build: Build): T {
	const key = `${build} ${file}`;
	if (!made.has(key)) made.set(key, instantiate(file, build));
	return made.get(key) as T;
}

function instantiate(file: string, build: Build): unknown {
	const name = file.split('/').at(-1)!.split('.')[0]!;
	const path = build === 'dist' ? file : file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const module = require(join(root, path)) as Record<string, new () => unknown>;
	const type = module[name];
	if (type === undefined) throw new Error(`${path} does not export ${name}`);
	return new type();
}

const manifest = (): PackManifest =>
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	require(join(root, 'package.json')) as PackManifest;

/** The pack's nodes as package.json lists them, and n8n's own, each loaded when it is first used. */
export class NodeTypes implements INodeTypes {
	private readonly types = new Map<string, AnyNode>();

	constructor(build: Build, extra: Record<string, AnyNode> = {}) {
		const { name, n8n } = manifest();
		for (const file of n8n.nodes) {
			const type = once<AnyNode>(file, build);
			this.types.set(`${name}.${type.description.name}`, type);
		}
		for (const [type, node] of Object.entries(extra)) this.types.set(type, node);
	}

	getByName(name: string): AnyNode {
		let type = this.types.get(name);
		if (type === undefined) {
			type = builtIn(name);
			this.types.set(name, type);
		}
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}
}

function builtIn(name: string): AnyNode {
	const [pack, short] = name.split('.');
	const type = pack === 'n8n-nodes-base' ? ofN8n<AnyNode>('nodes', short!) : undefined;
	if (type === undefined) throw new Error(`Unknown node type ${name}`);
	return type;
}

/** One of n8n's own nodes or credential types, from the list it ships, or undefined. */
export function ofN8n<T>(kind: 'nodes' | 'credentials', name: string): T | undefined {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const known = require(`n8n-nodes-base/dist/known/${kind}.json`) as Record<
		string,
		{ className: string; sourcePath: string }
	>;
	const entry = known[name];
	if (entry === undefined) return undefined;
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const module = require(`n8n-nodes-base/${entry.sourcePath}`) as Record<string, new () => T>;
	return new module[entry.className]!();
}

export function credentialTypes(build: Build): Map<string, ICredentialType> {
	const types = manifest().n8n.credentials.map((file) => once<ICredentialType>(file, build));
	return new Map(types.map((type) => [type.name, type]));
}
