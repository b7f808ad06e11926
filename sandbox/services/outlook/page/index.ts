import type { View } from '../../../shell/standIn';
import type { OutlookService } from '../service';
import { contactsView } from './contacts';
import { eventsView } from './events';
import { mailboxesView } from './mailboxes';
import { messagesView } from './messages';

/** What the page shows of the tenant. */
export const views: Array<View<OutlookService>> = [mailboxesView, messagesView, eventsView, contactsView];
