<?php
/**
 * Problems that are told to the bridge.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * Body of application/problem+json: code, text for the owner, text for the shopper.
 */
final class Problem {

	const STATUS = array(
		'unauthorized'     => 401,
		'unknown_version'  => 400,
		'malformed'        => 400,
		'order_missing'    => 404,
		'paid_otherwise'   => 409,
		'total_changed'    => 409,
		'currency_changed' => 409,
		'refunded'         => 409,
		'not_ours'         => 409,
		'moved'            => 409,
		'settled'          => 409,
		'busy'             => 503,
		'not_stored'       => 503,
	);

	/**
	 * A response.
	 *
	 * @param string               $code Code of the problem.
	 * @param array<string, mixed> $more Facts beside the texts, such as the order's status.
	 */
	public static function response( string $code, array $more = array() ): \WP_REST_Response {
		$status   = self::STATUS[ $code ];
		$body     = array(
			'status'          => $status,
			'code'            => $code,
			'owner_message'   => self::owner_text( $code ),
			'shopper_message' => self::shopper_text( $code ),
		);
		$response = new \WP_REST_Response( $body + $more, $status );
		$response->header( 'Content-Type', 'application/problem+json' );
		return $response;
	}

	/**
	 * Cause and remedy for the owner.
	 *
	 * @param string $code Code of the problem.
	 */
	private static function owner_text( string $code ): string {
		switch ( $code ) {
			case 'unauthorized':
				return __( 'The request does not carry a valid WooCommerce key and a valid bridge signature. Pair the plugin again.', 'gatewright-for-woocommerce' );
			case 'unknown_version':
				return __( 'The bridge speaks a version of the wire that this plugin does not know. Update the plugin or the bridge.', 'gatewright-for-woocommerce' );
			case 'malformed':
				return __( 'A field is missing or has the wrong form.', 'gatewright-for-woocommerce' );
			case 'order_missing':
				return __( 'There is no such order in this shop, or another one has its number now.', 'gatewright-for-woocommerce' );
			case 'paid_otherwise':
				return __( 'The order has already been paid in another way. Refund one of the two payments.', 'gatewright-for-woocommerce' );
			case 'total_changed':
				return __( 'The total of the order has changed since the invoice was made. Compare it with what was paid.', 'gatewright-for-woocommerce' );
			case 'currency_changed':
				return __( 'The currency of the order has changed since the invoice was made.', 'gatewright-for-woocommerce' );
			case 'refunded':
				return __( 'The order has been refunded. Decide whether the new payment is sent back too.', 'gatewright-for-woocommerce' );
			case 'not_ours':
				return __( 'The order does not wait for this payment method any more.', 'gatewright-for-woocommerce' );
			case 'moved':
				return __( 'A person or another payment method has changed the order since. Nothing was changed.', 'gatewright-for-woocommerce' );
			case 'settled':
				return __( 'The order has been paid through Gatewright. Nothing was changed.', 'gatewright-for-woocommerce' );
			case 'busy':
				return __( 'Another call for this order is being answered. Ask again.', 'gatewright-for-woocommerce' );
			default:
				return __( 'The shop could not store this. Look at the PHP error log of the shop, then try again.', 'gatewright-for-woocommerce' );
		}
	}

	/**
	 * What a shopper may see.
	 *
	 * @param string $code Code of the problem.
	 */
	private static function shopper_text( string $code ): string {
		switch ( $code ) {
			case 'paid_otherwise':
				return __( 'This order has already been paid.', 'gatewright-for-woocommerce' );
			case 'settled':
				return __( 'This order has been paid.', 'gatewright-for-woocommerce' );
			case 'total_changed':
				return __( 'The total of this order has changed. Please contact the shop.', 'gatewright-for-woocommerce' );
			case 'currency_changed':
				return __( 'The currency of this order has changed. Please contact the shop.', 'gatewright-for-woocommerce' );
			case 'refunded':
				return __( 'This order has been refunded. Please contact the shop.', 'gatewright-for-woocommerce' );
			case 'not_ours':
				return __( 'This order can no longer be paid this way. Please contact the shop.', 'gatewright-for-woocommerce' );
			default:
				return __( 'The shop could not take this step. Please contact the shop.', 'gatewright-for-woocommerce' );
		}
	}
}
