/**
 * Medusa's own webhook route, without the plugin's middleware in front of it: the measure that the plugin's route is
 * held against.
 */
export { POST } from '@medusajs/medusa/api/hooks/payment/[provider]/route';
