<?php
/**
 * Who may call the plugin's routes.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Rest;

use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Log\Log;
use Gatewright\WooCommerce\Wire\Verifier;

defined( 'ABSPATH' ) || exit;

/**
 * Both must hold: a WooCommerce REST key of somebody who manages the shop, and the bridge's signature.
 */
final class Permission {

	/**
	 * Keys of the bridge.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * Checks signatures.
	 *
	 * @var Verifier
	 */
	private $verifier;

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
	 * The request that was checked last.
	 *
	 * @var \WP_REST_Request|null
	 */
	private $checked;

	/**
	 * Its verdict.
	 *
	 * @var true|\WP_Error
	 */
	private $verdict;

	/**
	 * A permission.
	 *
	 * @param Connection $connection Keys of the bridge.
	 * @param Verifier   $verifier   Checks signatures.
	 * @param Log        $log        The plugin's log.
	 * @param callable   $now        Gives Unix seconds.
	 */
	public function __construct( Connection $connection, Verifier $verifier, Log $log, callable $now ) {
		$this->connection = $connection;
		$this->verifier   = $verifier;
		$this->log        = $log;
		$this->now        = $now;
	}

	/**
	 * The permission_callback. WordPress calls it again for the Allow header; the nonce is spent by then, so the first
	 * verdict on a request stands.
	 *
	 * @param \WP_REST_Request $request The call.
	 * @return true|\WP_Error
	 */
	public function check( \WP_REST_Request $request ) {
		if ( $this->checked !== $request ) {
			$this->checked = $request;
			$this->verdict = $this->decide( $request );
		}
		return $this->verdict;
	}

	/**
	 * Decides once.
	 *
	 * @param \WP_REST_Request $request The call.
	 * @return true|\WP_Error
	 */
	private function decide( \WP_REST_Request $request ) {
		if ( ! current_user_can( 'manage_woocommerce' ) ) {
			$this->log->fault( 'bridge-auth', 'no-rest-key' );
			return $this->refusal( 'unauthorized' );
		}
		$now     = ( $this->now )();
		$reason  = $this->verifier->verify(
			$this->headers( $request ),
			$request->get_method(),
			$this->target(),
			(string) $request->get_body(),
			$this->connection->accepted_keys( $now ),
			$now
		);
		$refusal = array(
			Verifier::UNKNOWN_VERSION => 'unknown_version',
			Verifier::NOT_STORED      => 'not_stored',
		);
		if ( Verifier::OK === $reason ) {
			return true;
		}
		$this->log->fault( 'bridge-auth', $reason );
		return $this->refusal( $refusal[ $reason ] ?? 'unauthorized' );
	}

	/**
	 * Path and query as they were sent; WordPress has put slashes before quotes, nothing else is touched.
	 */
	private function target(): string {
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- it is compared with a signature.
		return isset( $_SERVER['REQUEST_URI'] ) ? (string) wp_unslash( $_SERVER['REQUEST_URI'] ) : '';
	}

	/**
	 * The four headers.
	 *
	 * @param \WP_REST_Request $request The call.
	 * @return array<string, string>
	 */
	private function headers( \WP_REST_Request $request ): array {
		$headers = array();
		foreach ( array( 'key', 'timestamp', 'nonce', 'signature' ) as $name ) {
			$headers[ $name ] = (string) $request->get_header( "gatewright-$name" );
		}
		return $headers;
	}

	/**
	 * A refusal, which Routes turns into a problem.
	 *
	 * @param string $code Code of the problem.
	 */
	private function refusal( string $code ): \WP_Error {
		return new \WP_Error( $code, $code, array( 'status' => Problem::STATUS[ $code ] ) );
	}
}
