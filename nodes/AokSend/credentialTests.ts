import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { fails, probe, works } from '../../core/http/credentialTest';
import { isData } from '../../core/http/response';
import { CHECK_ACCOUNT } from './account/getBalance.operation';
import { codeOf, isAccepted, refusal } from './errors';
import { SEND_EMAIL } from './post';
import { baseUrlOf, productOf } from './products';

/** About the template and the recipient, which are looked at only when the key is right. */
const COMPLAINTS_ABOUT_THE_REST = new Set<number | undefined>([40_003, 40_004, 40_005]);

/**
 * AokSend is asked for the balance. The others have no call that only reads: they are asked to send an email that names
 * no recipient, which sends nothing; a complaint about anything but the key shows that the key is right.
 */
export async function aokSendAppKey(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const { name, tellsBalance } = productOf(data);
	const appKey = String(data.apiKey ?? '').trim();
	if (appKey === '') return fails('Enter the app key.');
	const answer = await probe(this, {
		method: 'POST',
		url: `${baseUrlOf(data)}${tellsBalance ? CHECK_ACCOUNT : SEND_EMAIL}`,
		form: { app_key: appKey },
	});
	if (typeof answer === 'string') return fails(`${name} could not be asked: ${answer}.`);
	const code = codeOf(answer.body);
	if (isAccepted(answer.body) && isData(answer.body) && tellsBalance)
		return works(`Connected. Emails left: ${String(answer.body.account ?? 'not told')}.`);
	if (!tellsBalance && COMPLAINTS_ABOUT_THE_REST.has(code))
		return works(`${name} knows this app key. Nothing was sent.`);
	const said = refusal(answer, name);
	if (said !== undefined) return fails(`${said.message}. ${said.remedy}`);
	return code === undefined
		? fails(`Something else answered where ${name} should have: check the base URL.`)
		: fails(
				`${name} answered with the code ${code}, which is not published: whether the key is right cannot be told. Send one email to yourself.`,
			);
}
