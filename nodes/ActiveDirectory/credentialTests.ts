import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import { fails, works } from '../../core/http/credentialTest';
import { redact } from '../../core/http/redact';
import { readSettings } from './settings';
import { testSteps, type Step } from './steps';

/** Tries every server, step by step, and names the step that fails. */
export async function activeDirectory(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const clean = (text: string) => redact(text, { password: data.password, passphrase: data.passphrase });
	try {
		const settings = readSettings(data);
		const steps: Step[] = [];
		for await (const step of testSteps(settings)) steps.push(step);
		const failed = steps.filter((step) => !step.works);
		if (failed.length > 0)
			return fails(
				clean(
					failed.map(({ step, message, remedy }) => `${step}: ${message}. ${remedy ?? ''}`.trim()).join(' '),
				),
			);
		const found = steps.at(-1)!.message;
		return works(
			settings.security === 'plain'
				? `Works (${found}), but without encryption: the password can be read on its way, and passwords cannot be checked or set.`
				: `Connection tested successfully: ${found}`,
		);
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		return fails(clean(`${error.facts.message}. ${error.facts.remedy ?? ''}`));
	}
}
