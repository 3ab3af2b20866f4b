<?php
/**
 * Bodies of the bridge's calls.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Rest;

use Gatewright\WooCommerce\Orders\Amount;

defined( 'ABSPATH' ) || exit;

/**
 * Reads the fields a call must and may have. Unknown fields are ignored.
 */
final class Body {

	const NOTE_LENGTH = 2000;
	const ID_LENGTH   = 200;

	/**
	 * Fields that are missing or wrong.
	 *
	 * @var string[]
	 */
	private $wrong = array();

	/**
	 * The decoded body.
	 *
	 * @var array<string, mixed>
	 */
	private $fields;

	/**
	 * A body.
	 *
	 * @param array<string, mixed> $fields Decoded JSON.
	 */
	private function __construct( array $fields ) {
		$this->fields = $fields;
	}

	/**
	 * Fields of settle, or the names of those that are wrong.
	 *
	 * @param string $raw Raw body.
	 * @return array{fields: array<string, string>, wrong: string[]}
	 */
	public static function settle( string $raw ): array {
		$body   = self::read( $raw );
		$fields = array(
			'claim'             => $body->text( 'claim', self::ID_LENGTH, true ),
			'invoice'           => $body->text( 'invoice', self::ID_LENGTH, true ),
			'transaction_id'    => $body->text( 'transaction_id', 500, false, true ),
			'expected_total'    => $body->text( 'expected_total', 64, true ),
			'expected_currency' => $body->text( 'expected_currency', 3, true ),
			'note'              => $body->text( 'note', self::NOTE_LENGTH, false ),
			'order_key_hash'    => $body->key_hash(),
			'order_status'      => $body->text( 'order_status', 20, false ),
		);
		if ( null === Amount::parse( $fields['expected_total'] ) ) {
			$body->wrong[] = 'expected_total';
		}
		if ( 1 !== preg_match( '/\A[A-Z]{3}\z/', $fields['expected_currency'] ) ) {
			$body->wrong[] = 'expected_currency';
		}
		if ( ! in_array( $fields['order_status'], array( '', 'processing', 'completed' ), true ) ) {
			$body->wrong[] = 'order_status';
		}
		return $body->result( $fields );
	}

	/**
	 * Fields of hold, cancel, fail and note.
	 *
	 * @param string $raw Raw body.
	 * @return array{fields: array<string, mixed>, wrong: string[]}
	 */
	public static function command( string $raw ): array {
		$body     = self::read( $raw );
		$customer = $body->fields['customer_note'] ?? false;
		if ( ! is_bool( $customer ) ) {
			$body->wrong[] = 'customer_note';
		}
		return $body->result(
			array(
				'invoice'        => $body->text( 'invoice', self::ID_LENGTH, false ),
				'instruction'    => $body->text( 'instruction', self::ID_LENGTH, false ),
				'note'           => $body->text( 'note', self::NOTE_LENGTH, false ),
				'customer_note'  => true === $customer,
				'order_key_hash' => $body->key_hash(),
			)
		);
	}

	/**
	 * Decodes; what is no object has no fields, and a field of its own that is wrong.
	 *
	 * @param string $raw Raw body.
	 */
	private static function read( string $raw ): self {
		$decoded = json_decode( $raw, true, 8, JSON_BIGINT_AS_STRING );
		$body    = new self( is_array( $decoded ) ? $decoded : array() );
		if ( ! is_array( $decoded ) || '{' !== substr( ltrim( $raw ), 0, 1 ) ) {
			$body->wrong[] = '';
		}
		return $body;
	}

	/**
	 * A text field.
	 *
	 * @param string $name     Field.
	 * @param int    $length   Most characters.
	 * @param bool   $filled   Whether it must not be empty.
	 * @param bool   $required Whether it must be there.
	 */
	private function text( string $name, int $length, bool $filled, bool $required = false ): string {
		$value = $this->fields[ $name ] ?? ( $filled || $required ? null : '' );
		// JSON is UTF-8: characters are counted without the mbstring extension.
		$fits = is_string( $value ) && preg_match_all( '/./us', $value ) <= $length && ! ( $filled && '' === $value );
		if ( ! $fits ) {
			$this->wrong[] = $name;
			return '';
		}
		return $value;
	}

	/**
	 * The order's key as SHA-256; empty from a bridge that does not know of keys.
	 */
	private function key_hash(): string {
		$hash = $this->text( 'order_key_hash', 64, false );
		if ( '' !== $hash && 1 !== preg_match( '/\A[0-9a-f]{64}\z/', $hash ) ) {
			$this->wrong[] = 'order_key_hash';
		}
		return $hash;
	}

	/**
	 * Fields, and the names of those that are wrong.
	 *
	 * @param array<string, mixed> $fields Fields.
	 * @return array{fields: array<string, mixed>, wrong: string[]}
	 */
	private function result( array $fields ): array {
		return array(
			'fields' => $fields,
			'wrong'  => array_values( array_unique( $this->wrong ) ),
		);
	}
}
