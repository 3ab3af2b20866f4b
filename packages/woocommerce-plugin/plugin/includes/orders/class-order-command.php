<?php
/**
 * Holding, cancelling and failing an order, and notes on it.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Orders;

defined( 'ABSPATH' ) || exit;

/**
 * Under the same lock as settling, and refused when the order is not in the status that the plugin last saw or set: a
 * person's decision is not written over.
 */
final class Order_Command {

	const TARGETS  = array(
		'hold'   => 'on-hold',
		'cancel' => 'cancelled',
		'fail'   => 'failed',
	);
	const OUTCOMES = array(
		'hold'   => 'held',
		'cancel' => 'cancelled',
		'fail'   => 'failed',
		'note'   => 'noted',
	);

	/**
	 * Orders whose status this process changes for the bridge just now.
	 *
	 * @var array<int, true>
	 */
	private static $moving = array();

	/**
	 * The order's lock.
	 *
	 * @var Order_Lock
	 */
	private $lock;

	/**
	 * Claims.
	 *
	 * @var Claims
	 */
	private $claims;

	/**
	 * Calls that were carried out.
	 *
	 * @var Instructions
	 */
	private $instructions;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * Commands.
	 *
	 * @param Order_Lock   $lock         The order's lock.
	 * @param Claims       $claims       Claims.
	 * @param Instructions $instructions Calls that were carried out.
	 * @param callable     $now          Gives Unix seconds.
	 */
	public function __construct( Order_Lock $lock, Claims $claims, Instructions $instructions, callable $now ) {
		$this->lock         = $lock;
		$this->claims       = $claims;
		$this->instructions = $instructions;
		$this->now          = $now;
	}

	/**
	 * Whether it is the bridge's hand that moves this order now.
	 *
	 * @param int $order_id Order.
	 */
	public static function is_moving( int $order_id ): bool {
		return isset( self::$moving[ $order_id ] );
	}

	/**
	 * Runs a command. Outcome, or the code of a problem; with the order's status.
	 *
	 * @param int                  $order_id Order.
	 * @param string               $command  hold, cancel, fail or note.
	 * @param array<string, mixed> $body     Invoice, instruction, note, customer_note, order_key_hash.
	 * @return array<string, string>
	 */
	public function run( int $order_id, string $command, array $body ): array {
		return $this->lock->locked(
			$order_id,
			function () use ( $order_id, $command, $body ): array {
				$order = Fresh_Order::read( $order_id );
				if ( null === $order || ! Order_Payment::is_meant( $order, $body['order_key_hash'] ) ) {
					return array( 'problem' => 'order_missing' );
				}
				$status = array( 'order_status' => $order->get_status() );
				if ( $this->instructions->known( $body['instruction'] ) ) {
					return array( 'outcome' => 'already' ) + $status;
				}
				$refusal = $this->refusal( $order, $command );
				if ( '' !== $refusal ) {
					return array( 'problem' => $refusal ) + $status;
				}
				$answer = 'note' === $command ? $this->note( $order, $body ) : $this->move( $order, $command, $body );
				if ( ! isset( $answer['problem'] ) ) {
					$this->instructions->record( $body['instruction'], $order_id, ( $this->now )() );
				}
				return $answer + $status;
			}
		) ?? array( 'problem' => 'busy' );
	}

	/**
	 * Why nothing is done; empty when it may be.
	 *
	 * @param \WC_Order $order   Order, read under the lock.
	 * @param string    $command The command.
	 */
	private function refusal( \WC_Order $order, string $command ): string {
		if ( ! Order_Payment::is_ours( $order ) ) {
			return 'not_ours';
		}
		if ( 'note' !== $command && $this->claims->is_settled( $order ) ) {
			return 'settled';
		}
		if ( $order->get_status() !== Order_Payment::own_status( $order ) ) {
			return 'moved';
		}
		$open = array( 'pending', 'on-hold', 'failed' );
		return 'note' !== $command && ! $order->has_status( self::TARGETS[ $command ] ) && ! $order->has_status( $open ) ? 'moved' : '';
	}

	/**
	 * Adds a note.
	 *
	 * @param \WC_Order            $order Order.
	 * @param array<string, mixed> $body  Body of the call.
	 * @return array<string, string>
	 */
	private function note( \WC_Order $order, array $body ): array {
		$added = '' === $body['note'] ? 1 : $order->add_order_note( $body['note'], $body['customer_note'] ? 1 : 0 );
		return $added ? array( 'outcome' => self::OUTCOMES['note'] ) : array( 'problem' => 'not_stored' );
	}

	/**
	 * Gives the order its new status and looks whether it has it.
	 *
	 * @param \WC_Order            $order   Order.
	 * @param string               $command The command.
	 * @param array<string, mixed> $body    Body of the call.
	 * @return array<string, string>
	 */
	private function move( \WC_Order $order, string $command, array $body ): array {
		$target = self::TARGETS[ $command ];
		if ( $order->has_status( $target ) ) {
			return array( 'outcome' => 'already' );
		}
		if ( '' !== $body['invoice'] ) {
			$order->update_meta_data( Order_Payment::INVOICE, $body['invoice'] );
		}
		Order_Payment::set_own_status( $order, $target );
		self::$moving[ $order->get_id() ] = true;
		try {
			$order->update_status( $target, $body['note'] );
		} finally {
			unset( self::$moving[ $order->get_id() ] );
		}
		$after = Fresh_Order::read( $order->get_id() );
		return null !== $after && $after->has_status( $target )
			? array(
				'outcome'      => self::OUTCOMES[ $command ],
				'order_status' => $target,
			)
			: array( 'problem' => 'not_stored' );
	}
}
