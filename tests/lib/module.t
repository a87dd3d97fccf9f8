#!/usr/bin/perl
# A request's unit of work: the hello program with a MariaDB of its own.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Hello;
use Test::More;
use Time::HiRes qw(sleep time);

plan skip_all => 'tomozuna-hello is not built' if !Hello::program();
plan skip_all => 'no MariaDB' if !Hello::has_mariadb();

my $h = Hello->start;
ok $h->ready, 'serves before there is a database';
$h->mariadb("$FindBin::Bin/../..");
my @json = (HTTP_ACCEPT => 'application/json');

sub count { return $h->sql('SELECT COUNT(*) FROM hello_visit') }

sub eventually {
	my ($what) = @_;
	for (1 .. 100) {
		return 1 if $what->();
		return 0 if $h->wait_exit(0.1) != -1;
	}
	return 0;
}

ok eventually(sub { $h->get('/hello/health', TOMOZUNA_DOOR => 'loopback')
    ->{body} =~ /"statements_checked":true/ }), 'finds it by itself';
is $h->get('/hello/health', TOMOZUNA_DOOR => 'loopback')->{status}, 200;
is system(Hello::program() . " --config $h->{dir}/hello.conf --check"), 0,
    '--check';

subtest 'a form' => sub {
	my $a = $h->post('/hello', 'name=%E5%8F%8B%3Cb%3E&note=');
	is $a->{status}, 303;
	is $a->{head}{location}, '/hello';
	$a = $h->get('/hello');
	is $a->{status}, 200;
	like $a->{body}, qr/友&lt;b&gt;/;
	like $a->{body}, qr/name="idempotency_key" value="[0-9a-f]{32}"/;
	is $h->get('/hello', REQUEST_METHOD => 'HEAD')->{body}, '';
	is $h->sql('SELECT COUNT(*) FROM lib_audit WHERE status = 201'), 1,
	    'one audit row, with the change';
};

subtest 'JSON' => sub {
	my $a = $h->post('/hello', 'name=a', @json);
	is $a->{status}, 201;
	like $a->{body}, qr/^\{"id":"[0-9a-f]{32}"\}$/;
	$a = $h->get('/hello', @json);
	like $a->{body}, qr/^\{"visits":\[\{"id":"[0-9a-f]{32}","name":"a",/;
};

subtest 'inputs' => sub {
	my $before = count();
	my $fault = sub {
		my $a = $h->post('/hello', $_[0], @json);
		return join ' ', $a->{status},
		    $a->{body} =~ /"code":"(\w+)"/,
		    $a->{body} =~ /"field":"(\w+)"/;
	};
	is $fault->(''), '400 missing name';
	is $fault->('name=+%E3%80%80'), '400 missing name', 'blanks';
	is $fault->('name=' . 'a' x 41), '400 too_long name';
	is $fault->('name=%ff'), '400 not_utf8 name';
	is $fault->('name=a%00b'), '400 control name';
	is $fault->('name=a%0Ab'), '400 control name', 'a line end in a line';
	is $fault->('name=a&name=b'), '400 twice name';
	is $fault->('name=a&x=1'), '400 unknown x';
	is $fault->('name=a&note=' . 'a' x 201), '400 too_long note';
	is $fault->('note=%ff&name='), '400 missing name', 'in their order';
	is $h->get('/hello?x=1')->{status}, 400, 'GET takes none here';
	is count(), $before, 'nothing was stored';
	my $a = $h->post('/hello', 'name=&note=kept&idempotency_key=abcdefgh');
	is $a->{status}, 400;
	like $a->{body}, qr/<textarea name="note">kept</, 'kept for the next try';
	like $a->{body}, qr/value="abcdefgh"/, 'under the same key';
};

subtest 'idempotency' => sub {
	my $before = count();
	my @key = (HTTP_IDEMPOTENCY_KEY => 'key-0001');
	my $first = $h->post('/hello', 'name=once', @json, @key);
	is $first->{status}, 201;
	my $again = $h->post('/hello', 'name=once', @json, @key);
	is $again->{status}, 201;
	is $again->{body}, $first->{body}, 'the same answer';
	is count(), $before + 1, 'one effect';
	is $h->post('/hello', 'name=once', @key)->{head}{location}, '/hello',
	    'to a form likewise';
	my $other = $h->post('/hello', 'name=other', @json, @key);
	is $other->{status}, 409;
	like $other->{body}, qr/"idempotency_key_reused"/;
	is $h->post('/hello', 'name=once', @json, @key,
	    REMOTE_ADDR => '192.0.2.2')->{status}, 201, 'somebody else';
	is count(), $before + 2;
	is $h->post('/hello', 'name=', @json,
	    HTTP_IDEMPOTENCY_KEY => 'key-0002')->{status}, 400;
	is $h->post('/hello', 'name=x', @json,
	    HTTP_IDEMPOTENCY_KEY => 'key-0002')->{status}, 201,
	    'a refusal uses up no key';
	is $h->post('/hello', 'name=x', @json,
	    HTTP_IDEMPOTENCY_KEY => 'short')->{status}, 400;
	$before = count();
	my @c = map { $h->connect } 1 .. 12;
	for (@c) {
		my $body = 'name=many&idempotency_key=all-at-once';
		syswrite $_, Hello::begin() . Hello::params(@json,
		    REQUEST_METHOD => 'POST', CONTENT_LENGTH => length $body,
		    CONTENT_TYPE => 'application/x-www-form-urlencoded',
		    HTTP_ORIGIN => 'https://family.example') .
		    Hello::body($body);
	}
	is_deeply Hello::gather(10, @c), { 201 => 12 }, 'twelve at once';
	is count(), $before + 1, 'one effect';
};

subtest 'events' => sub {
	ok eventually(sub { $h->sql('SELECT COUNT(*) FROM hello_visit
	    WHERE greeted_at IS NULL') == 0 }), 'everyone was greeted';
	is $h->sql('SELECT COUNT(*) FROM lib_event_due'), 0, 'nothing is due';
	unlike $h->log_text, qr/not registered/, 'hello is registered';
	is $h->sql('SELECT COUNT(*) FROM lib_event'), count(),
	    'an event a visit';
	$h->sql("INSERT INTO lib_event (topic, about, at, sentence_ja,
	    sentence_en) VALUES ('hello.visited', UNHEX(REPEAT('00', 16)),
	    UTC_TIMESTAMP(3), '', '')");
	$h->sql("INSERT INTO lib_event_due (program, event_id, attempts,
	    not_before) SELECT 'hello', MAX(id), 4, UTC_TIMESTAMP(3)
	    FROM lib_event");
	ok eventually(sub { $h->sql('SELECT COUNT(*) FROM lib_event_due
	    WHERE parked IS NOT NULL AND attempts = 5') == 1 }),
	    'the fifth failure parks it';
	like $h->sql('SELECT parked FROM lib_event_due'), qr/^hello_greet: /;
	is $h->stop, 0;
	$h->sql("UPDATE lib_reactor SET topic = 'hello.elsewhere'");
	$h->run;
	ok eventually(sub { $h->log_text =~
	    /not registered in lib_reactor","topic":"hello\.visited"/ }),
	    'a reaction that nothing would reach is said';
	$h->sql("UPDATE lib_reactor SET topic = 'hello.visited'");
};

subtest 'a database that goes away' => sub {
	my $before = count();
	$h->mariadb_kill;
	my $a = $h->post('/hello', 'name=later', @json,
	    HTTP_IDEMPOTENCY_KEY => 'key-later');
	is $a->{status}, 503;
	is $h->get('/hello')->{status}, 503;
	$h->mariadb_run;
	ok eventually(sub { $h->get('/hello')->{status} == 200 }), 'comes back';
	is $h->post('/hello', 'name=later', @json,
	    HTTP_IDEMPOTENCY_KEY => 'key-later')->{status}, 201;
	is count(), $before + 1;
};

subtest 'drift' => sub {
	is $h->stop, 0;
	$h->sql('ALTER TABLE hello_visit CHANGE note remark VARCHAR(200) NULL');
	$h->run;
	is $h->wait_exit(10) >> 8, 1, 'a program that differs does not serve';
	like $h->log_text, qr/the database differs from this program/;
};

unlike $h->log_text, qr/AddressSanitizer|LeakSanitizer|runtime error/,
    'no sanitizer had to speak';
done_testing;
