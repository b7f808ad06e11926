import type { Client } from '../../../../core/http/client';
import { ServiceError } from '../../../../core/errors';
import { isAddress } from '../../../../core/mail/address';
import type { RunFeedback } from '../../../../core/node/operation';
import type { Fields, Finding } from '../../../../core/sync';
import { passwordFault } from '../password';

/** A longer name is taken for a broken row; Alimail’s own limit is not documented. */
const LONGEST_NAME = 128;

/** The tenant's domains with their alias domains, or undefined when the app may not read them. */
export async function readDomains(client: Client, feedback: RunFeedback): Promise<Set<string> | undefined> {
	try {
		const { domains = [] } = await client.get<{ domains?: Array<{ domain: string; aliases?: string[] }> }>(
			'/v2/domains',
		);
		return new Set(
			domains.flatMap(({ domain, aliases = [] }) => [domain, ...aliases]).map((name) => name.toLowerCase()),
		);
	} catch (error) {
		if (!(error instanceof ServiceError) || error.facts.status !== 403) throw error;
		feedback.hint(
			'Addresses were not checked against your domains before sending: the Alimail app lacks the permission to read Domains.',
		);
		return undefined;
	}
}

export interface CheckRules {
	domains: Set<string> | undefined;
	/** Whether a department of this name can be used: it exists, or may be created. */
	departmentFault(department: string): string | undefined;
}

/** What Alimail would refuse, or what cannot be meant, said before anything is sent. */
export function checkRow(fields: Fields, { domains, departmentFault }: CheckRules): Finding[] {
	const findings: Finding[] = [];
	const say = (field: string, message: string, remedy: string) => findings.push({ field, message, remedy });
	const { email, name, department, initialPassword } = fields as Record<string, string | undefined>;

	if (!email) say('email', 'is missing', 'Fill in the address in the source.');
	else if (!isAddress(email)) say('email', 'is not a mail address', 'Correct it in the source.');
	else if (domains !== undefined && !domains.has(email.split('@')[1]!.toLowerCase()))
		say(
			'email',
			'is not in one of your mail domains',
			`Correct it; your domains are ${[...domains].join(', ')}.`,
		);

	if (!name) say('name', 'is missing', 'Fill in the name in the source.');
	else if (name.length > LONGEST_NAME)
		say(
			'name',
			`has ${name.length} characters, so it cannot be a name`,
			`Correct it in the source: up to ${LONGEST_NAME} characters.`,
		);

	const fault = department ? departmentFault(department) : undefined;
	if (fault !== undefined) say('department', fault, 'Correct it in the source, or create the department.');

	const weak = initialPassword ? passwordFault(initialPassword) : undefined;
	if (weak !== undefined) say('initialPassword', weak, 'Choose another, or leave it empty to have one made.');
	return findings;
}
