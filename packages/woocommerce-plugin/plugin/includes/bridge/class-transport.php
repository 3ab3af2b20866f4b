<?php
/**
 * HTTP to the bridge.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Bridge;

use Gatewright\WooCommerce\Log\Log;
use Gatewright\WooCommerce\Wire\Signature;

defined( 'ABSPATH' ) || exit;

/**
 * Sends one call: signed, with a timeout, without redirects, with a cap on the answer's size.
 */
final class Transport {

	const MAX_ANSWER_BYTES = 1048576;
	const MAX_DEPTH        = 32;

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
	 * A transport.
	 *
	 * @param Log      $log The plugin's log.
	 * @param callable $now Gives Unix seconds.
	 */
	public function __construct( Log $log, callable $now ) {
		$this->log = $log;
		$this->now = $now;
	}

	/**
	 * Sends a call; a failure is logged and returned.
	 *
	 * @param string                                 $base    The bridge's address, without a slash at its end.
	 * @param array{id: string, secret: string}|null $key     Null only for pairing, which is how a key is got.
	 * @param string                                 $method  GET or POST.
	 * @param string                                 $path    From /v1 on, with its query, escaped.
	 * @param array<string, mixed>|null              $body    Null: no body.
	 * @param int                                    $timeout Seconds.
	 */
	public function send( string $base, ?array $key, string $method, string $path, ?array $body, int $timeout ): Result {
		$url    = $base . $path;
		$raw    = null === $body ? '' : (string) wp_json_encode( (object) $body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
		$target = (string) wp_parse_url( $base, PHP_URL_PATH ) . $path;
		$args   = array(
			'method'              => $method,
			'timeout'             => $timeout,
			'redirection'         => 0,
			'limit_response_size' => self::MAX_ANSWER_BYTES,
			'user-agent'          => 'GatewrightForWooCommerce/' . GATEWRIGHT_VERSION,
			'headers'             => array(
				'Accept'          => 'application/json',
				'Accept-Language' => str_replace( '_', '-', determine_locale() ),
			),
		);
		if ( null !== $body ) {
			$args['headers']['Content-Type'] = 'application/json';
			$args['body']                    = $raw;
		}
		if ( null !== $key ) {
			$args['headers'] += Signature::headers( $key, ( $this->now )(), $method, $target, $raw );
		}
		$result = $this->read( wp_remote_request( $url, $args ) );
		$call   = $method . ' ' . strtok( $path, '?' );
		if ( $result->ok ) {
			$this->log->debug( "Called the bridge: $call" );
		} else {
			$this->log->fault( 'bridge-call', $result->reason, $call );
		}
		return $result;
	}

	/**
	 * Reads what came back.
	 *
	 * @param array<string, mixed>|\WP_Error $response What wp_remote_request gave.
	 */
	private function read( $response ): Result {
		if ( is_wp_error( $response ) ) {
			// The HTTP API has one code for every failure; cURL's number for a timeout is in its text.
			$slow = false !== stripos( $response->get_error_message(), 'timed out' ) || false !== strpos( $response->get_error_message(), 'cURL error 28' );
			return Result::failure( $slow ? 'timeout' : 'unreachable' );
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		$body   = json_decode( (string) wp_remote_retrieve_body( $response ), true, self::MAX_DEPTH, JSON_BIGINT_AS_STRING );
		if ( ! is_array( $body ) ) {
			return Result::failure( 'bad-answer', $status );
		}
		if ( $status >= 200 && $status < 300 ) {
			return Result::answer( $body );
		}
		return isset( $body['code'] ) && is_string( $body['code'] ) && '' !== $body['code']
			? Result::problem( $status, $body )
			: Result::failure( 'bad-answer', $status );
	}
}
