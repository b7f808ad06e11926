/** What can be set on the stand-in while it runs; a reset brings the defaults back. */
export interface AlimailSettings {
	/** Seconds that a new token is good for. Clients note 3600; the service does not document it. */
	tokenSeconds: number;
	/** Requests in any one second for one mail domain, all apps together. */
	requestsPerSecond: number;
	/** Whether a 429 carries Retry-After; that the service sends it is not confirmed. */
	retryAfter: boolean;
	/**
	 * Whether two departments with one parent may not have the same name. Not documented; a client has to be right
	 * either way, so tests can switch it off.
	 */
	uniqueDepartmentNames: boolean;
}

export function defaultSettings(): AlimailSettings {
	return { tokenSeconds: 3600, requestsPerSecond: 40, retryAfter: false, uniqueDepartmentNames: true };
}
