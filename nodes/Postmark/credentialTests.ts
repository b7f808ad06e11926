import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { isData, type HttpResponse } from '../../core/http/response';
import { fails, oddStatus, probe, works } from '../../core/http/credentialTest';
import { baseUrl, isTestToken } from './connection';

type Kind = 'server' | 'account';

/** Asks for the least that only this kind of token may read. */
const ASK: Record<Kind, { header: string; path: string; qs?: { count: number; offset: number } }> = {
	server: { header: 'X-Postmark-Server-Token', path: '/server' },
	account: { header: 'X-Postmark-Account-Token', path: '/servers', qs: { count: 1, offset: 0 } },
};

export async function postmarkServerToken(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	if (isTestToken(credential.data?.serverToken))
		return works('Postmark’s test token: emails are checked, none is sent.');
	return await test(this, credential.data ?? {}, 'server');
}

export async function postmarkAccountToken(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await test(this, credential.data ?? {}, 'account');
}

async function test(
	context: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
	kind: Kind,
): Promise<INodeCredentialTestResult> {
	const token = String((kind === 'server' ? data.serverToken : data.accountToken) ?? '').trim();
	const other: Kind = kind === 'server' ? 'account' : 'server';
	if (token === '') return fails(`Enter the ${kind} API token.`);
	const base = baseUrl(data);
	const ask = async (as: Kind) =>
		await probe(context, {
			url: `${base}${ASK[as].path}`,
			headers: { Accept: 'application/json', [ASK[as].header]: token },
			...(ASK[as].qs ? { qs: ASK[as].qs } : {}),
		});
	const answer = await ask(kind);
	if (typeof answer === 'string') return fails(`Postmark could not be asked: ${answer}.`);
	if (isSuccess(answer)) return works();
	if (!isData(answer.body))
		return fails('A web page came back where Postmark should have answered: check the base URL.');
	if (answer.status !== 401 && answer.status !== 403) return oddStatus('Postmark', answer.status);
	const asOther = await ask(other);
	return typeof asOther !== 'string' && isSuccess(asOther)
		? fails(
				`This is ${article(other)} ${other} token. This credential needs ${article(kind)} ${kind} token: ${WHERE[kind]}. For the ${other} token there is the credential “MailOps Postmark ${other === 'server' ? 'Server' : 'Account'} API”.`,
			)
		: fails(`Postmark does not know this token. Copy it again: ${WHERE[kind]}.`);
}

const WHERE: Record<Kind, string> = {
	server: 'in Postmark, open the server, then API Tokens',
	account: 'in Postmark, open Account, then API Tokens',
};

const article = (kind: Kind) => (kind === 'account' ? 'an' : 'a');
const isSuccess = ({ status, body }: HttpResponse) => status === 200 && isData(body);
