import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { differences, ownOrTheirs, wasThere } from '../../../core/http/wasThere';
import { noLinks, withoutLinks } from '../connection';
import type { Travelling } from '../road';
import { at, listAt, type Kind } from './kind';

/** What is told of a store, or of something in it. */
export interface Telling {
	store: string;
	body: IDataObject & { id: string };
}

/** How a record is made or changed, alone or in batches. */
export function telling(kind: Kind): Travelling<Telling> {
	const { written } = kind;
	const to = ({ store, body }: Telling) => at(kind, store, body.id);
	const shared = {
		key: to,
		alone: async (message: Telling, client: Client) => withoutLinks(await write(kind, client, message)),
		row: (_: Telling, answer: IDataObject) => withoutLinks(answer),
	};
	if (written === 'put')
		return { ...shared, call: (message) => ({ method: 'PUT', path: to(message), body: message.body }) };
	return {
		...shared,
		look: (message) => ({ method: 'GET', path: to(message) }),
		call(message, found) {
			const { store, body } = message;
			if (found === undefined) return { method: 'POST', path: listAt(kind, store), body };
			checkFixed(kind, body, found);
			return { method: 'PATCH', path: to(message), body: written.change(body) };
		},
	};
}

async function write(kind: Kind, client: Client, { store, body }: Telling): Promise<IDataObject> {
	const { written } = kind;
	const to = at(kind, store, body.id);
	if (written === 'put')
		return await client.send<IDataObject>({
			method: 'PUT',
			path: to,
			body,
			answer: ['id'],
			idempotent: true,
		});
	const find = async () => await client.found(client.get<IDataObject>(to, noLinks()));
	const made = madeOf(kind, body);
	const there = await find();
	if (there !== undefined) {
		checkFixed(kind, body, there);
		return await client.send<IDataObject>({
			method: 'PATCH',
			path: to,
			body: written.change(body),
			answer: ['id'],
			idempotent: true,
		});
	}
	return await client.send<IDataObject>({
		method: 'POST',
		path: listAt(kind, store),
		body,
		answer: ['id'],
		idempotent: false,
		async reconcile() {
			const found = await find();
			return found && ownOrTheirs(found, body, made);
		},
		manualCheck: `Run it again: ${made.what} is looked for first.`,
	});
}

const madeOf = ({ name, value }: Kind, { id }: Telling['body']) => ({
	service: 'Mailchimp',
	what: `the ${value} “${id}”`,
	field: `${name} ID`,
});

/** @throws {ServiceError} when what is there differs in what nothing can change */
function checkFixed(kind: Kind, body: Telling['body'], there: IDataObject): void {
	const fixed = kind.written === 'put' ? [] : kind.written.fixed;
	const different = differences(Object.fromEntries(fixed.map((name) => [name, body[name]])), there);
	if (different.length > 0) throw wasThere(madeOf(kind, body), different);
}
