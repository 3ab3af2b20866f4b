<?php
/**
 * Double of the HTTP API. Answers are given per "METHOD path"; anything that is not answered is an unreachable host.
 */

function wp_remote_request( $url, $args ) {
	foreach ( array( 'method', 'timeout', 'redirection', 'limit_response_size', 'headers' ) as $wanted ) {
		if ( ! isset( $args[ $wanted ] ) ) {
			throw new LogicException( "a call without $wanted" );
		}
	}
	if ( $args['timeout'] > 15 || 0 !== $args['redirection'] || false === ( $args['sslverify'] ?? true ) ) {
		throw new LogicException( 'a call that waits too long, follows redirects or trusts anybody' );
	}
	$target       = (string) parse_url( $url, PHP_URL_PATH );
	$query        = parse_url( $url, PHP_URL_QUERY );
	Site::$sent[] = array(
		'method'  => $args['method'],
		'url'     => $url,
		'target'  => null === $query ? $target : "$target?$query",
		'headers' => $args['headers'],
		'body'    => $args['body'] ?? '',
		'timeout' => $args['timeout'],
	);
	$answer = Site::$http[ $args['method'] . ' ' . $target ] ?? null;
	if ( is_callable( $answer ) ) {
		$answer = $answer( end( Site::$sent ) );
	}
	if ( null === $answer ) {
		return new WP_Error( 'http_request_failed', 'cURL error 7: Failed to connect' );
	}
	if ( 'hang' === $answer ) {
		return new WP_Error( 'http_request_failed', 'cURL error 28: Operation timed out after 1001 milliseconds' );
	}
	list( $status, $body ) = $answer;
	$text = is_string( $body ) ? $body : json_encode( $body );
	return array(
		'response' => array( 'code' => $status ),
		'body'     => substr( $text, 0, $args['limit_response_size'] ),
	);
}

function wp_remote_retrieve_response_code( $response ) {
	return $response['response']['code'];
}

function wp_remote_retrieve_body( $response ) {
	return $response['body'];
}
