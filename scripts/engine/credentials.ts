import { Credentials } from 'n8n-core';
import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';
import { ofN8n } from './nodeTypes';

type Data = ICredentialDataDecryptedObject;

/**
 * n8n's rules for credentials (generic authentication, tokens that run out) over a Map instead of a database. Credentials
 * are found by their name.
 */
export class CredentialStore extends ICredentialsHelper {
	readonly stored = new Map<string, Data>();

	constructor(private readonly types: Map<string, ICredentialType>) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.type(name).extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getOAuth2Options(): undefined {
		return undefined;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const merged: INodeProperties[] = [];
		for (const parent of this.type(name).extends ?? [])
			NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(merged, this.type(name).properties);
		return merged;
	}

	async authenticate(
		credentials: Data,
		typeName: string,
		options: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(typeName);
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		const resolve = (value: unknown): unknown =>
			isExpression(value)
				? String(
						workflow!.expression.getSimpleParameterValue(
							node!,
							value as string,
							'internal',
							{ $credentials: credentials } as never,
							undefined,
							'',
						) ?? '',
					)
				: value;
		const target = options as unknown as Record<string, Record<string, unknown>>;
		for (const [section, values] of Object.entries(authenticate.properties))
			for (const [key, value] of Object.entries(values as object))
				(target[section] ??= {})[resolve(key) as string] = resolve(value);
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: Data,
		typeName: string,
		node: INode,
		expired: boolean,
	): Promise<Data | undefined> {
		const type = this.type(typeName);
		const field = type.properties.find((p) => p.type === 'hidden' && p.typeOptions?.expirable === true)?.name;
		if (field === undefined || typeof type.preAuthentication !== 'function') return undefined;
		if (credentials[field] !== '' && !expired) return undefined;
		const output = (await type.preAuthentication.call(helpers, credentials)) as Data;
		if (output[field] === undefined) return undefined;
		await this.updateCredentials(node.credentials![typeName]!, typeName, { ...credentials, ...output });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<Credentials> {
		return new Credentials({ id: details.id, name: details.name }, type, '');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
	): Promise<Data> {
		const stored = this.stored.get(details.name) ?? {};
		const resolved = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as never,
			true,
			false,
			null,
			null,
		);
		return structuredClone({ ...stored, ...resolved }) as Data;
	}

	async updateCredentials(details: INodeCredentialsDetails, _type: string, data: Data): Promise<void> {
		this.stored.set(details.name, structuredClone(data));
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		_type: string,
		data: Data,
	): Promise<void> {
		const before = this.stored.get(details.name);
		this.stored.set(details.name, structuredClone({ ...before, oauthTokenData: data.oauthTokenData! }));
	}

	private type(name: string): ICredentialType {
		const type = this.types.get(name) ?? ofN8n<ICredentialType>('credentials', name);
		if (type === undefined) throw new Error(`Unknown credential type ${name}`);
		return type;
	}
}
