import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Attempts } from '../connection/attempts';
import { ServiceError } from '../errors';
import { limiterFor, withLimiters, type RateLimiter } from './limiter';
import { outgoing } from './outgoing';
import { partsCarrier, type Part } from './parts';
import { isWrite, type RequestSpec } from './request';
import type { HttpResponse, RequestLine } from './response';
import type { ServiceDefinition } from './definition';
import type { TokenRefresher } from './tokens';
import type { OutgoingRequest, Transport } from './transport';

/** Told when a request leaves this machine, and with which token. */
type Sent = (token: string | undefined) => void;

/** A request that may travel with others. */
export interface Passenger {
	part: Part;
	group: string;
}

/** Lets single attempts go out: each in its turn, signed with a live token, alone or together with others. */
export class Sender {
	private readonly together?: (part: Part, group: string) => Promise<HttpResponse | undefined>;

	constructor(
		private readonly definition: ServiceDefinition,
		private readonly credential: ICredentialDataDecryptedObject,
		private readonly account: string,
		private readonly limiter: RateLimiter,
		private readonly tokens: TokenRefresher,
		private readonly transport: Transport,
		private readonly attempts: Attempts,
	) {
		if (definition.parts !== undefined)
			this.together = partsCarrier(
				definition.parts,
				async (request, group) => await this.carry(request, group),
			);
	}

	/** The limits that a request uses up: the account's, and that of its part of the account. */
	limitersOf(request: RequestLine): RateLimiter[] {
		const scope = this.definition.scope?.(request, this.credential);
		return scope === undefined
			? [this.limiter]
			: [this.limiter, limiterFor(this.account, scope.limits, scope.name)];
	}

	/** How a request travels with others; undefined when it goes alone. */
	passenger<T>(spec: RequestSpec<T>, { method, headers }: OutgoingRequest): Passenger | undefined {
		const { parts } = this.definition;
		if (parts === undefined || spec.as === 'bytes') return undefined;
		if (isWrite(spec) && (spec.json ?? spec.bytes ?? spec.form ?? spec.multipart) !== undefined)
			return undefined;
		const part: Part = {
			method,
			path: spec.path,
			headers,
			...(spec.query === undefined ? {} : { query: spec.query }),
			...(isWrite(spec) && spec.body !== undefined ? { body: spec.body } : {}),
		};
		const group = parts.group(part);
		return group === undefined ? undefined : { part, group };
	}

	async alone(request: OutgoingRequest, limiters: RateLimiter[], sent: Sent): Promise<HttpResponse> {
		const send = async (data: ICredentialDataDecryptedObject, token: string | undefined) => {
			sent(token);
			this.attempts.stats.requests++;
			return await this.transport.send(request, { credential: this.definition.credential, data });
		};
		for (;;) {
			await this.tokens.settled();
			const response = await withLimiters(
				limiters,
				// A place is given up when the token is being renewed: all who waited for it would go out in one burst.
				async () => (this.tokens.isRefreshing ? undefined : await this.tokens.withToken(send)),
				this.attempts.turn,
			);
			if (response !== undefined) return response;
		}
	}

	/** One of several that travel in one request. Its turn in the rate is its own, its place in flight the carrier's. */
	async inCompany({ part, group }: Passenger, limiters: RateLimiter[], sent: Sent): Promise<HttpResponse> {
		for (const limiter of limiters) await limiter.admit(this.attempts.turn);
		sent(undefined);
		const response = await this.together!(part, group);
		if (response !== undefined) return response;
		const { name } = this.definition;
		throw new ServiceError({
			service: name,
			message: `${name} gave no answer for this part of a request`,
			remedy: 'Look at the service whether it was done.',
			outcome: 'unknown',
			canRetry: true,
		});
	}

	/** The request that holds the parts. A group's are counted over all nodes and executions, as all of an account is. */
	private async carry({ path, body }: { path: string; body: unknown }, group: string): Promise<HttpResponse> {
		const { concurrency } = this.definition.parts!;
		const places = limiterFor(this.account, { concurrency }, `parts ${group}`);
		const request = await outgoing(
			{ method: 'POST', path, body, answer: 'anything' },
			this.definition,
			this.credential,
		);
		let used: string | undefined;
		const send = async () => await this.alone(request, [places], (token) => (used = token));
		const response = await send();
		if (response.status !== 401 || used === undefined) return response;
		this.tokens.invalidate(used);
		return await send();
	}
}
