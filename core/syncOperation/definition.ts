import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../http/client';
import type { ParameterReader } from '../node/parameters/reader';
import type { RunFeedback } from '../node/operation';
import type {
	CellKind,
	Current,
	Desired,
	FieldRole,
	Fields,
	Finding,
	Limits,
	Rules,
	SyncTarget,
	Vocabulary,
} from '../sync';
import type { Protection } from './protected';

/** What a row can say about a person: the field of the sync, and its name in the editor and in messages. */
export interface SyncColumn {
	id: string;
	label: string;
	/** What the mapping says in brackets behind the label: how a cell may be written. */
	note?: string;
	/** Other names of a column that “Map Automatically” takes for this one. */
	aliases?: string[];
	required?: boolean;
	/** How its cells are cleaned; text without it. */
	kind?: CellKind;
	/** Used when a record is created and never again. The value of a `secret` is never shown. */
	createOnly?: boolean;
	/** An empty cell never clears it. */
	keeps?: boolean;
	/** What it says about a person, where guards watch it more closely than other columns. */
	role?: FieldRole;
	/** Not among the columns that the editor shows at first. */
	rare?: boolean;
}

/** A way with people who are no longer in the list. */
export interface LeaverChoice {
	name: string;
	value: string;
	description: string;
	/** What it means to the engine. A target that has two ways to disable reads the choice itself. */
	does: Rules['leavers']['action'];
}

/** What a sync must know of the way to its service: an HTTP client is one, a directory's connection another. */
export interface SyncConnection {
	/** The same for everyone who shares the service's limits; never a secret. */
	readonly account: string;
	/** Requests that may be under way side by side. */
	readonly concurrency: number;
	readonly stats: { requests: number; retries: number; throttled: number; waitedMs: number };
}

/** What the user chose in the fields that every sync has, read once for the run. */
export interface SyncSettings {
	mode: 'preview' | 'apply' | 'approved';
	approval: string;
	/** Column ids; the first is the key. */
	match: [key: string, ...others: string[]];
	/** The choice of "People Who Left", as the service offered it. */
	leaverChoice: string;
	leavers: Rules['leavers'];
	rejoiners: Rules['rejoiners'];
	/** Which accounts are never touched. */
	protection: Protection;
	limits: Limits;
	minRows: number;
	clearEmpty: boolean;
	/** The line of the file on which the first item stands. */
	firstLine?: number;
	includeUnchanged: boolean;
}

/** What is known when the service is asked for the first time: the form and the mapping. The rows are read meanwhile. */
export interface SyncRun<C> {
	settings: SyncSettings;
	/** The operation's own fields, its "Scope" and its "Options". */
	form: ParameterReader;
	scope: ParameterReader;
	options: ParameterReader;
	client: C;
	feedback: RunFeedback;
	started: Date;
	/** The columns that the mapping names: what has to be read of each record, beside what the service's side needs for itself. */
	mapped: ReadonlySet<string>;
}

/** Takes some of the records: they are made ready for the plan while others are still on their way. */
export type TakeRecords = (records: readonly Current[]) => Promise<void>;

/** A service's side of one run. */
export interface SyncSession {
	/** How this service compares and what it cannot do; keys, labels, leavers and words come from the definition. */
	rules: Pick<Rules, 'normalise' | 'equals' | 'identity' | 'immutable' | 'reference' | 'outside'>;
	/** Puts rows into the target's own terms before they are compared: changes them in place. */
	prepare?(rows: Desired[]): void | Promise<void>;
	/**
	 * Hands over every record once, as they come. `complete: false` when the service has not said that these are all; then
	 * nothing is done.
	 */
	read(take: TakeRecords): Promise<{ complete: boolean }>;
	/** What the service would refuse of one row, whatever records there are. */
	check?(fields: Fields): Finding[];
	target: SyncTarget;
	/** Said in the summary beside its own numbers, after the run. */
	facts?(): IDataObject;
}

/** A sync as a service describes it: what its form looks like, and how a run begins. */
export interface SyncDefinition<C extends SyncConnection = Client> {
	/** Sentence case: "Sync users". */
	action: string;
	description: string;
	/** Heading of the report: the service and what is synced. */
	title: string;
	vocabulary: Vocabulary;
	columns: SyncColumn[];
	/** A further column, which only some accounts have: of its id and the name that the editor has stored for it. */
	columnOf?(id: string, name: string): SyncColumn | undefined;
	/** The node's method that answers with `columnsOf(columns)`. */
	columnsMethod: string;
	/** Parameters whose change makes the editor ask for the columns anew. */
	columnsDependOn?: string[];
	/** Ways to recognise people: column ids in the order of trying. The first is the default. */
	matchBy: Array<{ name: string; ids: string[] }>;
	matchByDescription: string;
	leavers: { choices: LeaverChoice[]; default: string; deleteAfter?: string };
	/** For a target that gives first passwords: what to do when one is not known, as a sentence. */
	resetPassword?: string;
	/** Accounts that are never touched unless somebody says so. */
	protected: { default: string; placeholder: string };
	fields: {
		/** Between the mode and the columns: what is synced (an audience, a list). */
		source?: INodeProperties[];
		/** Behind "Recognise People By". */
		columns?: INodeProperties[];
		/** The limits that can be added under "Scope". Without any there is no such field. */
		scope?: INodeProperties[];
		/** Further options. */
		options?: INodeProperties[];
	};
	/** Asks ahead what it can: called before the rows are read. It must not write. */
	open(run: SyncRun<C>): Promise<SyncSession>;
}
