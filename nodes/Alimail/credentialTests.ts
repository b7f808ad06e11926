import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import { fails, oddStatus, probe, works } from '../../core/http/credentialTest';
import { baseUrlOf } from './sites';
import { readToken, TOKEN, tokenRequest } from './token';

/** The least that shows each permission the node can use. */
const PERMISSIONS = [
	{ name: 'Users', path: '/v2/users', qs: { size: 1 } },
	{ name: 'Departments', path: '/v2/departments/$root/departments', qs: { offset: 0, limit: 1 } },
	{ name: 'Domains', path: '/v2/domains' },
	{ name: 'Organization', path: '/v2/organization/$current' },
];

/** Signs in, then reads a little of everything; says which permissions are missing and what that means. */
export async function alimailApp(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	if (!/^https?:\/\/./.test(baseUrlOf(data))) return fails('Enter the base URL, starting with https://.');
	const { url, form } = tokenRequest(data);
	if (form.client_id === '' || form.client_secret === '') return fails('Enter the App ID and the Secret.');
	const answer = await probe(this, { method: 'POST', url, form });
	if (typeof answer === 'string') return fails(`Alimail could not be asked: ${answer}.`);
	let token: IDataObject;
	try {
		token = readToken(answer);
	} catch (error) {
		const { message, remedy, said } = (error as ServiceError).facts;
		return fails(`${message}. ${remedy ?? ''}${said === undefined ? '' : ` Alimail said: ${said}`}`);
	}
	const headers = { Authorization: `Bearer ${String(token[TOKEN.field])}`, Accept: 'application/json' };
	const statuses = await Promise.all(
		PERMISSIONS.map(async ({ path, qs }) => {
			const reply = await probe(this, { url: `${baseUrlOf(data)}${path}`, headers, ...(qs ? { qs } : {}) });
			return typeof reply === 'string' ? 0 : reply.status;
		}),
	);
	const missing = PERMISSIONS.filter((_, i) => statuses[i] === 403).map(({ name }) => name);
	const broken = statuses.find((status) => status !== 200 && status !== 403);
	if (missing.length === 0 && broken === undefined) return works();
	if (missing.length === 0)
		return broken
			? oddStatus('Alimail', broken)
			: fails('The app signed in, but then Alimail did not answer: try again later.');
	return fails(
		`The app signed in, but may not read: ${missing.join(', ')}. If your workflows need them, tick them in the Alimail admin console (Advanced Features, API Open Platform, the app). A sync needs Users and Departments, and checks addresses better with Domains. Otherwise save the credential as it is.`,
	);
}
