import { lookUp } from '../../../core/lookUp';

/** What a user of the role may not do here (https://mailchimp.com/help/manage-user-levels-in-your-account/). */
const MAY_NOT: Record<string, string> = {
	viewer: 'may only view reports: nothing can be added, changed or sent with it',
	author: 'may not change audiences and contacts, nor send campaigns',
	manager: 'may do everything the nodes do',
	admin: 'may do everything the nodes do, and everything else in the account: a Manager would be enough',
	owner: 'may do everything the nodes do, and everything else in the account: a Manager would be enough',
};

/** What a role may do, as a part of a sentence. @param role as Mailchimp writes it, in any case */
export const mayOf = (role: unknown): string =>
	lookUp(MAY_NOT, String(role ?? '').toLowerCase()) ?? 'may do what that role may';
