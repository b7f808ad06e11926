import type { DataTableFilter, IDataObject, WorkflowExecuteMode } from 'n8n-workflow';
import { Engine, type WorkflowFile } from '../../scripts/engine';

type Row = IDataObject & { id: number };
interface Table {
	id: string;
	name: string;
	columns: Array<{ id: string; name: string; type: string; index: number }>;
	rows: Row[];
	lastId: number;
}

/** n8n's data tables for its engine, in memory: as much of them as its Data table node asks for in the workflows. */
export class DataTables {
	readonly tables = new Map<string, Table>();

	/** Rows of a table, as somebody would see them in n8n. */
	rows(name: string): Row[] {
		return [...this.tables.values()].find((table) => table.name === name)?.rows ?? [];
	}

	/** What n8n-core asks for proxies. */
	readonly provider = {
		getDataTableAggregateProxy: async () => ({
			getManyAndCount: async ({ filter }: { filter: { name: string } }) => {
				const data = [...this.tables.values()].filter(
					({ name }) => name.toLowerCase() === filter.name.toLowerCase(),
				);
				return { data, count: data.length };
			},
			createDataTable: async ({
				name,
				columns,
			}: {
				name: string;
				columns: Array<{ name: string; type: string; index: number }>;
			}) => {
				// As n8n does: two who make the same table at once are told apart by its name, and the second fails.
				await new Promise((resolve) => setTimeout(resolve, 5));
				if ([...this.tables.values()].some((table) => table.name === name))
					throw new Error(`Data table with name '${name}' already exists in this project`);
				const table: Table = {
					id: `table${this.tables.size + 1}`,
					name,
					columns: columns.map((column) => ({ id: column.name, ...column })),
					rows: [],
					lastId: 0,
				};
				this.tables.set(table.id, table);
				return table;
			},
		}),
		getDataTableProxy: async (_workflow: unknown, _node: unknown, id: string) =>
			proxyOf(this.tables.get(id)!),
	};
}

function proxyOf(table: Table) {
	const known = (row: IDataObject) => {
		const odd = Object.keys(row).find((name) => !table.columns.some((column) => column.name === name));
		if (odd !== undefined) throw new Error(`unknown column name '${odd}'`);
		return row;
	};
	const found = (filter: DataTableFilter) => table.rows.filter((row) => fits(row, filter));
	return {
		getColumns: async () => table.columns,
		insertRows: async (rows: IDataObject[]) =>
			rows.map((row) => {
				const now = new Date();
				const empty = Object.fromEntries(table.columns.map(({ name }) => [name, null]));
				const made = { ...empty, ...known(row), id: ++table.lastId, createdAt: now, updatedAt: now };
				table.rows.push(made as unknown as Row);
				return { ...made };
			}),
		getManyRowsAndCount: async ({
			filter,
			sortBy,
			skip = 0,
			take = 1000,
		}: {
			filter: DataTableFilter;
			sortBy?: [string, 'ASC' | 'DESC'];
			skip?: number;
			take?: number;
		}) => {
			const rows = found(filter);
			const [name, order] = sortBy ?? ['id', 'ASC'];
			rows.sort((a, b) => Number(a[name]) - Number(b[name]));
			if (order === 'DESC') rows.reverse();
			return { data: rows.slice(skip, skip + take).map((row) => ({ ...row })), count: rows.length };
		},
		updateRows: async ({ filter, data }: { filter: DataTableFilter; data: IDataObject }) =>
			found(filter).map((row) => ({ ...Object.assign(row, known(data), { updatedAt: new Date() }) })),
		deleteRows: async ({ filter }: { filter: DataTableFilter }) => {
			const gone = found(filter);
			table.rows = table.rows.filter((row) => !gone.includes(row));
			return gone;
		},
	};
}

const MEANS: Record<string, (a: never, b: never) => boolean> = {
	eq: (a, b) => a === b,
	neq: (a, b) => a !== b,
	gt: (a, b) => a > b,
	gte: (a, b) => a >= b,
	lt: (a, b) => a < b,
	lte: (a, b) => a <= b,
};

function fits(row: Row, { type, filters }: DataTableFilter): boolean {
	const one = ({ columnName, condition, value }: DataTableFilter['filters'][number]) => {
		const means = MEANS[condition];
		if (means === undefined) throw new Error(`The condition “${condition}” is not played here.`);
		// n8n's database compares numbers with numbers, whatever a field of the form gives.
		const wanted = typeof row[columnName] === 'number' ? Number(value) : value;
		return means(row[columnName] as never, wanted as never);
	};
	return type === 'and' ? filters.every(one) : filters.some(one);
}

/** The engine with data tables that last from one execution to the next. */
export class EngineWithTables extends Engine {
	readonly data = new DataTables();

	override prepare(file: WorkflowFile, mode: WorkflowExecuteMode, executionId: string) {
		const prepared = super.prepare(file, mode, executionId);
		Object.assign(prepared.additionalData, { 'data-table': { dataTableProxyProvider: this.data.provider } });
		return prepared;
	}
}
