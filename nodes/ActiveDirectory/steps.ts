import { ServiceError } from '../../core/errors';
import { networkFault } from './errors/network';
import { resultFault } from './errors/resultCodes';
import { signInFault } from './errors/signIn';
import { present } from './filter/filter';
import { addressOf, type DirectorySettings, type Target } from './settings';
import { resultCodeOf, wordsOf } from './wire/faults';
import { readServerInfo, ROOT_DSE_ATTRIBUTES } from './wire/serverInfo';
import { Session, type OpenOptions } from './wire/session';
import { reach, secure } from './wire/socket';
import { startTls } from './wire/startTls';

/** One step of finding out whether a credential works, the first that fails being the last. */
export interface Step {
	server: string;
	step: 'Reach the server' | 'Encrypt the connection' | 'Sign in' | 'Find the base';
	works: boolean;
	/** What was found, or what went wrong. */
	message: string;
	remedy?: string;
	milliseconds: number;
}

/**
 * Tries a credential step by step at each of its servers. After a refused sign-in no other server is asked: that would only
 * bring the account nearer to being locked.
 */
export async function* testSteps(
	settings: DirectorySettings,
	options: OpenOptions = {},
): AsyncGenerator<Step> {
	for (const target of settings.servers) {
		let isRefused = false;
		for await (const step of stepsAt(target, settings, options)) {
			isRefused ||= step.step === 'Sign in' && !step.works;
			yield step;
		}
		if (isRefused) return;
	}
}

async function* stepsAt(
	target: Target,
	settings: DirectorySettings,
	options: OpenOptions,
): AsyncGenerator<Step> {
	const { security, tls, account, password } = settings;
	const server = addressOf(target);
	const begun: { session?: Session } = {};
	const step = async (name: Step['step'], work: () => Promise<string>): Promise<Step> => {
		const started = Date.now();
		const end = { server, step: name };
		try {
			const message = await work();
			return { ...end, works: true, message, milliseconds: Date.now() - started };
		} catch (error) {
			const { message, remedy } =
				error instanceof ServiceError ? error.facts : networkFault(error, target).facts;
			const milliseconds = Date.now() - started;
			return { ...end, works: false, message, ...(remedy === undefined ? {} : { remedy }), milliseconds };
		}
	};
	try {
		let socket: Awaited<ReturnType<typeof reach>> | undefined;
		const reached = await step('Reach the server', async () => {
			socket = await reach(target, options);
			return `${server} answers (${socket.remoteAddress ?? 'unknown address'})`;
		});
		yield reached;
		if (socket === undefined) return;
		if (security === 'plain') begun.session = Session.over(socket, target);
		else {
			const plain = socket;
			const encrypted = await step('Encrypt the connection', async () => {
				if (security === 'startTls') await startTls(plain, target);
				const secured = await secure(plain, target, tls, options);
				begun.session = Session.over(secured, target);
				return `${secured.getProtocol() ?? 'TLS'}, ${trust(tls.trustAll)}`;
			});
			yield encrypted;
		}
		const { session } = begun;
		if (session === undefined) return;
		const signedIn = await step('Sign in', async () => {
			await session.bind(account, password).catch((error: unknown) => {
				throw signInError(account, error);
			});
			return `Signed in as ${account}`;
		});
		yield signedIn;
		if (signedIn.works) yield await step('Find the base', async () => await findBase(session, settings));
	} finally {
		await begun.session?.close();
	}
}

const trust = (isTrustAll: boolean) =>
	isTrustAll ? 'and nobody looked at the certificate' : 'the certificate is trusted';

function signInError(account: string, error: unknown): unknown {
	const code = resultCodeOf(error);
	if (code === undefined) return error;
	return code === 49 ? signInFault(account, wordsOf(error)) : resultFault(code, wordsOf(error)).error;
}

const KINDS = { activeDirectory: 'Active Directory', openLdap: 'OpenLDAP', other: 'LDAP directory' };

async function findBase(session: Session, { baseDn }: DirectorySettings): Promise<string> {
	const spec = { scope: 'base' as const, filter: present('objectClass'), binary: [] };
	const [root] = await session.search({ ...spec, base: '', attributes: ROOT_DSE_ATTRIBUTES });
	const info = readServerInfo(root ?? { dn: '' });
	const base = baseDn || info.baseDn;
	if (base === '')
		throw new ServiceError({
			message: 'The directory does not say where it begins',
			remedy: "Enter the 'Base DN' in the credential.",
		});
	const found = await session
		.search({ ...spec, base, attributes: ['objectClass'] })
		.catch((error: unknown) => {
			const code = resultCodeOf(error);
			// What an account may not see is to it as if it were not there.
			if (code !== 32 && code !== 34 && code !== 10) throw resultFault(code ?? 80, wordsOf(error)).error;
			return [];
		});
	if (found.length === 0)
		throw new ServiceError({
			message: `There is no ${base} in this directory, or the account may not see it`,
			remedy: `Correct 'Base DN' in the credential, or leave it empty${info.baseDn === '' ? '' : `: this server begins at ${info.baseDn}`}.`,
		});
	return `${KINDS[info.kind]}, base ${base}`;
}
