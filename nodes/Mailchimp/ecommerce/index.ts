export { cart, order } from './purchases';
export { customer, product, store } from './shop';
