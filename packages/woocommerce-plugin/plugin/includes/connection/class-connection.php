<?php
/**
 * Which bridge the shop is connected to.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Connection;

use Gatewright\WooCommerce\Bridge\Result;

defined( 'ABSPATH' ) || exit;

/**
 * The secret is in an option of its own: WooCommerce's REST API shows a gateway's settings to every key that may read.
 */
final class Connection {

	const OPTION      = 'gatewright_connection';
	const KEYS_OPTION = 'gatewright_keys';

	/**
	 * Seconds for which the key before the last pairing still opens, so that calls under way are not refused.
	 */
	const PREVIOUS_KEY_LIFE = DAY_IN_SECONDS;

	/**
	 * Whether there is a bridge and a key.
	 */
	public function exists(): bool {
		return null !== $this->key() && '' !== $this->url();
	}

	/**
	 * The bridge's address, without a slash at its end.
	 */
	public function url(): string {
		return (string) ( $this->facts()['url'] ?? '' );
	}

	/**
	 * What hello said last: url, store, mode, gateways, version, paired_at.
	 *
	 * @return array<string, mixed>
	 */
	public function facts(): array {
		$facts = get_option( self::OPTION, array() );
		return is_array( $facts ) ? $facts : array();
	}

	/**
	 * Whether no real money moves.
	 */
	public function is_test(): bool {
		return $this->exists() && 'test' === ( $this->facts()['mode'] ?? '' );
	}

	/**
	 * Gateways of this shop, by id.
	 *
	 * @return array<string, string> Titles.
	 */
	public function gateways(): array {
		$gateways = $this->facts()['gateways'] ?? array();
		return is_array( $gateways ) ? $gateways : array();
	}

	/**
	 * The key to sign with.
	 *
	 * @return array{id: string, secret: string}|null
	 */
	public function key(): ?array {
		return $this->stored_keys()['current'] ?? null;
	}

	/**
	 * Keys the bridge may sign with: the current one and, for a day, the one before.
	 *
	 * @param int $now Unix seconds.
	 * @return array<int, array{id: string, secret: string}>
	 */
	public function accepted_keys( int $now ): array {
		$keys     = $this->stored_keys();
		$previous = $keys['previous'] ?? null;
		$accepted = isset( $keys['current'] ) ? array( $keys['current'] ) : array();
		if ( is_array( $previous ) && $now <= $previous['until'] ) {
			$accepted[] = array(
				'id'     => $previous['id'],
				'secret' => $previous['secret'],
			);
		}
		return $accepted;
	}

	/**
	 * Takes over a new key; the old one of the same bridge stays valid for a while.
	 *
	 * @param string                            $url  The bridge's address.
	 * @param array{id: string, secret: string} $key  New key.
	 * @param int                               $now  Unix seconds.
	 */
	public function pair( string $url, array $key, int $now ): void {
		$before = $this->key();
		$keys   = array( 'current' => $key );
		if ( null !== $before && $this->url() === $url ) {
			$keys['previous'] = $before + array( 'until' => $now + self::PREVIOUS_KEY_LIFE );
		}
		update_option( self::KEYS_OPTION, $keys, false );
		update_option(
			self::OPTION,
			array(
				'url'       => $url,
				'paired_at' => $now,
			),
			false
		);
	}

	/**
	 * Keeps what the bridge has told about this shop.
	 *
	 * @param Result $hello Answer of hello.
	 */
	public function learn( Result $hello ): void {
		if ( ! $hello->ok || ! $this->exists() ) {
			return;
		}
		$store    = $hello->body['store'] ?? array();
		$gateways = array();
		foreach ( $hello->rows( 'gateways' ) as $row ) {
			$id = $row['gateway'] ?? '';
			if ( is_string( $id ) && 1 === preg_match( '/\A[a-z0-9-]{1,40}\z/', $id ) ) {
				$gateways[ $id ] = sanitize_text_field( is_string( $row['title'] ?? null ) ? $row['title'] : $id );
			}
		}
		$facts = array(
			'store'    => sanitize_text_field( is_array( $store ) && is_string( $store['name'] ?? null ) ? $store['name'] : '' ),
			'mode'     => 'test' === $hello->text( 'mode' ) ? 'test' : 'live',
			'version'  => sanitize_text_field( $hello->text( 'version' ) ),
			'gateways' => $gateways,
		);
		update_option( self::OPTION, array_merge( $this->facts(), $facts ), false );
	}

	/**
	 * Forgets bridge and keys.
	 */
	public function disconnect(): void {
		delete_option( self::OPTION );
		delete_option( self::KEYS_OPTION );
	}

	/**
	 * The stored keys.
	 *
	 * @return array<string, mixed>
	 */
	private function stored_keys(): array {
		$keys = get_option( self::KEYS_OPTION, array() );
		return is_array( $keys ) ? $keys : array();
	}
}
