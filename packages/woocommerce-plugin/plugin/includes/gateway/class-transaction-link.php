<?php
/**
 * Where an owner can look at a payment.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * A block explorer where network and transaction are known and of the right form, else the bridge's page of the payment.
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
	 * The link; empty when the order has no payment of ours.
	 *
	 * @param \WC_Order  $order      Order.
	 * @param Connection $connection Which bridge.
	 */
	public static function of( \WC_Order $order, Connection $connection ): string {
		$transaction = (string) $order->get_meta( Order_Payment::TRANSACTION );
		$network     = strtolower( (string) $order->get_meta( '_gatewright_network' ) );
		list( $shape, $url ) = self::EXPLORERS[ $network ] ?? array( '', '' );
		if ( '' !== $shape && 1 === preg_match( $shape, $transaction ) ) {
			return sprintf( $url, rawurlencode( $transaction ) );
		}
		$invoice = Order_Payment::invoice( $order );
		return '' === $invoice || ! $connection->exists() ? '' : $connection->url() . '/pay/' . rawurlencode( $invoice );
	}

	/**
	 * Keeps the network an attempt was paid on, as the bridge names it.
	 *
	 * @param \WC_Order            $order   Order that was paid.
	 * @param array<string, mixed> $attempt The attempt that paid it.
	 */
	public static function learn( \WC_Order $order, array $attempt ): void {
		$money   = is_array( $attempt['received'] ?? null ) ? $attempt['received'] : array();
		$payable = is_array( $attempt['payable'] ?? null ) ? $attempt['payable'] : array();
		$network = $attempt['network'] ?? $money['network'] ?? $payable['network'] ?? null;
		if ( ! is_string( $network ) || 1 !== preg_match( '/\A[A-Za-z0-9._-]{1,32}\z/', $network ) || '' !== (string) $order->get_meta( '_gatewright_network' ) ) {
			return;
		}
		$order->update_meta_data( '_gatewright_network', $network );
		$order->save_meta_data();
	}
}
