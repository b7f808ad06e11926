import type { Current, Desired } from '../../../../core/sync';

/**
 * HR systems name managers by address or by employee number; Alimail wants the address. Numbers are looked up among the
 * rows, then among the accounts; one that is found nowhere stays, and the plan reports it.
 */
export function managersByNumber(rows: Desired[], current: Current[]): void {
	const isNumber = (value: unknown): value is string =>
		typeof value === 'string' && value !== '' && !value.includes('@');
	if (!rows.some(({ fields }) => isNumber(fields.managerEmail))) return;
	const addresses = new Map<string, string>();
	for (const { fields } of [...current, ...rows])
		if (typeof fields.employeeNo === 'string' && typeof fields.email === 'string')
			addresses.set(fields.employeeNo.trim().toLowerCase(), fields.email);
	for (const { fields } of rows)
		if (isNumber(fields.managerEmail))
			fields.managerEmail = addresses.get(fields.managerEmail.toLowerCase()) ?? fields.managerEmail;
}
