// A site that signs people in with Auth.js, kept in memory: `node site.mjs <module with the provider>`. It is a process
// of its own because Auth.js is published as ES modules only. It believes that it is https://portal.yunhe.example.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { Auth } from '@auth/core';

const ORIGIN = 'https://portal.yunhe.example';
const { signInByMail } = await import(pathToFileURL(process.argv[2]));

const users = [];
const sessions = [];
const tokens = [];

/** The part of https://authjs.dev/guides/creating-a-database-adapter that signing in by mail needs. */
const adapter = {
	createUser: async (user) => (users.push(user), user),
	getUser: async (id) => users.find((user) => user.id === id) ?? null,
	getUserByEmail: async (email) => users.find((user) => user.email === email) ?? null,
	getUserByAccount: async () => null,
	updateUser: async (user) =>
		Object.assign(
			users.find(({ id }) => id === user.id),
			user,
		),
	linkAccount: async (account) => account,
	createSession: async (session) => (sessions.push(session), session),
	getSessionAndUser: async (sessionToken) => {
		const session = sessions.find((one) => one.sessionToken === sessionToken);
		return session ? { session, user: await adapter.getUser(session.userId) } : null;
	},
	updateSession: async (session) => session,
	deleteSession: async () => null,
	createVerificationToken: async (token) => (tokens.push(token), token),
	useVerificationToken: async ({ identifier, token }) => {
		const place = tokens.findIndex((one) => one.identifier === identifier && one.token === token);
		return place === -1 ? null : tokens.splice(place, 1)[0];
	},
};

const config = {
	basePath: '/auth',
	secret: 'only-for-this-test',
	trustHost: true,
	adapter,
	providers: [signInByMail],
};

const server = createServer(async (incoming, outgoing) => {
	const url = new URL(incoming.url, ORIGIN);
	if (url.pathname === '/_test/later') {
		for (const token of tokens)
			token.expires = new Date(token.expires - 60_000 * url.searchParams.get('minutes'));
		return outgoing.end();
	}
	const chunks = [];
	for await (const chunk of incoming) chunks.push(chunk);
	const answer = await Auth(
		new Request(url, {
			method: incoming.method,
			headers: incoming.headers,
			...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
		}),
		config,
	);
	outgoing.writeHead(answer.status, {
		...Object.fromEntries(answer.headers),
		'set-cookie': answer.headers.getSetCookie(),
	});
	outgoing.end(Buffer.from(await answer.arrayBuffer()));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
