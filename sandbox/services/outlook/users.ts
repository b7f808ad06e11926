import { type Asked, listOf } from './api';
import type { Directory, User } from './directory';
import { badRequest, denied } from './errors';
import { select } from './odata';
import type { Props } from './records';

/** What comes without `$select`. */
const USUAL =
	'id,businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName';

const whole = ({ id, props }: User): Props => ({ ...props, id });

/** `$expand=manager($select=id,userPrincipalName)`; who has none has no such field. */
function withManager(user: User, expand: string, { users: all }: Directory): Props {
	const found = /^manager(?:\(\$select=([\w,]+)\))?$/.exec(expand);
	const manager = all.get(user.manager ?? '');
	if (found === null || manager === undefined) return whole(user);
	return { ...whole(user), expanded: { manager: select(whole(manager), found[1] ?? USUAL) } };
}

interface Users {
	directory: Directory;
	url: string;
}

/** `/users`, beside what is below one of them. */
export const users = {
	list({ directory, url }: Users, asked: Asked): Props {
		const query = { ...asked.query, $select: asked.query.$select ?? USUAL };
		const expand = asked.query.$expand ?? '';
		const rows = [...directory.users.values()].map((user) => withManager(user, expand, directory));
		const list = listOf(rows, { ...asked, query }, url, 100);
		return {
			...list,
			value: (list.value as Props[]).map(({ expanded, ...row }) => ({ ...row, ...(expanded as Props) })),
		};
	},
	create({ directory }: Users, asked: Asked): Props {
		asked.reply.code(201);
		return whole(directory.create(asked.body));
	},
	get({ directory }: Users, asked: Asked): Props {
		const user = directory.user(asked.params.user ?? directory.signedIn.id);
		return select(whole(user), asked.query.$select ?? USUAL);
	},
	update({ directory }: Users, asked: Asked): undefined {
		directory.update(directory.user(asked.params.user ?? ''), asked.body);
		asked.reply.code(204);
		return undefined;
	},
	/** Graph wants the address of the manager as it is read (learn.microsoft.com/graph/api/user-post-manager). */
	setManager({ directory, url }: Users, asked: Asked): undefined {
		const address = String(asked.body['@odata.id'] ?? '');
		const prefix = `${url}/users/`;
		if (!address.startsWith(prefix)) throw badRequest('Invalid URL in @odata.id.', 'Request_BadRequest');
		directory.setManager(
			directory.user(asked.params.user ?? ''),
			directory.user(decodeURIComponent(address.slice(prefix.length))),
		);
		asked.reply.code(204);
		return undefined;
	},
	removeManager({ directory }: Users, asked: Asked): undefined {
		directory.setManager(directory.user(asked.params.user ?? ''), undefined);
		asked.reply.code(204);
		return undefined;
	},
	remove({ directory }: Users, asked: Asked): undefined {
		const user = directory.user(asked.params.user ?? '');
		if (user.id === directory.signedIn.id) throw denied('Insufficient privileges to complete the operation.');
		directory.remove(user.id);
		asked.reply.code(204);
		return undefined;
	},
};
