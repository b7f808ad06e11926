/** The person who signs in: made at the first start. */
export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

/** A signed-in session with n8n's own web interface. */
export interface Session {
	/** Name and value of n8n's session cookie. */
	cookie: { name: string; value: string };
	/**
	 * Fetches JSON from n8n as the signed-in person.
	 * @throws Error with the path and n8n's answer when that is not a success
	 */
	get<T>(path: string): Promise<T>;
	/** The same for what changes something. */
	post<T>(path: string, body: unknown): Promise<T>;
}

/**
 * Makes the first user of a new n8n. Does nothing where there is one already.
 *
 * @returns Whether the owner was made now
 */
export async function setUpOwner(url: string, owner: Owner): Promise<boolean> {
	const settings = await fetch(`${url}/rest/settings`);
	const { data } = (await settings.json()) as { data: { userManagement: { showSetupOnFirstLoad: boolean } } };
	if (!data.userManagement.showSetupOnFirstLoad) return false;
	const answer = await post(`${url}/rest/owner/setup`, owner);
	if (!answer.ok) throw new Error(`n8n did not make its first user: ${await words(answer)}`);
	return true;
}

/** Signs in. @throws Error with n8n's words when it refuses */
export async function login(
	url: string,
	{ email, password }: Pick<Owner, 'email' | 'password'>,
): Promise<Session> {
	const answer = await post(`${url}/rest/login`, { emailOrLdapLoginId: email, password });
	if (!answer.ok) throw new Error(`n8n did not let ${email} sign in: ${await words(answer)}`);
	const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
	if (cookie === undefined) throw new Error('n8n let us sign in but gave no session cookie.');
	const [pair = ''] = cookie.split(';');
	const [name = '', ...value] = pair.split('=');
	const json = async <T>(path: string, reply: Response): Promise<T> => {
		if (!reply.ok) throw new Error(`n8n answered ${path} with ${await words(reply)}`);
		return (await reply.json()) as T;
	};
	return {
		cookie: { name, value: value.join('=') },
		get: async (path) => await json(path, await fetch(`${url}${path}`, { headers: { cookie: pair } })),
		post: async (path, body) => await json(path, await post(`${url}${path}`, body, { cookie: pair })),
	};
}

/** Publishes a workflow, as its button in the editor does: from then on it starts by itself. */
export async function publish(session: Session, id: string): Promise<void> {
	const { data } = await session.get<{ data: { versionId: string } }>(`/rest/workflows/${id}`);
	await session.post(`/rest/workflows/${id}/activate`, { versionId: data.versionId });
}

async function post(address: string, body: unknown, headers = {}): Promise<Response> {
	return await fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
}

async function words(answer: Response): Promise<string> {
	return `${answer.status} ${(await answer.text()).slice(0, 300)}`;
}
