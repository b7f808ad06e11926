import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { fails, probe, works } from '../../core/http/credentialTest';
import { isData } from '../../core/http/response';
import { lookUp } from '../../core/lookUp';
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
	return await test(this, data, `Basic ${Buffer.from(`n8n:${key}`).toString('base64')}`);
}

export async function mailchimpOAuth2(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const token = (data.oauthTokenData as IDataObject | undefined)?.access_token;
	if (typeof token !== 'string' || token === '') return fails('Connect the account first: press Connect.');
	return await test(this, data, `Bearer ${token}`);
}

/** What a user of the role may not do here (https://mailchimp.com/help/manage-user-levels-in-your-account/). */
const MAY_NOT: Record<string, string> = {
	viewer: 'may only read: nothing can be added, changed or sent with it',
	author: 'may not change audiences and contacts, nor send campaigns',
	manager: 'may do everything the nodes do',
	admin: 'may do everything the nodes do, and everything else in the account: a Manager would be enough',
	owner: 'may do everything the nodes do, and everything else in the account: a Manager would be enough',
};

async function test(
	context: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
	authorization: string,
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
		const dc = dataCenterOf(data.apiKey);
		return works(
			`Account “${String(body.account_name)}”${dc === undefined ? '' : `, data center ${dc}`}, role ${role || 'unknown'}: it ${lookUp(MAY_NOT, role) ?? 'may do what that role may'}.`,
		);
	}
	if (!isData(body))
		return fails('A web page came back where Mailchimp should have answered: check the base URL.');
	if (status === 401)
		return fails('Mailchimp does not know this key. Copy it again: Profile, Extras, API keys.');
	return fails(`Mailchimp answered: ${String(body.detail ?? `HTTP ${status}`)}`);
}
