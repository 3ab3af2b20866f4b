<?php
/**
 * The routes the bridge calls.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Rest;

use Gatewright\WooCommerce\Orders\Order_Command;
use Gatewright\WooCommerce\Orders\Settlement;
use Gatewright\WooCommerce\Log\Log;

defined( 'ABSPATH' ) || exit;

/**
 * /wp-json/wc-gatewright/v1: a namespace that starts with wc-, so WooCommerce authenticates it by the shop's REST keys.
 */
final class Routes {

	const ROOT          = 'wc-gatewright';
	const ROUTES        = 'wc-gatewright/v1';
	const MAX_BODY_SIZE = 65536;

	/**
	 * Who may call.
	 *
	 * @var Permission
	 */
	private $permission;

	/**
	 * Settling.
	 *
	 * @var Settlement
	 */
	private $settlement;

	/**
	 * Hold, cancel, fail, note.
	 *
	 * @var Order_Command
	 */
	private $command;

	/**
	 * The shop's state.
	 *
	 * @var Status_Report
	 */
	private $report;

	/**
	 * The plugin's log.
	 *
	 * @var Log
	 */
	private $log;

	/**
	 * Routes.
	 *
	 * @param Permission    $permission Who may call.
	 * @param Settlement    $settlement Settling.
	 * @param Order_Command $command    Hold, cancel, fail, note.
	 * @param Status_Report $report     The shop's state.
	 * @param Log           $log        The plugin's log.
	 */
	public function __construct( Permission $permission, Settlement $settlement, Order_Command $command, Status_Report $report, Log $log ) {
		$this->permission = $permission;
		$this->settlement = $settlement;
		$this->command    = $command;
		$this->report     = $report;
		$this->log        = $log;
	}

	/**
	 * Hooks the routes in.
	 */
	public function hook(): void {
		add_action( 'rest_api_init', array( $this, 'register' ) );
		add_filter( 'rest_request_after_callbacks', array( $this, 'as_problem' ), 10, 3 );
	}

	/**
	 * On rest_api_init.
	 */
	public function register(): void {
		$this->route( '/orders/(?P<id>[1-9][0-9]{0,18})/settle', 'POST', array( $this, 'settle' ) );
		foreach ( array_keys( Order_Command::OUTCOMES ) as $command ) {
			$this->route(
				"/orders/(?P<id>[1-9][0-9]{0,18})/$command",
				'POST',
				function ( \WP_REST_Request $request ) use ( $command ) {
					return $this->command( $request, $command );
				}
			);
		}
		$this->route( '/status', 'GET', array( $this, 'status' ) );
		register_rest_route(
			self::ROOT,
			'/v(?!1/)[0-9]+/.*',
			array(
				'methods'             => array( 'GET', 'POST' ),
				'callback'            => array( $this, 'unknown_version' ),
				'permission_callback' => '__return_true',
			)
		);
	}

	/**
	 * POST orders/:id/settle.
	 *
	 * @param \WP_REST_Request $request The call.
	 */
	public function settle( \WP_REST_Request $request ): \WP_REST_Response {
		return $this->act(
			$request,
			Body::settle( (string) $request->get_body() ),
			function ( int $order_id, array $fields ): array {
				return $this->settlement->settle( $order_id, $fields );
			}
		);
	}

	/**
	 * GET status.
	 */
	public function status(): \WP_REST_Response {
		return new \WP_REST_Response( $this->report->read(), 200 );
	}

	/**
	 * A version of the routes that there is not.
	 */
	public function unknown_version(): \WP_REST_Response {
		return Problem::response( 'unknown_version', array( 'understood' => array( 'v1' ) ) );
	}

	/**
	 * Gives refusals of WordPress and of the permission the form of a problem; other plugins' routes are left alone.
	 *
	 * @param mixed            $response What the route gave.
	 * @param array            $handler  The route.
	 * @param \WP_REST_Request $request  The call.
	 * @return mixed
	 */
	public function as_problem( $response, $handler, $request ) {
		if ( ! is_wp_error( $response ) || 0 !== strpos( (string) $request->get_route(), '/' . self::ROUTES . '/' ) ) {
			return $response;
		}
		$code = (string) $response->get_error_code();
		if ( 'unknown_version' === $code ) {
			return $this->unknown_version();
		}
		return Problem::response( isset( Problem::STATUS[ $code ] ) ? $code : 'malformed' );
	}

	/**
	 * POST orders/:id/hold, /cancel, /fail and /note.
	 *
	 * @param \WP_REST_Request $request The call.
	 * @param string           $command The command.
	 */
	private function command( \WP_REST_Request $request, string $command ): \WP_REST_Response {
		return $this->act(
			$request,
			Body::command( (string) $request->get_body() ),
			function ( int $order_id, array $fields ) use ( $command ): array {
				return $this->command->run( $order_id, $command, $fields );
			}
		);
	}

	/**
	 * Reads the body, does the work and answers. A bug is told to the bridge as such, so that it calls again.
	 *
	 * @param \WP_REST_Request $request The call.
	 * @param array            $body    Fields and the names of wrong ones.
	 * @param callable         $work    Takes order id and fields.
	 */
	private function act( \WP_REST_Request $request, array $body, callable $work ): \WP_REST_Response {
		if ( array() !== $body['wrong'] || strlen( (string) $request->get_body() ) > self::MAX_BODY_SIZE ) {
			return Problem::response( 'malformed', array( 'fields' => $body['wrong'] ) );
		}
		try {
			$answer = $work( (int) $request['id'], $body['fields'] );
		} catch ( \Throwable $fault ) {
			$this->log->fault( 'order-call', 'exception', get_class( $fault ) . ' in ' . basename( $fault->getFile() ) . ':' . $fault->getLine() );
			$answer = array( 'problem' => 'not_stored' );
		}
		if ( ! isset( $answer['problem'] ) ) {
			$this->log->debug( "Done: {$request->get_route()}: {$answer['outcome']}" );
			return new \WP_REST_Response( $answer, 200 );
		}
		$code = $answer['problem'];
		unset( $answer['problem'] );
		$this->log->info( "Refused: {$request->get_route()}: $code" );
		return Problem::response( $code, $answer );
	}

	/**
	 * Registers a route that needs key and signature.
	 *
	 * @param string   $path     Pattern.
	 * @param string   $method   GET or POST.
	 * @param callable $callback The work.
	 */
	private function route( string $path, string $method, callable $callback ): void {
		register_rest_route(
			self::ROUTES,
			$path,
			array(
				'methods'             => $method,
				'callback'            => $callback,
				'permission_callback' => array( $this->permission, 'check' ),
			)
		);
	}
}
