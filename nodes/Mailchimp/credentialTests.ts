import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { fails, probe, works } from '../../core/http/credentialTest';
import { isData } from '../../core/http/response';
import { mayOf } from './account/roles';
import { baseUrl, dataCenterOf } from './connection';

export async function mailchimpKey(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const key = String(data.apiKey ?? '').trim();
	if (key === '') return fails('Enter the API key.');
	if (dataCenterOf(key) === undefined)
		return fails(
			'The API key is not whole: it ends with a dash and the data center, such as -us19. Copy it again.',
		);
	const authorization = `Basic ${Buffer.from(`n8n:${key}`).toString('base64')}`;
	const again = 'Mailchimp does not know this key. Copy it again: Profile, Extras, API keys.';
	return await test(this, data, { authorization, again, dataCenter: () => dataCenterOf(key) });
}

export async function mailchimpOAuth2(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const token = (data.oauthTokenData as IDataObject | undefined)?.access_token;
	if (typeof token !== 'string' || token === '') return fails('Connect the account first: press Connect.');
	return await test(this, data, {
		authorization: `Bearer ${token}`,
		again: 'Mailchimp does not know this sign-in any more: it was revoked. Press Connect again.',
		dataCenter: async () => await dataCenterOfToken(this, data, token),
	});
}

/**
 * What a token does not say itself (https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/). Asked for by
 * this test alone: the nodes need no data center.
 *
 * @returns undefined when Mailchimp does not say: the connection works all the same
 */
async function dataCenterOfToken(
	context: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
	token: string,
): Promise<string | undefined> {
	const answer = await probe(context, {
		url: `${signInAt(baseUrl(data))}/oauth2/metadata`,
		headers: { Accept: 'application/json', Authorization: `OAuth ${token}` },
	});
	if (typeof answer === 'string' || answer.status !== 200 || !isData(answer.body)) return undefined;
	const { dc } = answer.body;
	return typeof dc === 'string' && /^[a-z]+\d+$/.test(dc) ? dc : undefined;
}

/** Mailchimp's own; a stand-in has it beside its API, which was given the token anyway. */
const signInAt = (base: string): string =>
	/(?:^|\.)mailchimp\.com$/i.test(new URL(base).hostname)
		? 'https://login.mailchimp.com'
		: base.replace(/(?:\/[a-z]+\d+)?\/3\.0$/, '');

interface SignIn {
	authorization: string;
	/** What to say when Mailchimp does not take it. */
	again: string;
	dataCenter(): string | undefined | Promise<string | undefined>;
}

async function test(
	context: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
	{ authorization, again, dataCenter }: SignIn,
): Promise<INodeCredentialTestResult> {
	const answer = await probe(context, {
		url: `${baseUrl(data)}/`,
		headers: { Accept: 'application/json', Authorization: authorization },
		qs: { fields: 'account_name,role,login_id' },
	});
	if (typeof answer === 'string') return fails(`Mailchimp could not be asked: ${answer}.`);
	const { status, body } = answer;
	if (status === 200 && isData(body)) {
		const role = String(body.role ?? '').toLowerCase();
		const dc = await dataCenter();
		return works(
			`Account “${String(body.account_name)}”${dc === undefined ? '' : `, data center ${dc}`}, role ${role || 'unknown'}: it ${mayOf(role)}.`,
		);
	}
	if (!isData(body))
		return fails('A web page came back where Mailchimp should have answered: check the base URL.');
	if (status === 401) return fails(again);
	return fails(`Mailchimp answered: ${String(body.detail ?? `HTTP ${status}`)}`);
}
