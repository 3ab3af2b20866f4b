<?php
/**
 * The bridge's words in the owner's language.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * A word that is not known is shown as it is: newer bridges have more of them.
 */
final class Words {

	/**
	 * Status of an invoice.
	 *
	 * @param string $status Status.
	 */
	public static function status( string $status ): string {
		$words = array(
			'creating'   => __( 'Being created', 'gatewright-for-woocommerce' ),
			'open'       => __( 'Waiting for the payment', 'gatewright-for-woocommerce' ),
			'processing' => __( 'Payment seen, not confirmed yet', 'gatewright-for-woocommerce' ),
			'settled'    => __( 'Paid', 'gatewright-for-woocommerce' ),
			'expired'    => __( 'Expired', 'gatewright-for-woocommerce' ),
			'canceled'   => __( 'Cancelled', 'gatewright-for-woocommerce' ),
			'failed'     => __( 'Failed', 'gatewright-for-woocommerce' ),
		);
		return $words[ $status ] ?? $status;
	}

	/**
	 * What is unusual about a payment, or why an item waits for a person.
	 *
	 * @param string $kind Exception or kind of item.
	 */
	public static function exception( string $kind ): string {
		$words = array(
			'underpaid'              => __( 'Too little was paid', 'gatewright-for-woocommerce' ),
			'overpaid'               => __( 'Too much was paid', 'gatewright-for-woocommerce' ),
			'late'                   => __( 'Paid after the time had run out', 'gatewright-for-woocommerce' ),
			'wrong_asset'            => __( 'Paid in another asset', 'gatewright-for-woocommerce' ),
			'amount_mismatch'        => __( 'The amount does not match', 'gatewright-for-woocommerce' ),
			'currency_mismatch'      => __( 'The currency does not match', 'gatewright-for-woocommerce' ),
			'reference_mismatch'     => __( 'The reference does not match', 'gatewright-for-woocommerce' ),
			'duplicate_payment'      => __( 'Paid twice', 'gatewright-for-woocommerce' ),
			'reorged'                => __( 'The blockchain has taken the payment back', 'gatewright-for-woocommerce' ),
			'review'                 => __( 'A person has to decide', 'gatewright-for-woocommerce' ),
			'unknown_status'         => __( 'The gateway used a status that is not known', 'gatewright-for-woocommerce' ),
			'contradiction'          => __( 'The gateway contradicts itself', 'gatewright-for-woocommerce' ),
			'no_news'                => __( 'No news from the gateway', 'gatewright-for-woocommerce' ),
			'absent_at_gateway'      => __( 'The gateway does not know the payment', 'gatewright-for-woocommerce' ),
			'storefront_refused'     => __( 'The shop refused the change of the order', 'gatewright-for-woocommerce' ),
			'storefront_unreachable' => __( 'The shop could not be reached', 'gatewright-for-woocommerce' ),
			'order_changed'          => __( 'The order was changed in the shop', 'gatewright-for-woocommerce' ),
			'event_failed'           => __( 'News of the gateway could not be worked on', 'gatewright-for-woocommerce' ),
			'job_failed'             => __( 'Work was given up', 'gatewright-for-woocommerce' ),
			'create_ambiguous'       => __( 'It is not known whether a payment was created', 'gatewright-for-woocommerce' ),
			'refund_unknown'         => __( 'It is not known whether a refund was sent', 'gatewright-for-woocommerce' ),
			'refund_due'             => __( 'A refund is due', 'gatewright-for-woocommerce' ),
			'unmatched'              => __( 'Money that belongs to no order', 'gatewright-for-woocommerce' ),
		);
		return $words[ $kind ] ?? $kind;
	}

	/**
	 * Amount, currency and network.
	 *
	 * @param mixed $money Money as the bridge gives it.
	 */
	public static function money( $money ): string {
		if ( ! is_array( $money ) || ! is_string( $money['amount'] ?? null ) || ! is_string( $money['currency'] ?? null ) ) {
			return '';
		}
		$network = is_string( $money['network'] ?? null ) ? " ({$money['network']})" : '';
		return "{$money['amount']} {$money['currency']}$network";
	}

	/**
	 * A time in the shop's zone.
	 *
	 * @param mixed $at Unix seconds.
	 */
	public static function time( $at ): string {
		return is_int( $at ) ? (string) wp_date( 'Y-m-d H:i', $at ) : '';
	}
}
