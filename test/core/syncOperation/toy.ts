import type { INode, INodeParameters, INodeType, WorkflowExecuteMode, IDataObject } from 'n8n-workflow';
import type { WorkflowExecute } from 'n8n-core';
import type { Service } from '../../../core/http/service';
import { resource } from '../../../core/node/operation';
import { propertiesOf } from '../../../core/node/properties';
import { run } from '../../../core/node/run/run';
import type { Fields } from '../../../core/sync';
import { columnsOf, syncOperation, type SyncColumn } from '../../../core/syncOperation';
import { Engine, type Run } from '../../../scripts/engine';
import type { MemoryTarget } from '../sync/memoryTarget';

const COLUMNS: SyncColumn[] = [
	{ id: 'employeeNo', label: 'Number', kind: 'number' },
	{ id: 'email', label: 'Email', kind: 'address', required: true },
	{ id: 'name', label: 'Name' },
	{ id: 'managerEmail', label: 'Manager' },
	{ id: 'hidden', label: 'Hidden', kind: 'switch', keeps: true },
	{ id: 'password', label: 'Password', kind: 'secret', createOnly: true, keeps: true },
];

export interface Toy {
	target: MemoryTarget;
	/** The service says that its list ends here although there is more. */
	incomplete?: boolean;
	/** What the service refuses of a row. */
	check?: (fields: Fields) => Array<{ field: string; message: string; remedy: string }>;
}

const lower = (value: unknown) => String(value).toLowerCase();

/** A service of a test: nothing but a target in memory, with a sync on top of it as any other service has one. */
function toyNode(toy: Toy): INodeType {
	const connection = { concurrency: 4, stats: { requests: 0, retries: 0, throttled: 0, waitedMs: 0 } };
	const sync = syncOperation({
		action: 'Sync members',
		description: 'Bring all members in step',
		title: 'Toy sync',
		vocabulary: {
			target: 'Toy',
			record: 'member',
			records: 'members',
			disable: 'park',
			disabled: 'parked',
			enable: 'wake',
			enabled: 'woken',
		},
		columns: COLUMNS,
		columnsMethod: 'getColumns',
		matchBy: [
			{ name: 'Number, Then Email', ids: ['employeeNo', 'email'] },
			{ name: 'Email', ids: ['email'] },
		],
		matchByDescription: 'How a row finds its member',
		leavers: {
			default: 'park',
			choices: [
				{ name: 'Park', value: 'park', description: 'Kept aside', does: 'disable' },
				{ name: 'Park, Then Remove', value: 'later', description: 'Gone later', does: 'disableThenDelete' },
				{ name: 'Leave', value: 'leave', description: 'Nothing', does: 'nothing' },
			],
		},
		protected: { default: 'owner@*', placeholder: 'e.g. owner@*' },
		fields: {},
		open: async () => ({
			rules: {
				normalise: { email: lower, managerEmail: lower },
				reference: { field: 'managerEmail', to: 'email', by: 'employeeNo' },
			},
			read: async () => ({ records: toy.target.list(), complete: toy.incomplete !== true }),
			...(toy.check ? { check: toy.check } : {}),
			target: toy.target,
			facts: () => ({ toy: true }),
		}),
	});
	const resources = [resource({ name: 'Member', value: 'member', operations: [sync] })];
	const service = { definition: {}, open: async () => connection } as unknown as Service;
	return {
		description: {
			displayName: 'Toy',
			name: 'toy',
			group: ['transform'],
			version: 1,
			description: 'A toy',
			defaults: { name: 'Toy' },
			inputs: ['main'],
			outputs: ['main', 'main', 'main'],
			properties: propertiesOf(resources),
		},
		methods: { resourceMapping: { getColumns: async () => columnsOf(COLUMNS) } },
		async execute() {
			return await run(this, resources, service);
		},
	} as INodeType;
}

export interface ToyRun {
	users: IDataObject[];
	problems: IDataObject[];
	summary: IDataObject;
	hints: string[];
	run: Run;
}

interface How {
	parameters?: INodeParameters;
	mode?: WorkflowExecuteMode;
	staticData?: IDataObject;
	started?: (execution: WorkflowExecute) => void;
}

/** One run of the toy's sync in n8n's own engine, columns mapped by their names. */
export async function syncToy(toy: Toy, rows: object[], how: How = {}): Promise<ToyRun> {
	const engine = new Engine('source', { 'test.toy': toyNode(toy) });
	const node: INode = {
		id: 'toy',
		name: 'Toy',
		type: 'test.toy',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			resource: 'member',
			operation: 'sync',
			mode: 'apply',
			columns: { mappingMode: 'autoMapInputData', value: null },
			...how.parameters,
		},
	};
	const start: INode = { ...node, id: 'start', name: 'Start', type: 'test.start', parameters: {} };
	const done = await engine.run(
		{
			name: 'Toy',
			nodes: [start, node],
			connections: { Start: { main: [[{ node: 'Toy', type: 'main', index: 0 }]] } },
			...(how.staticData ? { staticData: how.staticData } : {}),
		},
		{
			start: 'Start',
			items: rows.map((json) => ({ json: json as IDataObject })),
			...(how.mode ? { mode: how.mode } : {}),
			...(how.started ? { started: how.started } : {}),
		},
	);
	if (done.error) throw Object.assign(new Error(done.error.message), { description: done.error.description });
	return {
		users: done.json('Toy', 0),
		problems: done.json('Toy', 1),
		summary: done.json('Toy', 2)[0] ?? {},
		hints: done.hints('Toy'),
		run: done,
	};
}
