<?php
/**
 * Outcome of a call to the bridge.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * An answer, a problem with texts for owner and shopper, or silence. Never thrown.
 */
final class Result {

	/**
	 * Answered, and the answer has the fields it must have.
	 *
	 * @var bool
	 */
	public $ok;

	/**
	 * Why not: not-connected, unreachable, timeout, bad-answer, or the problem's code.
	 *
	 * @var string
	 */
	public $reason;

	/**
	 * HTTP status; 0 when there was no answer.
	 *
	 * @var int
	 */
	public $status;

	/**
	 * The answer, or the problem's body.
	 *
	 * @var array<string, mixed>
	 */
	public $body;

	/**
	 * A result.
	 *
	 * @param bool                 $ok     Whether it is an answer.
	 * @param string               $reason Why not.
	 * @param int                  $status HTTP status.
	 * @param array<string, mixed> $body   Decoded body.
	 */
	private function __construct( bool $ok, string $reason, int $status, array $body ) {
		$this->ok     = $ok;
		$this->reason = $reason;
		$this->status = $status;
		$this->body   = $body;
	}

	/**
	 * An answer.
	 *
	 * @param array<string, mixed> $body Decoded body.
	 */
	public static function answer( array $body ): self {
		return new self( true, '', 200, $body );
	}

	/**
	 * A problem the bridge has told.
	 *
	 * @param int                  $status HTTP status.
	 * @param array<string, mixed> $body   Body of the problem.
	 */
	public static function problem( int $status, array $body ): self {
		return new self( false, (string) $body['code'], $status, $body );
	}

	/**
	 * Silence, or an answer that is none.
	 *
	 * @param string $reason not-connected, unreachable, timeout or bad-answer.
	 * @param int    $status HTTP status.
	 */
	public static function failure( string $reason, int $status = 0 ): self {
		return new self( false, $reason, $status, array() );
	}

	/**
	 * As an array, for a transient: an object in there would be of the class of its day.
	 *
	 * @return array<string, mixed>
	 */
	public function to_store(): array {
		return get_object_vars( $this );
	}

	/**
	 * What to_store gave.
	 *
	 * @param array<string, mixed> $stored Stored result.
	 */
	public static function stored( array $stored ): self {
		$body = $stored['body'] ?? array();
		return new self( true === ( $stored['ok'] ?? false ), (string) ( $stored['reason'] ?? 'bad-answer' ), (int) ( $stored['status'] ?? 0 ), is_array( $body ) ? $body : array() );
	}

	/**
	 * Whether the bridge itself has said no, as opposed to silence.
	 */
	public function is_problem(): bool {
		return ! $this->ok && isset( $this->body['code'] );
	}

	/**
	 * A text field of the body; empty when it is none.
	 *
	 * @param string $name Field.
	 */
	public function text( string $name ): string {
		$value = $this->body[ $name ] ?? '';
		return is_string( $value ) ? $value : '';
	}

	/**
	 * A list of objects of the body; anything else in it is left out.
	 *
	 * @param string $name Field.
	 * @return array<int, array<string, mixed>>
	 */
	public function rows( string $name ): array {
		$value = $this->body[ $name ] ?? array();
		return is_array( $value ) ? array_values( array_filter( $value, 'is_array' ) ) : array();
	}

	/**
	 * Owner's words for a call that failed.
	 */
	public function owner_text(): string {
		if ( $this->is_problem() && '' !== $this->text( 'owner_message' ) ) {
			return $this->text( 'owner_message' );
		}
		switch ( $this->reason ) {
			case 'not-connected':
				return __( 'The shop is not connected to a bridge.', 'gatewright-for-woocommerce' );
			case 'timeout':
				return __( 'The bridge did not answer in time.', 'gatewright-for-woocommerce' );
			case 'unreachable':
				return __( 'The bridge cannot be reached.', 'gatewright-for-woocommerce' );
			default:
				return __( 'The bridge gave an answer that this plugin does not understand. Update both.', 'gatewright-for-woocommerce' );
		}
	}

	/**
	 * Shopper's words for a call that failed.
	 */
	public function shopper_text(): string {
		$text = $this->text( 'shopper_message' );
		return $this->is_problem() && '' !== $text
			? $text
			: __( 'Paying this way is not possible right now. Please choose another way to pay.', 'gatewright-for-woocommerce' );
	}
}
