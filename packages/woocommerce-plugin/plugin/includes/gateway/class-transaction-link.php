<?php
/**
 * Where an owner can look at a payment.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Bridge\Order_Views;
use Gatewright\WooCommerce\Bridge\Result;
use Gatewright\WooCommerce\Connection\Bridge_Address;
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * A block explorer where network and transaction are known and of the right form, else the bridge's page of the order.
 */
final class Transaction_Link {

	const HEX       = '/\A(?:0x)?[0-9a-f]{64}\z/i';
	const EXPLORERS = array(
		'btc'      => array( self::HEX, 'https://mempool.space/tx/%s' ),
		'bitcoin'  => array( self::HEX, 'https://mempool.space/tx/%s' ),
		'litecoin' => array( self::HEX, 'https://litecoinspace.org/tx/%s' ),
		'ltc'      => array( self::HEX, 'https://litecoinspace.org/tx/%s' ),
		'eth'      => array( self::HEX, 'https://etherscan.io/tx/%s' ),
		'erc20'    => array( self::HEX, 'https://etherscan.io/tx/%s' ),
		'ethereum' => array( self::HEX, 'https://etherscan.io/tx/%s' ),
		'bsc'      => array( self::HEX, 'https://bscscan.com/tx/%s' ),
		'bep20'    => array( self::HEX, 'https://bscscan.com/tx/%s' ),
		'polygon'  => array( self::HEX, 'https://polygonscan.com/tx/%s' ),
		'trx'      => array( self::HEX, 'https://tronscan.org/#/transaction/%s' ),
		'tron'     => array( self::HEX, 'https://tronscan.org/#/transaction/%s' ),
		'trc20'    => array( self::HEX, 'https://tronscan.org/#/transaction/%s' ),
		'ton'      => array( '/\A(?:[0-9a-f]{64}|[A-Za-z0-9+\/_-]{43}=?)\z/i', 'https://tonviewer.com/transaction/%s' ),
		'sol'      => array( '/\A[1-9A-HJ-NP-Za-km-z]{80,90}\z/', 'https://solscan.io/tx/%s' ),
		'solana'   => array( '/\A[1-9A-HJ-NP-Za-km-z]{80,90}\z/', 'https://solscan.io/tx/%s' ),
	);

	/**
	 * The link; empty when the order has no payment of ours. The page is the bridge's own, whatever stands on the order.
	 *
	 * @param \WC_Order  $order      Order.
	 * @param Connection $connection Which bridge.
	 */
	public static function of( \WC_Order $order, Connection $connection ): string {
		$transaction = (string) $order->get_meta( Order_Payment::TRANSACTION );
		$network     = strtolower( (string) $order->get_meta( Order_Payment::NETWORK ) );
		list( $shape, $url ) = self::EXPLORERS[ $network ] ?? array( '', '' );
		if ( '' !== $shape && 1 === preg_match( $shape, $transaction ) ) {
			return sprintf( $url, rawurlencode( $transaction ) );
		}
		$page = (string) $order->get_meta( Order_Payment::PAGE );
		return Bridge_Address::origin( $page ) === Bridge_Address::origin( $connection->url() ) ? $page : '';
	}

	/**
	 * Keeps page and network of an order, as the bridge names them, where the order has none yet.
	 *
	 * @param \WC_Order $order Order.
	 * @param Result    $view  The bridge's view of it.
	 */
	public static function learn( \WC_Order $order, Result $view ): void {
		$found = array( Order_Payment::PAGE => $view->text( 'pay_url' ) );
		if ( true === ( $view->body['paid'] ?? false ) ) {
			$found[ Order_Payment::NETWORK ] = self::network_of( Order_Views::main_attempt( $view ) );
		}
		$new = false;
		foreach ( $found as $key => $value ) {
			if ( '' !== $value && '' === (string) $order->get_meta( $key ) ) {
				$order->update_meta_data( $key, $value );
				$new = true;
			}
		}
		if ( $new ) {
			$order->save_meta_data();
		}
	}

	/**
	 * The network of an attempt; empty when it has none.
	 *
	 * @param array<string, mixed> $attempt The attempt.
	 */
	private static function network_of( array $attempt ): string {
		$received = is_array( $attempt['received'] ?? null ) ? $attempt['received'] : array();
		$payable  = is_array( $attempt['payable'] ?? null ) ? $attempt['payable'] : array();
		$network  = $received['network'] ?? $payable['network'] ?? $attempt['network'] ?? '';
		return is_string( $network ) && 1 === preg_match( '/\A[A-Za-z0-9._-]{1,32}\z/', $network ) ? $network : '';
	}
}
