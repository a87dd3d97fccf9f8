#!/usr/bin/perl
# What comes in over the FastCGI socket, well-formed or not, without a database.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Hello;
use Test::More;
use Time::HiRes qw(sleep time);

plan skip_all => 'tomozuna-hello is not built' if !Hello::program();

my $h = Hello->start;
ok $h->ready, 'answers without a database';
my $json = [HTTP_ACCEPT => 'application/json'];

subtest 'routes' => sub {
	is $h->get('/none')->{status}, 404;
	my $a = $h->get('/hello', REQUEST_METHOD => 'DELETE');
	is $a->{status}, 405, 'another method';
	$a = $h->post('/hello/health', '', TOMOZUNA_DOOR => 'loopback');
	is $a->{status}, 405;
	is $a->{head}{allow}, 'GET, HEAD';
	is $h->get('/hello/health')->{status}, 404, 'health is loopback only';
	is $h->get('/hello/' . 'a' x 32)->{status}, 404;
};

subtest 'no database' => sub {
	my $a = $h->get('/hello');
	is $a->{status}, 503;
	ok $a->{head}{'retry-after'}, 'says when to come back';
	is $a->{head}{'cache-control'}, 'no-store';
	$a = $h->get('/hello', @$json);
	like $a->{body}, qr/^\{"error":\{"code":"unavailable","message":"/;
	$a = $h->get('/hello/health', TOMOZUNA_DOOR => 'loopback');
	is $a->{status}, 503;
	like $a->{body}, qr/"database":"down"/;
	$a = $h->get('/hello/metrics', TOMOZUNA_DOOR => 'loopback');
	is $a->{status}, 200;
	like $a->{body}, qr/^# /m;
	$a = $h->post('/hello', 'name=%E5%8F%8B%3Cb%3E&note=a%0D%0Ab');
	is $a->{status}, 503;
	like $a->{body}, qr/value="友&lt;b&gt;"/, 'nothing typed is lost';
	like $a->{body}, qr/>a\nb</;
};

subtest 'parameters' => sub {
	for my $name (qw(REQUEST_METHOD DOCUMENT_URI QUERY_STRING CONTENT_TYPE
	    CONTENT_LENGTH REMOTE_ADDR TOMOZUNA_DOOR TOMOZUNA_REQUEST_ID
	    TOMOZUNA_CERTIFICATE TOMOZUNA_VERIFY)) {
		is $h->get('/hello', $name => undef)->{status}, 500,
		    "without $name";
		is $h->get('/hello', extra => [[$name, 'x']])->{status}, 500,
		    "$name twice";
	}
	is $h->get('/hello', extra => [['FCGI_ROLE', 'RESPONDER']])->{status},
	    500, 'the role cannot be given as a parameter';
	is $h->get('/hello', TOMOZUNA_DOOR => 'back')->{status}, 500;
	is $h->get('/hello', TOMOZUNA_REQUEST_ID => 'x')->{status}, 500;
	is $h->get('/none', extra => [[HTTP_COOKIE => 'a=1'],
	    [HTTP_COOKIE => 'a=2']])->{status}, 400, 'two cookie headers';
	is $h->get('/hello', TOMOZUNA_DOOR => 'professional')->{status}, 403,
	    'no certificate';
	is $h->get('/hello', TOMOZUNA_DOOR => 'professional',
	    TOMOZUNA_VERIFY => 'SUCCESS', TOMOZUNA_CERTIFICATE => 'x')
	    ->{status}, 403, 'no real certificate';
	is $h->get('/hello', TOMOZUNA_DOOR => 'professional',
	    extra => [[HTTP_TOMOZUNA_VERIFY => 'SUCCESS']])->{status}, 403,
	    'a header cannot say so';
};

subtest 'other sites' => sub {
	my %p = (HTTP_ORIGIN => undef);
	my $status = sub { $h->post('/hello', 'name=a', %p, @_)->{status} };

	is $status->(), 403, 'neither origin nor site';
	is $status->(HTTP_ORIGIN => 'https://evil.example'), 403;
	is $status->(HTTP_ORIGIN => 'https://care.example'), 403,
	    'the other door';
	is $status->(HTTP_ORIGIN => 'null'), 403;
	is $status->(HTTP_ORIGIN => 'https://evil.example',
	    HTTP_SEC_FETCH_SITE => 'same-origin'), 403, 'origin counts first';
	is $status->(HTTP_SEC_FETCH_SITE => 'same-site'), 403;
	is $status->(HTTP_SEC_FETCH_SITE => 'same-origin'), 503;
	is $status->(TOMOZUNA_DOOR => 'loopback'), 503, 'gateways have none';
};

subtest 'bodies' => sub {
	my $code = sub {
		my ($body, %p) = @_;
		my $a = $h->post('/hello', $body, @$json, %p);
		return "$a->{status} " . ($a->{body} =~ /"code":"(\w+)"/)[0];
	};
	is $code->('name=a', CONTENT_LENGTH => 7), '400 body_incomplete',
	    'shorter than announced';
	is $code->('name=a', CONTENT_LENGTH => 5), '400 body_incomplete',
	    'longer than announced';
	is $code->('name=a', CONTENT_LENGTH => '-1'), '400 body_incomplete';
	is $code->('name=' . 'a' x 5000), '413 too_large';
	is $code->('name=a', CONTENT_LENGTH => '9' x 18), '413 too_large';
	is $code->('name=' . 'a' x 5000, CONTENT_LENGTH => 10),
	    '413 too_large', 'whatever was announced';
	is $code->('{}', CONTENT_TYPE => 'application/json'),
	    '415 media_type';
	is $code->('x', CONTENT_TYPE => 'multipart/form-data; boundary=x'),
	    '415 media_type';
	is $code->('name=%zz'), '400 malformed';
	is $code->('na%00me=a'), '400 malformed';
	is $code->(join '&', map { "n$_=1" } 1 .. 501), '400 malformed';
	is $h->send_raw(Hello::begin() . Hello::params(
	    REQUEST_METHOD => 'POST', CONTENT_LENGTH => 100, @$json,
	    CONTENT_TYPE => 'application/x-www-form-urlencoded',
	    HTTP_ORIGIN => 'https://family.example') .
	    Hello::record(Hello::T_STDIN, 'name=a'), 7)->{status}, 400,
	    'a body that stops half-way';
};

subtest 'smuggling' => sub {
	# A second request inside the unread body of the first, on a connection
	# that the peer asks to keep.
	my $forged = Hello::begin(1) . Hello::params(
	    DOCUMENT_URI => '/hello/metrics', TOMOZUNA_DOOR => 'loopback') .
	    Hello::body('');
	my $first = Hello::begin(1) . Hello::params(REQUEST_METHOD => 'POST',
	    CONTENT_LENGTH => 999999,
	    CONTENT_TYPE => 'application/x-www-form-urlencoded',
	    HTTP_ORIGIN => 'https://family.example');
	for my $end ('', Hello::record(Hello::T_STDIN, '')) {
		my $a = $h->send_raw($first . $end . $forged, 3);
		is $a->{status}, 413;
		is $a->{ends}, 1, 'one answer';
		unlike $a->{raw}, qr/# (HELP|TYPE)/, 'and no other';
	}
	my $one = Hello::begin(1) . Hello::params(DOCUMENT_URI => '/none') .
	    Hello::body('');
	my $a = $h->send_raw($one . $one, 3);
	is $a->{ends}, 1, 'a kept connection carries one request';
};

subtest 'silence' => sub {
	my @silent = map { $h->connect } 1 .. 2;
	my @half = map { $h->connect } 1 .. 2;
	syswrite $_, substr(Hello::begin() . Hello::params(), 0, 30) for @half;
	my $before = time;
	is $h->get('/none')->{status}, 404, 'answered all the same';
	cmp_ok time - $before, '<', 60, 'in time';
};

my $clean = qr/AddressSanitizer|runtime error/;
unlike $h->log_text, $clean, 'no sanitizer had to speak';

subtest 'what libfcgi cannot bear' => sub {
	# Nobody but a web server may connect to the socket; if one does, it
	# costs a restart and nothing else.
	my $values = Hello::record(Hello::T_GET_VALUES,
	    Hello::pair('FCGI_MPXS_CONNS', '') x 4);
	substr $values, 2, 2, "\0\0";
	my $length = Hello::record(Hello::T_PARAMS,
	    "\xff\xff\xff\xfe\xff\xff\xff\xfe" . 'x' x 16);
	for my $bytes ($values, Hello::begin() . $length) {
		$h->send_raw($bytes, 2);
		$h->run if $h->wait_exit(1) != -1;
		ok $h->ready, 'is back';
	}
	$h->stop;
	$h = Hello->start;
	ok $h->ready;
};

subtest 'stop under load' => sub {
	my @c = map { $h->connect } 1 .. 60;
	my $request = Hello::begin() . Hello::params(DOCUMENT_URI => '/none') .
	    Hello::body('');
	syswrite $_, $request for @c;
	my $before = time;
	kill 'TERM', $h->{pid};
	is_deeply Hello::gather(20, @c), { 404 => 60 }, 'everyone has an answer';
	is $h->wait_exit(30), 0, 'exit status';
	cmp_ok time - $before, '<', 30, 'in time';
	$h->run;
	ok $h->ready, 'the listener was left open';
	my $half = $h->connect;
	syswrite $half, Hello::begin();
	sleep 0.2;
	is $h->stop, 0, 'a silent peer does not keep it';
};

unlike $h->log_text, $clean, 'nor then';

subtest 'command line' => sub {
	my $p = Hello::program();
	like `$p --help`, qr/--check.*body_max_bytes/s;
	like `$p --version`, qr/^tomozuna-hello \S+$/;
	is scalar(my @lines = split /\n/, `$p --routes`), 4;
	like $lines[1], qr/^POST\t\/hello\tPUBLIC\tname:text,note:lines$/;
	is system("$p --nonsense 2>/dev/null") >> 8, 2;
	is system("$p --config /nonexistent 2>/dev/null") >> 8, 1;
	is system("$p --config $h->{dir}/hello.conf 2>/dev/null </dev/null")
	    >> 8, 1, 'descriptor 0 must listen';
};

done_testing;
