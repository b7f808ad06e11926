import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Attempts } from '../connection/attempts';
import { ServiceError } from '../errors';
import { limiterFor, withLimiters, type RateLimiter, type Turn } from './limiter';
import { outgoing } from './outgoing';
import { partsCarrier, type Part } from './parts';
import { isWrite, type RequestSpec } from './request';
import { RequestLimits } from './requestLimits';
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
	limits: RequestLimits;
	/** Of its body. */
	bytes: number;
}

/** Lets single attempts go out: each in its turn, signed with a live token, alone or together with others. */
export class Sender {
	private readonly together?: (passenger: Passenger) => Promise<HttpResponse | undefined>;

	constructor(
		private readonly definition: ServiceDefinition,
		private readonly credential: ICredentialDataDecryptedObject,
		private readonly account: string,
		/** Who shares the limits. */
		private readonly sharers: string,
		private readonly limiter: RateLimiter,
		private readonly tokens: TokenRefresher,
		private readonly transport: Transport,
		private readonly attempts: Attempts,
	) {
		if (definition.parts !== undefined)
			this.together = partsCarrier(
				definition.parts,
				async (request, passengers: Passenger[]) => await this.carry(request, passengers),
			);
	}

	/** The limits that a request uses up: the account's, and those of its parts of the account. */
	limitsOf(request: RequestLine): RequestLimits {
		const scopes = this.definition.scopes?.(request, this.credential, this.account) ?? [];
		return new RequestLimits([
			{ limiter: this.limiter },
			...scopes.map(({ name, limits, ...more }, i) => ({
				// By the number they are waited for in the same order by everyone; see `withLimiters`.
				limiter: limiterFor(this.sharers, limits, `${i + 1} ${name}`),
				...more,
			})),
		]);
	}

	/** How a request travels with others; undefined when it goes alone. */
	passenger<T>(
		spec: RequestSpec<T>,
		{ method, headers, body }: OutgoingRequest,
		limits: RequestLimits,
	): Passenger | undefined {
		const { parts } = this.definition;
		if (parts === undefined || spec.as === 'bytes' || spec.withoutLongTexts === true) return undefined;
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
		return group === undefined ? undefined : { part, group, limits, bytes: bytesOf(body) };
	}

	async alone(
		request: OutgoingRequest,
		limits: RequestLimits,
		sent: Sent,
		turn: Turn = { bytes: bytesOf(request.body) },
	): Promise<HttpResponse> {
		const send = async (data: ICredentialDataDecryptedObject, token: string | undefined) => {
			sent(token);
			this.attempts.stats.requests++;
			return await this.transport.send(request, { credential: this.definition.credential, data });
		};
		for (;;) {
			await this.tokens.settled();
			const response = await withLimiters(
				limits.all,
				// A place is given up when the token is being renewed: all who waited for it would go out in one burst.
				async () => (this.tokens.isRefreshing ? undefined : await this.tokens.withToken(send)),
				{ ...turn, ...this.attempts.turn },
			);
			if (response !== undefined) return response;
		}
	}

	/** One of several that travel in one request. Its turn in the rate is its own, its place in flight the carrier's. */
	async inCompany(passenger: Passenger, sent: Sent): Promise<HttpResponse> {
		const { limits, bytes } = passenger;
		for (const limiter of limits.all) await limiter.admit({ bytes, ...this.attempts.turn });
		sent(undefined);
		const response = await this.together!(passenger);
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

	/** The request that holds the parts. It takes as many places as they do at the service, of those that all of them need. */
	private async carry(
		{ path, body }: { path: string; body: unknown },
		passengers: Passenger[],
	): Promise<HttpResponse> {
		const places = this.definition.parts!.places?.(passengers.map(({ part }) => part)) ?? 1;
		const limits = RequestLimits.common(passengers.map((passenger) => passenger.limits));
		const request = await outgoing(
			{ method: 'POST', path, body, answer: 'anything' },
			this.definition,
			this.credential,
		);
		let used: string | undefined;
		const send = async () =>
			await this.alone(request, limits, (token) => (used = token), { places, isAdmitted: true });
		const response = await send();
		if (response.status !== 401 || used === undefined) return response;
		this.tokens.invalidate(used);
		return await send();
	}
}

const bytesOf = (body: OutgoingRequest['body']): number => (Buffer.isBuffer(body) ? body.length : 0);
