import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A credential as `n8n import:credentials` takes it: its data in the clear, encrypted by n8n on the way in. */
export interface CredentialEntry {
	id: string;
	name: string;
	/** The credential type, e.g. `mailOpsAlimailApi`. */
	type: string;
	data: Record<string, unknown>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	credentials?: Record<string, { id: string | null; name: string }>;
	[more: string]: unknown;
}

/** A workflow as n8n exports it. */
export interface WorkflowFile {
	id: string;
	name: string;
	nodes: WorkflowNode[];
	[more: string]: unknown;
}

/** The exported workflows of a folder, by file name. */
export function workflowsIn(folder: string): WorkflowFile[] {
	if (!existsSync(folder)) return [];
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
	return files.sort().map((file) => readWorkflow(join(folder, file)));
}

/** Reads one exported workflow. One that was exported without an id gets its file's name as its id. */
export function readWorkflow(file: string): WorkflowFile {
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
	return { ...workflow, id: workflow.id ?? basename(file, '.json'), active: false };
}

/**
 * Gives every node that needs one of these credentials that credential, so that an imported workflow runs at once.
 *
 * @param needs The credential types that a node type signs in with, by the node's full type name
 */
export function linked(
	workflow: WorkflowFile,
	credentials: CredentialEntry[],
	needs: Record<string, string[]>,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		const types = new Set([...Object.keys(node.credentials ?? {}), ...(needs[node.type] ?? [])]);
		const found = credentials.filter(({ type }) => types.has(type));
		if (found.length === 0) return node;
		const links = found.map(({ type, id, name }) => [type, { id, name }] as const);
		return { ...node, credentials: { ...node.credentials, ...Object.fromEntries(links) } };
	});
	return { ...workflow, nodes };
}

/** Where the workflows look for files: n8n's own folder for them in its Docker image. */
const dockerFiles = '/home/node/.n8n-files';

/** The workflow with its file paths moved from n8n's Docker image to this n8n's folder for files. */
export function withFilesIn(workflow: WorkflowFile, filesFolder: string): WorkflowFile {
	const folder = filesFolder.replaceAll('\\', '/');
	const moved = JSON.stringify(workflow).replaceAll(dockerFiles, JSON.stringify(folder).slice(1, -1));
	return JSON.parse(moved) as WorkflowFile;
}

/**
 * Copies the sample exports, and the first of them once more under the name that the workflow reads.
 * A file that is there already stays: the user may have edited it to see what happens.
 */
export function copySamples(samples: string, filesFolder: string): void {
	if (!existsSync(samples)) return;
	cpSync(samples, filesFolder, { recursive: true, force: false });
	const first = join(filesFolder, 'hr-export-day-1.csv');
	const read = join(filesFolder, 'hr-export.csv');
	if (existsSync(first) && !existsSync(read)) copyFileSync(first, read);
}
