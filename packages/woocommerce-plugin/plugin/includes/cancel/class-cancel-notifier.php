<?php
/**
 * Telling the bridge that an order was cancelled.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Cancel;

use Gatewright\WooCommerce\Bridge\Bridge;
use Gatewright\WooCommerce\Log\Log;
use Gatewright\WooCommerce\Orders\Order_Command;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * Whoever cancels in the shop, the bridge ends what can be ended and watches the rest. A silent bridge is told again later.
 */
final class Cancel_Notifier {

	const RETRY_ACTION  = 'gatewright_tell_cancel';
	const RETRY_SECONDS = 300;
	const MOST_TRIES    = 6;

	/**
	 * Whether the bridge was silent earlier in this request: fifty cancelled orders must not wait for it fifty times.
	 *
	 * @var bool
	 */
	private $silent = false;

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * The plugin's log.
	 *
	 * @var Log
	 */
	private $log;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * A notifier.
	 *
	 * @param Bridge   $bridge The bridge.
	 * @param Log      $log    The plugin's log.
	 * @param callable $now    Gives Unix seconds.
	 */
	public function __construct( Bridge $bridge, Log $log, callable $now ) {
		$this->bridge = $bridge;
		$this->log    = $log;
		$this->now    = $now;
	}

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_action( 'woocommerce_order_status_cancelled', array( $this, 'cancelled' ), 10, 2 );
		add_action( self::RETRY_ACTION, array( $this, 'again' ), 10, 2 );
	}

	/**
	 * On woocommerce_order_status_cancelled.
	 *
	 * @param int            $order_id Order.
	 * @param \WC_Order|null $order    Order.
	 */
	public function cancelled( $order_id, $order = null ): void {
		$order = $order instanceof \WC_Order ? $order : wc_get_order( $order_id );
		if ( $order instanceof \WC_Order && Order_Payment::is_ours( $order ) && ! Order_Command::is_moving( (int) $order_id ) ) {
			$this->tell( $order, 1 );
		}
	}

	/**
	 * The action scheduler's turn. An order that is alive again is left alone.
	 *
	 * @param int $order_id Order.
	 * @param int $attempt  Which try this is.
	 */
	public function again( $order_id, $attempt ): void {
		$order = wc_get_order( $order_id );
		if ( $order instanceof \WC_Order && $order->has_status( 'cancelled' ) ) {
			$this->tell( $order, (int) $attempt );
		}
	}

	/**
	 * When the plugin is deleted. With a group named, Action Scheduler would look for actions without arguments only.
	 */
	public static function stop(): void {
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			as_unschedule_all_actions( self::RETRY_ACTION );
		}
	}

	/**
	 * Tells; a problem is the bridge's word and final, silence and "not now" are tried again.
	 *
	 * @param \WC_Order $order   Order.
	 * @param int       $attempt Which try this is.
	 */
	private function tell( \WC_Order $order, int $attempt ): void {
		if ( ! $this->silent ) {
			$result       = $this->bridge->cancel( $order );
			$this->silent = ! $result->ok && ( ! $result->is_problem() || in_array( $result->status, array( 429, 503 ), true ) );
			if ( ! $this->silent || 'not-connected' === $result->reason ) {
				return;
			}
		}
		if ( $attempt < self::MOST_TRIES && function_exists( 'as_schedule_single_action' ) ) {
			as_schedule_single_action( ( $this->now )() + self::RETRY_SECONDS * $attempt, self::RETRY_ACTION, array( $order->get_id(), $attempt + 1 ), 'gatewright' );
			return;
		}
		$this->log->fault( 'bridge-call', 'cancel-not-told', "order {$order->get_id()}" );
	}
}
