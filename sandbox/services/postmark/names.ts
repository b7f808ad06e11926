/**
 * An object with the service's own spelling of these names: it takes them in any case, as its PHP client sends them
 * (`returnPathDomain`, github.com/ActiveCampaign/postmark-php, src/Postmark/PostmarkAdminClient.php).
 */
export function named(value: object, names: readonly string[]): Record<string, unknown> {
	const given = Object.entries(value as Record<string, unknown>);
	if (given.every(([name]) => names.includes(name))) return value as Record<string, unknown>;
	const own = new Map(names.map((name) => [name.toLowerCase(), name]));
	return Object.fromEntries(given.map(([name, content]) => [own.get(name.toLowerCase()) ?? name, content]));
}
