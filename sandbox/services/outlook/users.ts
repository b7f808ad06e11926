import { type Asked, listOf } from './api';
import type { Directory, User } from './directory';
import { denied } from './errors';
import { select } from './odata';
import type { Props } from './records';

/** What comes without `$select`. */
const USUAL =
	'id,businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName';

const whole = ({ id, props }: User): Props => ({ ...props, id });

interface Users {
	directory: Directory;
	url: string;
}

/** `/users`, beside what is below one of them. */
export const users = {
	list({ directory, url }: Users, asked: Asked): Props {
		const query = { ...asked.query, $select: asked.query.$select ?? USUAL };
		return listOf([...directory.users.values()].map(whole), { ...asked, query }, url, 100);
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
	remove({ directory }: Users, asked: Asked): undefined {
		const user = directory.user(asked.params.user ?? '');
		if (user.id === directory.signedIn.id) throw denied('Insufficient privileges to complete the operation.');
		directory.remove(user.id);
		asked.reply.code(204);
		return undefined;
	},
};
