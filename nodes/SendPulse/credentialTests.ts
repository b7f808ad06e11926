import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import { fails, probe, works } from '../../core/http/credentialTest';
import { isData } from '../../core/http/response';
import { planOf } from './connection';
import { baseUrlOf, keyAsToken, readToken, TOKEN, tokenRequest, usesKey } from './token';

/** Signs in, reads which plan the account has, and tells how many requests the chosen plan stands for. */
export async function sendPulseAccount(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const token = usesKey(data) ? keyAsToken(data) : await signIn(this, data);
	if (typeof token === 'string') return fails(token);
	if (token[TOKEN.field] === '') return fails('Enter the API key.');
	const account = await probe(this, {
		url: `${baseUrlOf(data)}/user/balance/detail`,
		headers: { Authorization: `Bearer ${String(token[TOKEN.field])}`, Accept: 'application/json' },
	});
	if (typeof account === 'string') return fails(`SendPulse could not be asked: ${account}.`);
	if (account.status === 401)
		return fails('SendPulse does not know this API key. Copy it again: Account settings → API.');
	if (account.status !== 200 || !isData(account.body))
		return fails(`SendPulse answered with HTTP ${account.status}: check the base URL, or try again later.`);
	const { email, smtp } = account.body as Record<string, IDataObject | undefined>;
	const { perMinute, perDay } = planOf(data);
	return works(
		`Connected. Email plan: ${String(email?.tariff_name ?? 'not told')}, SMTP plan: ${String(smtp?.tariff_name ?? 'none')}. The nodes keep to ${perMinute.toLocaleString('en')} requests a minute and ${perDay.toLocaleString('en')} a day.`,
	);
}

/** What to store of a sign-in, or why there is none. */
async function signIn(
	context: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
): Promise<IDataObject | string> {
	const { url, body } = tokenRequest(data);
	if (body.client_id === '' || body.client_secret === '') return 'Enter the ID and the secret.';
	const answer = await probe(context, { method: 'POST', url, body });
	if (typeof answer === 'string') return `SendPulse could not be asked: ${answer}.`;
	try {
		return readToken(answer);
	} catch (error) {
		const { message, remedy } = (error as ServiceError).facts;
		return `${message}. ${remedy ?? ''}`;
	}
}
