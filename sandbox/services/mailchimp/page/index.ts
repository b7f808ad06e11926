import type { View } from '../../../shell/standIn';
import type { MailchimpService } from '../service';
import { audiencesView } from './audiences';
import { campaignsView } from './campaigns';
import { membersView } from './members';
import { segmentsView } from './segments';

/** What the page shows of the account. */
export const views: Array<View<MailchimpService>> = [audiencesView, membersView, segmentsView, campaignsView];
