/**
 * A refusal as the family answers it: HTTP 200, and a code that is not 200. Codes 40001 to 40009 are those that users of
 * the API have published; the words of the answers are the sandbox's own, and a client must not depend on them.
 */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		message: string,
	) {
		super(message);
	}
}

/** For faults that bring no body. What the family answers when it is out of order is not published. */
export const bodyOf = (status: number) => ({
	code: status,
	message: status >= 500 ? 'system error' : 'request refused',
});
