import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Fields, Problem, Reading } from './fields';
import type { Page, Pages } from './pages';

export type Given = Record<string, unknown>;

/**
 * What can be done with the records of a table. `update` changes what is given with PATCH, `put` does the same with PUT;
 * `replace` is a PUT that puts everything else back to its default, `upsert` a PUT that makes what is not there yet.
 */
export type Verb = 'list' | 'create' | 'get' | 'update' | 'put' | 'replace' | 'upsert' | 'remove';

/** Beside CRUD: `POST {path}/{id}/archive`. */
export interface Action<R extends object, C> {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	fields?: Fields;
	/** @returns the answer. @throws the service's own error */
	act(record: R, context: C, given: Given): unknown;
}

/**
 * One plain resource of a service. What is the same for all resources of the service is in its {@link Manners}; what has
 * behaviour of its own (sending, batches, webhooks that post) is not a table but code.
 * `C` is what a request works on: the account or server it speaks for, the parents in its path.
 */
export interface Table<R extends object, C> {
	/** As in the official description: `/lists/{list_id}/merge-fields`. One record is at this and `/{id.parameter}`. */
	path: string;
	id: {
		/** Its name in the path, as in the official description. */
		parameter: string;
		/** The field of the record that it is. */
		field: string;
		/** For a new record. Not needed when `make` gives it. */
		next?(context: C): string | number;
	};
	/** Where the records are, in order of creation, under the id as the record has it. */
	records(context: C): Map<string | number, R>;
	/** By the id in the path; by default the key, as text or as a number. */
	find?(id: string, context: C): R | undefined;
	verbs: readonly Verb[];
	fields: Fields;
	/** What a change takes, where that is not the fields that are not fixed. */
	changes?: Fields;
	/** A field of which two records must not have the same. */
	unique?: { field: string; anyCase?: boolean };
	/** How many there can be. */
	most?: number;
	/** Parameters of the list beside those of its pages. */
	filters?: Fields;
	/** Whether a record passes the filters. By default it has each value in the field of the same name. */
	matches?(record: R, query: Given, context: C): boolean;
	/** Where this list is not like the others of the service. */
	pages?: Pages;
	/** What fields alone cannot tell; `old` is missing for a new record. @throws the service's own error */
	check?(given: Given, context: C, old: R | undefined): void;
	/** The record made of the defaults, the given fields and the id; by default it is that. */
	make?(draft: Given, context: C): R;
	/** By default the given fields are set. */
	change?(record: R, given: Given, context: C): void;
	/** @throws the service's own error */
	mayRemove?(record: R, context: C): void;
	/** As the service answers it, and as it stands in a list; by default the record. */
	show?(record: R, context: C): unknown;
	brief?(record: R, context: C): unknown;
	/** Answers that are not the record as it is shown. */
	answers?: {
		create?(record: R, context: C): unknown;
		get?(record: R, context: C): unknown;
		change?(record: R, context: C): unknown;
	};
	actions?: Readonly<Record<string, Action<R, C>>>;
	/** For the tests that walk through every table: good bodies, the n-th unlike all others. */
	examples: {
		create(n: number): Given;
		change?: Given;
		/** Fields that change with it, beside its own. */
		changes?: readonly string[];
	};
	/** Why the official description does not have it, when it does not; what it says is not checked then. */
	undescribed?: string;
}

/** What is the same for all tables of a service. */
export interface Manners<C, T extends Table<object, C>> {
	/** Who asks, and for what. @throws when they may not, or when a parent in the path does not exist */
	open(request: FastifyRequest, table: T): C;
	reading: Omit<Reading, 'unknown'>;
	/** A field or parameter nobody knows: refused when it gives a problem. */
	unknown(field: string, request: FastifyRequest): Problem | undefined;
	/** Whether a body without any known field is refused. */
	refusesNothing?(table: T): boolean;
	/** All that is wrong with a request, at least one. */
	refuse(problems: readonly Problem[], where: 'body' | 'query', table: T): Error;
	missing(id: string, table: T): Error;
	taken(value: unknown, table: T): Error;
	full(table: T): Error;
	pages: Pages;
	/** The answer around the rows of a list. */
	envelope(rows: unknown[], page: Page<object>, table: T, context: C, request: FastifyRequest): unknown;
	/** Default 200 for both. */
	status?: { create?: number; remove?: number };
	/** The answer to a removal; by default none. */
	removed?(record: object, table: T): unknown;
}

/** Counts on from the highest there is. */
export function serial(records: Iterable<object>, field: string): number {
	let highest = 0;
	for (const record of records) highest = Math.max(highest, Number((record as Given)[field]) || 0);
	return highest + 1;
}

/** A made-up id of hexadecimal digits. */
export function hexId(digits: number): string {
	return randomBytes(Math.ceil(digits / 2))
		.toString('hex')
		.slice(0, digits);
}

/** Records of tables without a state of their own: by table and by parents. */
export class TableStore {
	private readonly maps = new Map<string, Map<string | number, object>>();

	of<R extends object>(path: string, ...parents: string[]): Map<string | number, R> {
		const key = JSON.stringify([path, ...parents]);
		let found = this.maps.get(key);
		if (!found) this.maps.set(key, (found = new Map()));
		return found as Map<string | number, R>;
	}

	clear(): void {
		this.maps.clear();
	}
}
