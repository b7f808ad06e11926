import type { IDataObject } from 'n8n-workflow';
import { gather } from '../../../../core/connection/gather';
import type { Client } from '../../../../core/http/client';
import type { Changes, Created, Fields, SyncTarget, Value } from '../../../../core/sync';
import { addContacts, deleteContacts, setVariables, unsubscribeContacts } from '../../api/contacts';
import { CHUNK } from '../fields';
import { variableColumn } from './columns';
import { keyOf } from './contacts';

interface Written {
	email: string;
	variables: IDataObject;
}

const json = (emails: unknown[]): Buffer => Buffer.from(JSON.stringify({ emails }));

/** Carries a plan out: whatever is done with a contact travels with up to 99 others. */
export class ListTarget implements SyncTarget {
	readonly width: number;
	private readonly write: (contact: Written) => Promise<unknown>;
	private readonly unsubscribe: (email: string) => Promise<unknown>;
	private readonly remove: (email: string) => Promise<unknown>;

	/** @param isMailed whether a contact of the list gets emails */
	constructor(
		private readonly client: Client,
		private readonly list: string,
		private readonly isMailed: (id: string) => boolean,
	) {
		const { concurrency } = client;
		this.width = concurrency * CHUNK.items;
		/** SendPulse answers once for all of a request. */
		const together = <M>(send: (emails: M[]) => Promise<unknown>) =>
			gather<M, unknown>({
				size: CHUNK.items,
				concurrency,
				async send(emails) {
					const answer = await send(emails);
					return emails.map(() => answer);
				},
			});
		this.write = together<Written>(async (emails) => await addContacts(client, list, json(emails)));
		this.unsubscribe = together<string>(
			async (emails) => await unsubscribeContacts(client, list, json(emails)),
		);
		this.remove = together<string>(async (emails) => await deleteContacts(client, list, json(emails)));
	}

	async create({ email, ...fields }: Fields): Promise<Created> {
		await this.write({ email: String(email), variables: variablesOf(fields) });
		return { id: keyOf(email) };
	}

	/** Who is not mailed is never part of a call that adds. */
	async update(id: string, changes: Changes): Promise<void> {
		const values = Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));
		const variables = variablesOf(values);
		if (this.isMailed(id)) await this.write({ email: id, variables });
		else
			await setVariables(
				this.client,
				this.list,
				id,
				Object.entries(variables).map(([name, value]) => ({ name, value: String(value) })),
			);
	}

	async disable(id: string): Promise<void> {
		await this.unsubscribe(id);
	}

	/** Nobody who is not mailed may be brought back by a list. */
	async enable(): Promise<never> {
		throw new Error('A contact is never subscribed again by a sync.');
	}

	async delete(id: string): Promise<void> {
		await this.remove(id);
	}
}

/** Numbers as numbers, all else as text. */
function variablesOf(fields: Record<string, Value | undefined>): IDataObject {
	const variables: IDataObject = {};
	for (const [id, value] of Object.entries(fields)) {
		const variable = variableColumn(id);
		if (variable === undefined || value === undefined) continue;
		variables[variable.name] = variable.type === 'number' && value !== '' ? Number(value) : String(value);
	}
	return variables;
}
