<?php
/**
 * Double of WordPress' REST server: matching, permission, callbacks and filters in the real order.
 */

final class WP_REST_Request implements ArrayAccess {
	private $method;
	private $route;
	private $headers;
	private $body;
	public $params = array();
	public function __construct( string $method, string $route, array $headers, string $body ) {
		$this->method  = $method;
		$this->route   = $route;
		$this->headers = array_change_key_case( $headers );
		$this->body    = $body;
	}
	public function get_method() {
		return $this->method;
	}
	public function get_route() {
		return $this->route;
	}
	public function get_body() {
		return $this->body;
	}
	public function get_header( $name ) {
		return $this->headers[ strtolower( $name ) ] ?? null;
	}
	public function offsetExists( $name ): bool {
		return isset( $this->params[ $name ] );
	}
	#[\ReturnTypeWillChange]
	public function offsetGet( $name ) {
		return $this->params[ $name ] ?? null;
	}
	public function offsetSet( $name, $value ): void {
		throw new LogicException( 'parameters are read' );
	}
	public function offsetUnset( $name ): void {
		throw new LogicException( 'parameters are read' );
	}
}

final class WP_REST_Response {
	public $data;
	public $status;
	public $headers = array();
	public function __construct( $data, $status ) {
		$this->data   = $data;
		$this->status = $status;
	}
	public function header( $name, $value ) {
		$this->headers[ $name ] = $value;
	}
}

function register_rest_route( $namespace, $route, $args ) {
	if ( ! isset( $args['permission_callback'] ) ) {
		throw new LogicException( "no permission_callback: $route" );
	}
	Site::$routes[] = array( "/$namespace$route", (array) $args['methods'], $args );
}

function rest_do( WP_REST_Request $request ): WP_REST_Response {
	foreach ( Site::$routes as list( $pattern, $methods, $args ) ) {
		if ( ! in_array( $request->get_method(), $methods, true ) || ! preg_match( "@^$pattern$@i", $request->get_route(), $params ) ) {
			continue;
		}
		$request->params = $params;
		$response        = null;
		if ( '' !== $request->get_body() && null === json_decode( $request->get_body() ) ) {
			$response = new WP_Error( 'rest_invalid_json', 'Invalid JSON body passed.', array( 'status' => 400 ) );
		}
		if ( null === $response ) {
			$allowed  = $args['permission_callback']( $request );
			$response = is_wp_error( $allowed ) ? $allowed : null;
			if ( false === $allowed ) {
				$response = new WP_Error( 'rest_forbidden', '', array( 'status' => 401 ) );
			}
		}
		$response = $response ?? $args['callback']( $request );
		$response = apply_filters( 'rest_request_after_callbacks', $response, $args, $request );
		// For the Allow header WordPress asks for the permission a second time.
		$args['permission_callback']( $request );
		if ( is_wp_error( $response ) ) {
			return new WP_REST_Response( array( 'code' => $response->get_error_code() ), $response->get_error_data()['status'] );
		}
		return $response;
	}
	return new WP_REST_Response( array( 'code' => 'rest_no_route' ), 404 );
}
