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
	return {
		cookie: { name, value: value.join('=') },
		async get<T>(path: string): Promise<T> {
			const reply = await fetch(`${url}${path}`, { headers: { cookie: pair } });
			if (!reply.ok) throw new Error(`n8n answered ${path} with ${await words(reply)}`);
			return (await reply.json()) as T;
		},
	};
}

async function post(address: string, body: unknown): Promise<Response> {
	return await fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}

async function words(answer: Response): Promise<string> {
	return `${answer.status} ${(await answer.text()).slice(0, 300)}`;
}
