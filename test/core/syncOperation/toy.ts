import type { IDataObject } from 'n8n-workflow';
import type { Service } from '../../../core/http/service';
import type { Fields } from '../../../core/sync';
import { columnsOf, syncOperation, type SyncColumn } from '../../../core/syncOperation';
import type { Run } from '../../../scripts/engine';
import { runToy, TOY, type Toy, type ToyRunOptions } from '../support/toyNode';
import type { MemoryTarget } from '../sync/memoryTarget';

const COLUMNS: SyncColumn[] = [
	{ id: 'employeeNo', label: 'Number', kind: 'number' },
	{ id: 'email', label: 'Email', kind: 'address', required: true },
	{ id: 'name', label: 'Name' },
	{ id: 'managerEmail', label: 'Manager' },
	{ id: 'hidden', label: 'Hidden', kind: 'switch', keeps: true },
	{ id: 'password', label: 'Password', kind: 'secret', createOnly: true, keeps: true },
];

export interface SyncToy {
	target: MemoryTarget;
	/** The service says that its list ends here although there is more. */
	incomplete?: boolean;
	/** What the service refuses of a row. */
	check?: (fields: Fields) => Array<{ field: string; message: string; remedy: string }>;
	/** Called when the service is asked for the first time, with the columns that the mapping names. */
	opened?: (mapped: ReadonlySet<string>) => void;
}

const lower = (value: unknown) => String(value).toLowerCase();

/** A service of a test: nothing but a target in memory, with a sync on top of it as any other service has one. */
function syncingToy(toy: SyncToy): Toy {
	const connection = {
		account: 'toy',
		concurrency: 4,
		stats: { requests: 0, retries: 0, throttled: 0, waitedMs: 0 },
	};
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
		columnOf: (id, name) => (id.startsWith('own:') ? { id, label: name, aliases: [id.slice(4)] } : undefined),
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
		async open({ mapped }) {
			toy.opened?.(mapped);
			return {
				rules: {
					normalise: { email: lower, managerEmail: lower },
					reference: { field: 'managerEmail', to: 'email', by: 'employeeNo' },
				},
				async read(take) {
					// A page at a time, as services answer.
					const all = toy.target.list();
					for (let at = 0; at < all.length; at += 2) await take(all.slice(at, at + 2));
					return { complete: toy.incomplete !== true };
				},
				...(toy.check ? { check: toy.check } : {}),
				target: toy.target,
				facts: () => ({ toy: true }),
			};
		},
	});
	const service = { definition: {}, open: async () => connection } as unknown as Service;
	return {
		operations: [sync],
		service,
		outputs: 3,
		methods: { resourceMapping: { getColumns: async () => columnsOf(COLUMNS) } },
	};
}

export interface ToyRun {
	users: IDataObject[];
	problems: IDataObject[];
	summary: IDataObject;
	hints: string[];
	run: Run;
}

/** One run of the toy's sync in n8n's own engine, columns mapped by their names. */
export async function syncToy(
	toy: SyncToy,
	rows: object[],
	{ parameters, ...how }: ToyRunOptions = {},
): Promise<ToyRun> {
	const run = await runToy(syncingToy(toy), rows, {
		...how,
		parameters: {
			mode: 'apply',
			columns: { mappingMode: 'autoMapInputData', value: null },
			...parameters,
		},
	});
	if (run.error) throw Object.assign(new Error(run.error.message), { description: run.error.description });
	return {
		users: run.json(TOY, 0),
		problems: run.json(TOY, 1),
		summary: run.json(TOY, 2)[0] ?? {},
		hints: run.hints(TOY),
		run,
	};
}
