import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { counted } from '../../../core/text';
import { readUsers } from '../user/sync/directory';
import { changesBetween, mayBeMissing, withKnown, type UserEvent, type Users } from './changes';
import { knownOf, packed, rowOf, unpacked, WATCHED } from './known';

/** What is remembered between two looks. */
export interface UserState {
	/** Whose accounts these are; and in which way they were read. */
	of?: string;
	/** `packed`. */
	users?: string;
	/** How many were missing when that was told last. */
	held?: number;
}

export interface Watch {
	events: string[];
	/** Empty for all. */
	fields: string[];
	/** Percent; 0 for no bound. */
	mostDeleted: number;
}

/** Missing accounts that are asked for by themselves in one look; the others wait for the next. */
const MOST_ASKED = 200;

/**
 * What has become of the accounts since the last look, and what is to be remembered. The first look tells nothing, as does
 * one at another organization. Who is missing in the list is asked for before being told as deleted.
 */
export async function lookAtUsers(
	client: Client,
	{ events, fields, mostDeleted }: Watch,
	state: UserState,
): Promise<{ rows: IDataObject[]; state: UserState }> {
	const { users, complete } = await readUsers(client, new Set(WATCHED));
	const listed: Users = new Map(users.map((user) => [user.id, knownOf(user)]));
	const of = identity(client);
	if (state.users === undefined || state.of !== of)
		return { rows: [], state: { of, users: await packed(listed) } };
	const before = await unpacked(state.users);
	const now = withKnown(before, listed);
	const told: IDataObject[] = changesBetween(before, now, fields.length === 0 ? WATCHED : fields);
	const missing = [...before.keys()].filter((id) => !now.has(id));
	const isHeld = missing.length > mayBeMissing(mostDeleted, before.size) || listed.size === 0;
	const gone = isHeld || !complete ? [] : await certainlyGone(client, missing.slice(0, MOST_ASKED));
	for (const id of gone)
		told.push({ event: 'deleted', id, user: rowOf(before.get(id)!) } satisfies UserEvent);
	for (const id of missing) if (!gone.includes(id)) now.set(id, before.get(id)!);
	if (isHeld && state.held !== missing.length && missing.length > 0)
		told.push(heldBack(missing.length, before.size));
	return {
		rows: told.filter(({ event }) => event === 'heldBack' || events.includes(String(event))),
		state: {
			of,
			users: await unchangedOr(state.users, before, now),
			...(isHeld ? { held: missing.length } : {}),
		},
	};
}

/** In a run by hand, a few accounts to build the workflow with. */
export async function sampleOfUsers(client: Client): Promise<IDataObject[]> {
	const { users } = await readUsers(client, new Set(WATCHED));
	return users
		.slice(0, 3)
		.map((user) => ({ event: 'created', id: user.id, user: rowOf(knownOf(user)) }) satisfies UserEvent);
}

/** The same text for the same accounts: n8n writes its database only when something has changed. */
async function unchangedOr(text: string, before: Users, now: Users): Promise<string> {
	const isSame =
		before.size === now.size && JSON.stringify([...before.entries()]) === JSON.stringify([...now.entries()]);
	return isSame ? text : await packed(now);
}

async function certainlyGone(client: Client, ids: string[]): Promise<string[]> {
	const there = await Promise.all(ids.map(async (id) => await client.isThere(path`/v2/users/${id}`)));
	return ids.filter((_, at) => !there[at]);
}

/** Without fields by name an account has fewer of them: that is no change of the account. */
const identity = ({ account, credential }: Client): string =>
	createHash('sha256')
		.update(`${account} ${String(credential.selectFields !== false)}`)
		.digest('base64url')
		.slice(0, 16);

const heldBack = (missing: number, all: number): IDataObject => ({
	event: 'heldBack',
	missing,
	known: all,
	message: `${counted(missing, 'account')} of ${all} are missing in Alimail’s list, and none of them is told as deleted`,
	remedy:
		"Check whether the app still may see all departments. If they were really deleted, set 'Most Deleted (Percent)' higher.",
});
