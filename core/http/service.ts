import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { BudgetLimits } from './budget';
import type { ErrorMapper } from './classify';
import { Client } from './client';

/** A service: everything the shared transport has to know about it. */
export interface ServiceDefinition {
	/** As people know it; it stands in every message. */
	name: string;
	/** The credential type that signs its requests. */
	credential: string;
	/** Without a slash at the end. */
	baseUrl(credential: ICredentialDataDecryptedObject): string;
	limits(credential: ICredentialDataDecryptedObject): BudgetLimits;
	/** Names the account whose budget is used: the same for everyone who shares the service's limit. Never a secret. */
	account(credential: ICredentialDataDecryptedObject): string;
	mapError?: ErrorMapper;
	/** For credentials whose token runs out: the hidden fields it is stored in. `renewAt` is epoch milliseconds. */
	token?: { field: string; renewAt: string };
	headers?: IDataObject;
	/** Milliseconds to wait for one answer. */
	timeoutMs?: number;
}

export interface RequestSpec<T = unknown> {
	method?: IHttpRequestMethods;
	/** Starts with a slash; made with the `path` tag. */
	path: string;
	query?: IDataObject;
	body?: unknown;
	/** JSON that is ready to send, instead of `body`. */
	json?: Buffer;
	/**
	 * Whether a second sending does no harm (reads, replacing, deleting: the default for GET, PUT, DELETE). What is not
	 * idempotent (the default for the others) could be done twice, so it is not repeated once it may have arrived.
	 */
	idempotent?: boolean;
	/**
	 * Asks the service whether a request of unknown fate was carried out: its result, or undefined when it certainly was
	 * not (it is then sent again). Only used with `idempotent: false`.
	 */
	reconcile?(): Promise<T | undefined>;
	/** Called each time the request goes out. */
	onAttempt?(): void;
	/** What a person should look at when the fate stays unknown. */
	manualCheck?: string;
}

export type ServiceContext =
	IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions | IPollFunctions;

export interface Service {
	readonly definition: ServiceDefinition;
	/** A client for one run (or one look-up of the editor), signed in with the node's credential. */
	open(context: ServiceContext): Promise<Client>;
}

export function service(definition: ServiceDefinition): Service {
	return { definition, open: async (context) => await Client.open(definition, context) };
}
