import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { badRequest, bodyOf, GraphError } from './errors';
import type { Limits } from './limits';
import type { Props } from './records';
import type { OutlookSettings } from './settings';

const CHUNK = 4 * 1024 * 1024;
const LARGEST = 150 * 1024 * 1024;

interface Session {
	/** Whose mailbox. */
	owner: string;
	size: number;
	got: Buffer[];
	bytes: number;
	/** When it takes no more. */
	until: number;
	props: Props;
	done(props: Props, content: Buffer): string;
}

/** Upload sessions (learn.microsoft.com/graph/outlook-large-attachments): their addresses need no sign-in, and take none. */
export class Uploads {
	private readonly sessions = new Map<string, Session>();
	/** Bytes of the largest chunk that came. */
	largest = 0;
	/** Sessions that were called off. */
	cancelled = 0;

	constructor(
		private readonly base: () => string,
		private readonly settings: () => OutlookSettings,
		private readonly limits: Limits,
	) {}

	clear(): void {
		this.sessions.clear();
		this.largest = 0;
		this.cancelled = 0;
	}

	/** @throws {GraphError} 400 */
	open({ attachmentType, name, size, ...more }: Props, owner: string, done: Session['done']): Props {
		if (attachmentType !== 'file' || typeof name !== 'string' || typeof size !== 'number')
			throw badRequest('AttachmentItem needs attachmentType, name and size.', 'ErrorInvalidParameter');
		if (size > LARGEST || size > this.settings().messageBytes)
			throw badRequest('The message exceeds the maximum supported size.', 'ErrorMessageSizeExceeded');
		const id = randomBytes(10).toString('hex');
		const until = Date.now() + 3_600_000;
		this.sessions.set(id, {
			owner,
			size,
			got: [],
			bytes: 0,
			until,
			props: { '@odata.type': '#microsoft.graph.fileAttachment', name, isInline: false, ...more },
			done,
		});
		return {
			uploadUrl: `${this.base()}/upload/${id}?authtoken=${randomBytes(8).toString('hex')}`,
			expirationDateTime: new Date(until).toISOString(),
			nextExpectedRanges: ['0-'],
		};
	}

	/** A piece counts as what its mailbox is asked and given. @returns the answer, where it is refused */
	private async counted({ owner }: Session, bytes: number, reply: FastifyReply): Promise<unknown> {
		try {
			const leave = this.limits.enter(owner, bytes);
			if (this.settings().workMs > 0) await pause(this.settings().workMs);
			leave();
			return undefined;
		} catch (error) {
			if (!(error instanceof GraphError)) throw error;
			return await reply
				.code(error.status)
				.headers(error.headers)
				.send(bodyOf(error.status, error.code, error.message));
		}
	}

	routes(app: FastifyInstance): void {
		app.put<{ Params: { session: string } }>('/upload/:session', async (request, reply) => {
			const session = this.sessions.get(request.params.session);
			if (session === undefined || session.until < Date.now()) return await reply.code(404).send(bodyOf(404));
			if (request.headers.authorization !== undefined)
				return await reply
					.code(401)
					.send(bodyOf(401, 'InvalidAudience', 'The address is its own permission: no Authorization.'));
			const chunk = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
			const [, from, to, total] =
				/^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(request.headers['content-range'] ?? '')) ?? [];
			if (chunk.length > CHUNK) return await reply.code(413).send(bodyOf(413));
			if (
				Number(from) !== session.bytes ||
				Number(to) !== session.bytes + chunk.length - 1 ||
				Number(total) !== session.size
			)
				return await reply
					.code(416)
					.send(bodyOf(416, 'InvalidRange', 'The range is not the one that is expected next.'));
			const refused = await this.counted(session, chunk.length, reply);
			if (refused !== undefined) return refused;
			this.largest = Math.max(this.largest, chunk.length);
			const taken = chunk.subarray(0, this.settings().pieceBytes);
			session.got.push(taken);
			session.bytes += taken.length;
			if (session.bytes < session.size)
				return {
					expirationDateTime: new Date(session.until).toISOString(),
					nextExpectedRanges: [`${session.bytes}-`],
				};
			const id = session.done(session.props, Buffer.concat(session.got));
			this.sessions.delete(request.params.session);
			return await reply
				.code(201)
				.header(
					'location',
					`https://outlook.office.com/api/v2.0/Users('x')/Messages('y')/Attachments('${id}')`,
				)
				.send();
		});
		app.get<{ Params: { session: string } }>('/upload/:session', async (request, reply) => {
			const session = this.sessions.get(request.params.session);
			if (session === undefined) return await reply.code(404).send(bodyOf(404));
			return {
				expirationDateTime: new Date(session.until).toISOString(),
				nextExpectedRanges: [`${session.bytes}-`],
			};
		});
		app.delete<{ Params: { session: string } }>('/upload/:session', async (request, reply) => {
			const had = this.sessions.delete(request.params.session);
			if (had) this.cancelled += 1;
			return await reply.code(had ? 204 : 404).send();
		});
	}
}
