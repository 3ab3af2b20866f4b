<?php
/**
 * Connecting the shop with a bridge.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Connection;

use Gatewright\WooCommerce\Bridge\Bridge;
use Gatewright\WooCommerce\Bridge\Result;
use Gatewright\WooCommerce\Bridge\Transport;

defined( 'ABSPATH' ) || exit;

/**
 * Posts the pairing code, takes over the key and proves with a signed hello that it holds it.
 */
final class Pairing {

	const CAPABILITIES = array( 'settle', 'hold', 'cancel', 'fail', 'note', 'status', 'refunds' );

	/**
	 * Where the key is kept.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * HTTP.
	 *
	 * @var Transport
	 */
	private $transport;

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * The bridge's page for the next step: access to the shop's orders. Good once and for minutes, so it is kept nowhere.
	 *
	 * @var string
	 */
	private $next = '';

	/**
	 * A pairing.
	 *
	 * @param Connection $connection Where the key is kept.
	 * @param Transport  $transport  HTTP.
	 * @param Bridge     $bridge     The bridge.
	 * @param callable   $now        Gives Unix seconds.
	 */
	public function __construct( Connection $connection, Transport $transport, Bridge $bridge, callable $now ) {
		$this->connection = $connection;
		$this->transport  = $transport;
		$this->bridge     = $bridge;
		$this->now        = $now;
	}

	/**
	 * Connects. Empty when it worked, else the owner's text; a connection that worked before is kept then.
	 *
	 * @param string $text What was pasted.
	 */
	public function redeem( string $text ): string {
		$code = Pairing_Code::parse( $text );
		if ( null === $code ) {
			return __( 'This is not a pairing code. Copy the whole line that the bridge shows, from https:// to the last letter.', 'gatewright-for-woocommerce' );
		}
		$answer = $this->transport->send( $code['url'], null, 'POST', '/v1/pairings', $this->request( $code['code'] ), Bridge::CALL_TIMEOUT );
		$key    = $this->key_of( $answer );
		if ( null === $key ) {
			return $answer->ok ? Result::failure( 'bad-answer' )->owner_text() : $answer->owner_text();
		}
		$this->connection->pair( $code['url'], $key, ( $this->now )() );
		$next       = $answer->text( 'connect_url' );
		$this->next = Bridge_Address::origin( $next ) === Bridge_Address::origin( $code['url'] ) ? $next : '';
		$hello = $this->bridge->hello();
		$this->connection->learn( $hello );
		return $hello->ok ? '' : $hello->owner_text();
	}

	/**
	 * Where the owner goes on after a code was redeemed; empty when there is no such page.
	 */
	public function next_step(): string {
		return $this->next;
	}

	/**
	 * The key in the bridge's answer.
	 *
	 * @param Result $answer The bridge's answer.
	 * @return array{id: string, secret: string}|null
	 */
	private function key_of( Result $answer ): ?array {
		$id     = $answer->text( 'key_id' );
		$secret = $answer->text( 'secret' );
		$usable = $answer->ok && 1 === preg_match( '/\A[A-Za-z0-9_-]{1,64}\z/', $id ) && strlen( $secret ) >= 16;
		return $usable ? compact( 'id', 'secret' ) : null;
	}

	/**
	 * Body of POST /v1/pairings.
	 *
	 * @param string $code The code.
	 * @return array<string, mixed>
	 */
	private function request( string $code ): array {
		return array(
			'code'         => $code,
			'store_url'    => home_url(),
			'versions'     => Versions::all(),
			'capabilities' => self::CAPABILITIES,
		);
	}
}
