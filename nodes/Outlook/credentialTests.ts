import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import { fails, probe, works } from '../../core/http/credentialTest';
import { isData, type HttpResponse } from '../../core/http/response';
import { graphUrlOf } from './clouds';
import { proofEnd, tokenEnd } from './endings';
import { signInMeaning } from './errors/aadsts';
import { usesOf } from './permissions';
import { claimsOf, readToken, TOKEN, tokenRequest } from './token';

/** A person's sign-in: whose it is, and what it allows. */
export async function outlookUser(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const stored = (data.oauthTokenData ?? {}) as IDataObject;
	if (typeof stored.access_token !== 'string') return fails('Connect the account first: press Connect.');
	const answer = await ask(this, `${graphUrlOf(data)}/me`, stored.access_token, {
		$select: 'displayName,mail,userPrincipalName',
	});
	if (typeof answer === 'string') return fails(answer);
	const { status, body } = answer;
	// n8n renews it with the next request of a node.
	if (status === 401)
		return stored.refresh_token === undefined
			? fails('The sign-in has ended: connect the account again.')
			: works('The sign-in has to be renewed, which the next run does by itself.');
	if (status !== 200 && status !== 403) return fails(refusalIn(answer));
	const who = addressIn(body);
	const scopes = String(claimsOf(stored.access_token)?.scp ?? stored.scope ?? '');
	return works(
		`Signed in${who === '' ? '' : ` as ${who}`}. ${inWords(scopes.split(/\s+/))}${tokenEnd(stored)}`,
	);
}

/** An app's sign-in: what an administrator has agreed to. */
export async function outlookApp(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const { url, form } = tokenRequest(data);
		const answer = await probe(this, { method: 'POST', url, form });
		if (typeof answer === 'string') return fails(`Microsoft could not be asked: ${answer}.`);
		const claims = claimsOf(readToken(answer)[TOKEN.field]);
		const roles = Array.isArray(claims?.roles) ? (claims.roles as string[]) : [];
		if (roles.length === 0)
			return fails(
				'The app signs in, and its token names nothing that it may do. Add application permissions to it (API permissions), and have an administrator grant consent. What RBAC for Applications in Exchange Online allows stands in no token: if the app has its mailboxes from there, all is well, and the next run shows it.',
			);
		return works(
			`Signed in as the app “${String(claims?.app_displayname ?? data.clientId)}”. ${inWords(roles)} It may do so in every mailbox of the tenant, unless an administrator has set a policy for it.${proofEnd(data)}`,
		);
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		const { message, remedy = '', code } = error.facts;
		return fails(`${message}. ${remedy}${code === undefined ? '' : ` (${code})`}`);
	}
}

/** A token that may not even read its owner (403) has no address to tell. */
const addressIn = (body: unknown): string =>
	isData(body) ? String(body.mail ?? body.userPrincipalName ?? '') : '';

async function ask(
	context: ICredentialTestFunctions,
	url: string,
	token: string,
	qs: IDataObject,
): Promise<HttpResponse | string> {
	const answer = await probe(context, {
		url,
		qs,
		headers: { Accept: 'application/json', Authorization: `Bearer ${token}` },
	});
	return typeof answer === 'string' ? `Outlook could not be asked: ${answer}.` : answer;
}

function inWords(permissions: string[]): string {
	const { may, mayNot, shared } = usesOf(permissions);
	const allowed =
		may.length === 0 ? 'It allows nothing that the node does.' : `It allows to ${may.join(', ')}.`;
	const others = shared.length === 0 ? '' : ` In shared mailboxes: ${shared.join(', ')}.`;
	return `${allowed}${others}${mayNot.length === 0 ? '' : ` Not allowed, with the permission that is missing: ${mayNot.join('; ')}.`}`;
}

function refusalIn({ status, body }: HttpResponse): string {
	const meaning = signInMeaning(body);
	if (meaning !== undefined) return `${meaning.message}. ${meaning.remedy}`;
	if (!isData(body))
		return 'A web page came back where Microsoft Graph should have answered: check the cloud in the credential.';
	const said = (body.error as IDataObject | undefined)?.message;
	return `Outlook answered: ${String(said ?? `HTTP ${status}`)}`;
}
