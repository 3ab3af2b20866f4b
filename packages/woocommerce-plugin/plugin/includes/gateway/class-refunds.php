<?php
/**
 * Refunds through the bridge.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Bridge\Bridge;
use Gatewright\WooCommerce\Bridge\Result;
use Gatewright\WooCommerce\Orders\Amount;
use Gatewright\WooCommerce\Orders\Claims;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * Only done and accepted are a refund. For everything else WooCommerce takes its refund row away again and shows the text.
 */
final class Refunds {

	/**
	 * The refund that WooCommerce is creating; process_refund is not told which one it is.
	 *
	 * @var \WC_Order_Refund|null
	 */
	private $creating;

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * Claims.
	 *
	 * @var Claims
	 */
	private $claims;

	/**
	 * Refunds.
	 *
	 * @param Bridge $bridge The bridge.
	 * @param Claims $claims Claims.
	 */
	public function __construct( Bridge $bridge, Claims $claims ) {
		$this->bridge = $bridge;
		$this->claims = $claims;
	}

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_action( 'woocommerce_create_refund', array( $this, 'remember' ) );
		add_action( 'woocommerce_order_status_refunded', array( $this, 'note_full_refund' ), 10, 2 );
	}

	/**
	 * On woocommerce_create_refund, before the refund has an id.
	 *
	 * @param \WC_Order_Refund $refund The refund.
	 */
	public function remember( $refund ): void {
		$this->creating = $refund;
	}

	/**
	 * A full refund of our own payment moves the order by our hand, so the bridge's later notes are still taken.
	 *
	 * @param int       $order_id Order.
	 * @param \WC_Order $order    Order.
	 */
	public function note_full_refund( $order_id, $order ): void {
		if ( Order_Payment::is_ours( $order ) && $this->claims->is_settled( $order ) ) {
			Order_Payment::set_own_status( $order, 'refunded' );
			$order->save_meta_data();
		}
	}

	/**
	 * Whether the order was paid through this plugin, and not only by this plugin's name.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function can_refund( \WC_Order $order ): bool {
		return $this->claims->is_settled( $order );
	}

	/**
	 * Refunds.
	 *
	 * @param \WC_Order             $order  Order.
	 * @param string|int|float|null $amount Amount in the order's currency.
	 * @param string                $reason What the owner typed.
	 * @return true|\WP_Error
	 */
	public function refund( \WC_Order $order, $amount, string $reason ) {
		$refund_id = $this->refund_id( $order );
		$decimal   = null === $amount ? null : Amount::parse( Amount::at_scale( $amount ) );
		if ( null === $decimal || '0' === $decimal ) {
			return self::error( 'amount-zero', __( 'A refund of nothing is not sent.', 'gatewright-for-woocommerce' ) );
		}
		if ( 0 === $refund_id ) {
			return self::error( 'no-refund', __( 'WooCommerce has not made a refund of this order first, so it could be sent twice. Refund from the order page.', 'gatewright-for-woocommerce' ) );
		}
		$result = $this->bridge->refund(
			$order,
			array(
				'refund_id' => $refund_id,
				'amount'    => Amount::at_scale( $amount ),
				'currency'  => $order->get_currency(),
				'reason'    => self::short( $reason ),
			)
		);
		return $this->outcome( $order, $result );
	}

	/**
	 * What the bridge's answer means for WooCommerce.
	 *
	 * @param \WC_Order $order  Order.
	 * @param Result    $result The bridge's answer.
	 * @return true|\WP_Error
	 */
	private function outcome( \WC_Order $order, Result $result ) {
		if ( ! $result->ok ) {
			return self::error( $result->reason, $result->is_problem() ? $result->owner_text() : self::unknown_text( $result ) );
		}
		switch ( $result->text( 'outcome' ) ) {
			case 'done':
				$order->add_order_note( __( 'Gatewright: the gateway has sent the refund.', 'gatewright-for-woocommerce' ) );
				return true;
			case 'accepted':
				$order->add_order_note( __( 'Gatewright: the gateway has accepted the refund and will send it.', 'gatewright-for-woocommerce' ) );
				return true;
			case 'manual':
				return self::error( 'manual', self::manual_text( $result ) );
			case 'checking':
				return self::error( 'checking', __( 'A refund of this payment has been sent and its outcome is not known yet. Look at the payment at the gateway before refunding again.', 'gatewright-for-woocommerce' ) );
			case 'refused':
				return self::error( 'refused', __( 'The gateway refused the refund. Nothing was sent back.', 'gatewright-for-woocommerce' ) );
			default:
				return self::error( 'bad-answer', self::unknown_text( Result::failure( 'bad-answer' ) ) );
		}
	}

	/**
	 * The id of the refund that is being made; 0 when there is none.
	 *
	 * @param \WC_Order $order Order.
	 */
	private function refund_id( \WC_Order $order ): int {
		if ( null !== $this->creating && (int) $this->creating->get_parent_id() === $order->get_id() && $this->creating->get_id() > 0 ) {
			return (int) $this->creating->get_id();
		}
		return 0;
	}

	/**
	 * What to do by hand.
	 *
	 * @param Result $result The bridge's answer.
	 */
	private static function manual_text( Result $result ): string {
		$text = sanitize_text_field( $result->text( 'instructions' ) );
		return '' === $text
			? __( 'This gateway cannot refund by itself. Send the money back by hand, then record it with "Refund manually".', 'gatewright-for-woocommerce' )
			/* translators: %s: what to do at the gateway, and that it is recorded in the order afterwards */
			: sprintf( __( '%s The button "Refund manually" records it and sends nothing.', 'gatewright-for-woocommerce' ), $text );
	}

	/**
	 * Silence after a call that moves money.
	 *
	 * @param Result $result The failure.
	 */
	private static function unknown_text( Result $result ): string {
		/* translators: %s: why there was no answer */
		return sprintf( __( '%s The refund may have been sent all the same: look there before trying again.', 'gatewright-for-woocommerce' ), $result->owner_text() );
	}

	/**
	 * At most what the bridge takes.
	 *
	 * @param string $reason What the owner typed.
	 */
	private static function short( string $reason ): string {
		return wp_html_excerpt( $reason, 500 );
	}

	/**
	 * An error for WooCommerce, which shows its text to the owner.
	 *
	 * @param string $code Code.
	 * @param string $text Owner's text.
	 */
	private static function error( string $code, string $text ): \WP_Error {
		return new \WP_Error( "gatewright-$code", $text );
	}
}
