import type { Problem } from '../../shell/table/fields';
import type { Table } from '../../shell/table/table';
import type { PostmarkServer } from './server';
import type { PostmarkState } from './state';

/** What a request to a table works on. */
export interface Asked {
	state: PostmarkState;
	/** Only there in the tables of a server. */
	server: PostmarkServer;
}

/** Which ErrorCode goes with what; a kind of problem can have one for each field. */
export type Codes = Partial<
	Record<Problem['kind'] | 'missing' | 'taken' | 'query', number | Readonly<Record<string, number>>>
>;

export interface PostmarkTable<R extends object> extends Table<R, Asked> {
	/** Whose token it wants. */
	by: 'server' | 'account';
	/** "There is no domain with the id '7'." */
	noun: string;
	/** Where a list's answer has its rows. */
	rows: string;
	/** Whether it tells how many there are. */
	counted?: boolean;
	codes: Codes;
	/** What is said of a record that is not there, where that is known. */
	notThere?: string;
	/** What a removal says. */
	removed?(record: R): string;
}
