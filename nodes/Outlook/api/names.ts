import type { Asker } from '../../../core/http/definition';
import { path } from '../../../core/http/path';
import { decoded, inOneName, isDirectory, isUserId, learnAddress, mailboxIn } from '../mailbox';
import { kept } from './kept';

/** How a run has named its mailboxes so far. */
interface Named {
	byId: boolean;
	byAddress: boolean;
	/** IDs whose addresses were not asked for yet. */
	unknown: Set<string>;
	learning: Promise<unknown>;
}

const runs = new WeakMap<Asker, Named>();

/**
 * A run that names mailboxes by their IDs and by addresses too may mean the same ones: then it is asked which addresses the IDs
 * have, once for each, so that what counts for a mailbox counts once. Who may not ask goes on as if they were others.
 */
export async function learnNames(requestPath: string, run: Asker): Promise<void> {
	const segment = isDirectory(requestPath) ? undefined : mailboxIn(requestPath);
	if (segment === undefined || segment === 'me') return;
	await learnName(decoded(segment), run);
}

/** A mailbox by its main address, asked for where it is named by an ID: for what must not be done twice. @param name in small letters */
export async function mainAddress(name: string, run: Asker): Promise<string> {
	if (isUserId(name) && inOneName(name) === name) await ask(name, run);
	return inOneName(name);
}

async function learnName(name: string, run: Asker): Promise<void> {
	const named = runs.get(run) ?? {
		byId: false,
		byAddress: false,
		unknown: new Set(),
		learning: Promise.resolve(),
	};
	runs.set(run, named);
	if (!isUserId(name)) named.byAddress = true;
	else {
		named.byId = true;
		if (inOneName(name) === name) named.unknown.add(name);
	}
	if (!named.byId || !named.byAddress) return;
	if (named.unknown.size > 0) {
		const ids = [...named.unknown];
		named.unknown.clear();
		named.learning = Promise.all([named.learning, ...ids.map(async (id) => await ask(id, run))]);
	}
	await named.learning;
}

/** https://learn.microsoft.com/graph/api/user-get; needs User.ReadBasic.All. A refusal is kept as an answer is. */
async function ask(id: string, run: Asker): Promise<void> {
	const known = await kept({ kind: 'userIds', mailbox: '', client: run, detail: id }, async () => {
		const user = await run
			.get(path`/users/${id}`, { $select: 'userPrincipalName,mail' })
			.catch(() => undefined);
		return [user?.userPrincipalName, user?.mail].map((one) => String(one ?? '').toLowerCase());
	});
	const [address = '', mail = ''] = known;
	if (address === '') return;
	learnAddress(id, address);
	if (mail !== '' && mail !== address) learnAddress(mail, address);
}
