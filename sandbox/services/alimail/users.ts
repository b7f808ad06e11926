import type { FastifyInstance } from 'fastify';
import { conflict, invalid, notFound } from './errors';
import { FLAG, IDS, TEXT, knownQuery, readBody, selected } from './fields';
import { listUsers } from './listing';
import { checkPassword } from './password';
import type { User } from './records';
import type { Tenant } from './tenant';
import { CREATE, CREATE_REQUIRED, UPDATE, changesOf, freeAddress, hash } from './userFields';
import { USER_FIELDS, showUser } from './views';

/** Aliases of one account (help.aliyun.com/en/document_detail/439253.html). */
const MAX_ALIASES = 5;

type WithUser = { Params: { user: string } };

/** `/v2/users`: the paths and bodies of github.com/eryajf/go-alimail, alimail/user.go. */
export function userRoutes(app: FastifyInstance, tenant: Tenant): void {
	const find = (which: string): User => {
		const user = tenant.directory.findUser(which);
		if (!user) throw notFound('User', which);
		return user;
	};

	app.get('/v2/users', async (request) => listUsers(request.query, tenant.directory));

	app.post('/v2/users', async (request) => {
		knownQuery(request.query, []);
		const { directory, clock } = tenant;
		const body = readBody(request.body, CREATE, CREATE_REQUIRED);
		const email = freeAddress(body.email as string, 'email', directory);
		checkPassword(body.password as string, email);
		const now = clock.stamp();
		const user = directory.addUser({
			emailAliases: [],
			status: 'NORMAL',
			employeeType: (body.employeeType as User['employeeType'] | undefined) ?? 'EMPLOYEE',
			isHidden: false,
			forceChangePasswordNextSignIn: false,
			isInitialPassword: true,
			passwordHash: hash(body.password as string),
			lastPasswordChangeTime: now,
			createdTime: now,
			...(changesOf(body, directory, now) as Pick<User, 'name' | 'departmentIds'>),
			email,
		});
		return showUser(user, directory);
	});

	// The one client that names these paths sends GET with a JSON body; as its method is in doubt, POST works too.
	app.route<{ Body: unknown }>({
		method: ['GET', 'POST'],
		url: '/v2/users/listByIds',
		config: { reads: true },
		handler: async (request) => {
			knownQuery(request.query, []);
			const { ids } = readBody(request.body, { ids: IDS }, ['ids']) as { ids: string[] };
			const users = ids.map((id) => tenant.directory.users.get(id)).filter((user) => user !== undefined);
			return { users: users.map((user) => showUser(user, tenant.directory)) };
		},
	});

	app.get<WithUser>('/v2/users/:user', async (request) => {
		const fields = selected(knownQuery(request.query, ['$select']), USER_FIELDS);
		return showUser(find(request.params.user), tenant.directory, fields);
	});

	app.patch<WithUser>('/v2/users/:user', async (request) => {
		knownQuery(request.query, []);
		const user = find(request.params.user);
		const body = readBody(request.body, UPDATE);
		if (body.id !== undefined && body.id !== user.id) throw invalid('"id" cannot be changed.', 'id');
		// Whether the service renames an account this way is not documented.
		if (body.email !== undefined && (body.email as string).toLowerCase() !== user.email) {
			throw invalid('"email" cannot be changed by an update.', 'email');
		}
		tenant.directory.updateUser(user, changesOf(body, tenant.directory, tenant.clock.stamp(), user));
		return showUser(user, tenant.directory);
	});

	app.delete<WithUser>('/v2/users/:user', async (request, reply) => {
		knownQuery(request.query, []);
		tenant.directory.deleteUser(find(request.params.user));
		return await reply.send();
	});

	passwordRoutes(app, tenant, find);
	aliasRoutes(app, tenant, find);
}

function passwordRoutes(app: FastifyInstance, tenant: Tenant, find: (which: string) => User): void {
	app.post<WithUser>('/v2/users/:user/resetPassword', async (request, reply) => {
		knownQuery(request.query, []);
		const user = find(request.params.user);
		const rules = { password: TEXT, forceChangePasswordNextSignIn: FLAG };
		const body = readBody(request.body, rules, ['password']);
		checkPassword(body.password as string, user.email);
		tenant.directory.updateUser(user, {
			passwordHash: hash(body.password as string),
			isInitialPassword: true,
			lastPasswordChangeTime: tenant.clock.stamp(),
			...(body.forceChangePasswordNextSignIn === undefined
				? {}
				: { forceChangePasswordNextSignIn: body.forceChangePasswordNextSignIn as boolean }),
		});
		return await reply.send();
	});

	// The one client that has this sends DELETE, most likely by mistake; POST is what its sibling takes. Both work here.
	app.route<WithUser>({
		method: ['POST', 'DELETE'],
		url: '/v2/users/:user/changePassword',
		handler: async (request, reply) => {
			knownQuery(request.query, []);
			const user = find(request.params.user);
			const body = readBody(request.body, { old: TEXT, new: TEXT }, ['old', 'new']);
			if (!user.passwordHash || hash(body.old as string) !== user.passwordHash) {
				throw conflict('PasswordIncorrect', 'The old password is not correct.', 'old');
			}
			checkPassword(body.new as string, user.email, 'new');
			tenant.directory.updateUser(user, {
				passwordHash: hash(body.new as string),
				isInitialPassword: false,
				forceChangePasswordNextSignIn: false,
				lastPasswordChangeTime: tenant.clock.stamp(),
			});
			return await reply.send();
		},
	});
}

function aliasRoutes(app: FastifyInstance, tenant: Tenant, find: (which: string) => User): void {
	app.post<WithUser>('/v2/users/:user/emailAliases', async (request, reply) => {
		knownQuery(request.query, []);
		const user = find(request.params.user);
		const body = readBody(request.body, { alias: TEXT, asDefault: FLAG }, ['alias']);
		const alias = freeAddress(body.alias as string, 'alias', tenant.directory);
		if (user.emailAliases.length >= MAX_ALIASES) {
			throw conflict('TooManyAliases', `An account can have at most ${MAX_ALIASES} aliases.`, 'alias');
		}
		tenant.directory.setAliases(user, [...user.emailAliases, alias]);
		if (body.asDefault === true) user.defaultAlias = alias;
		return await reply.send();
	});

	app.delete<WithUser>('/v2/users/:user/emailAliases', async (request, reply) => {
		knownQuery(request.query, []);
		const user = find(request.params.user);
		const body = readBody(request.body, { alias: TEXT }, ['alias']);
		const alias = (body.alias as string).toLowerCase();
		if (!user.emailAliases.includes(alias)) {
			throw conflict('AliasNotFound', `The account has no alias "${alias}".`, 'alias');
		}
		const left = user.emailAliases.filter((one) => one !== alias);
		tenant.directory.setAliases(user, left);
		if (user.defaultAlias === alias) user.defaultAlias = undefined;
		return await reply.send();
	});
}
