<?php
/**
 * The shop's state.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Rest;

use Automattic\WooCommerce\Utilities\OrderUtil;
use Gatewright\WooCommerce\Connection\Bridge_Address;
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Connection\Versions;
use Gatewright\WooCommerce\Log\Last_Errors;

defined( 'ABSPATH' ) || exit;

/**
 * What the bridge's set-up check reads. No secret, and of webhooks only those that lead to the bridge.
 */
final class Status_Report {

	const MOST_WEBHOOKS = 100;

	/**
	 * Which bridge.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * The last things that went wrong.
	 *
	 * @var Last_Errors
	 */
	private $errors;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * A report.
	 *
	 * @param Connection  $connection Which bridge.
	 * @param Last_Errors $errors     The last things that went wrong.
	 * @param callable    $now        Gives Unix seconds.
	 */
	public function __construct( Connection $connection, Last_Errors $errors, callable $now ) {
		$this->connection = $connection;
		$this->errors     = $errors;
		$this->now        = $now;
	}

	/**
	 * The report.
	 *
	 * @return array<string, mixed>
	 */
	public function read(): array {
		$hold = (string) get_option( 'woocommerce_hold_stock_minutes', '60' );
		return array(
			'versions'           => Versions::all(),
			'store_url'          => home_url(),
			'hpos'               => class_exists( OrderUtil::class ) && OrderUtil::custom_orders_table_usage_is_enabled(),
			'blocks'             => self::has_blocks_checkout(),
			'permalinks'         => '' === (string) get_option( 'permalink_structure', '' ) ? 'plain' : 'pretty',
			'currency'           => get_woocommerce_currency(),
			'decimals'           => wc_get_price_decimals(),
			'hold_stock_minutes' => 'yes' === get_option( 'woocommerce_manage_stock', 'yes' ) && (int) $hold > 0 ? (int) $hold : null,
			'clock'              => ( $this->now )(),
			'webhooks'           => $this->webhooks(),
			'last_errors'        => $this->errors->all(),
		);
	}

	/**
	 * Whether the checkout page is made of blocks.
	 */
	private static function has_blocks_checkout(): bool {
		return function_exists( 'has_block' ) && has_block( 'woocommerce/checkout', (int) wc_get_page_id( 'checkout' ) );
	}

	/**
	 * WooCommerce's webhooks that lead to the bridge.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private function webhooks(): array {
		$bridge = Bridge_Address::origin( $this->connection->url() );
		$found  = array();
		$ids    = \WC_Data_Store::load( 'webhook' )->search_webhooks( array( 'limit' => self::MOST_WEBHOOKS ) );
		foreach ( is_array( $ids ) ? $ids : array() as $id ) {
			$webhook = wc_get_webhook( $id );
			if ( $webhook && Bridge_Address::origin( (string) $webhook->get_delivery_url() ) === $bridge ) {
				$found[] = array(
					'id'           => $webhook->get_id(),
					'topic'        => $webhook->get_topic(),
					'status'       => $webhook->get_status(),
					'delivery_url' => $webhook->get_delivery_url(),
					'failures'     => $webhook->get_failure_count(),
				);
			}
		}
		return $found;
	}
}
