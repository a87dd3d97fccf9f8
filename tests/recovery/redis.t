#!/usr/bin/perl
# Redis emptied, with stale and wrong entries, stopped, killed: it is a cache, so
# it costs speed. Nobody is signed out, nobody sees what he may not.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(time);
use Tomozuna::Faults;
use Tomozuna::Test;

my $nurse = person('nurse');
my $outsider = person('outsider');
my $gone = person('nurse');
my $old = client(device => 'nurse');
$old->{cookie} = { %{ $gone->{cookie} } };
$gone->sign_out;
my $patient = patient_of($nurse);
my $written = 0;
my $run = sprintf 'Redis %08x', rand 2**32;

sub redis { my @line = qx(redis-cli -s @{[demo('REDIS_SOCKET')]} --raw @_ 2>&1); chomp @line; return @line }

sub all_is_well {
    my ($what) = @_;
    my $began = time;
    for my $path ('/patients', "/patients/$patient", "/timeline/$patient", '/account') {
        is($nurse->page($path)->status, 200, "$what: $path");
    }
    is($nurse->post('/patients/search', { q => 'あ' })->status, 200, "$what: a search, which is counted");
    is($nurse->post("/timeline/$patient", { body => $run })->status, 201, "$what: an entry");
    $written++;
    is($outsider->get("/timeline/$patient")->status, 404, "$what: an outsider sees nothing");
    is($old->get('/patients')->status, 401, "$what: a session that ended stays so");
    is(client(device => 'nurse')->get('/patients')->status, 401, "$what: nor is one made up");
    is(client(device => 'lost')->get('/patients')->status =~ /\A40[03]\z/, 1, "$what: a revoked device stays out");
    my $new = person('doctor');
    is($new->{signed_in}->status, 303, "$what: one can sign in");
    return time - $began;
}

my $calm = all_is_well('as always');
my $pid = pid_of('redis-server');

is((redis('FLUSHALL'))[0], 'OK', 'emptied');
all_is_well('emptied');

# Whatever stands there may be of last week, of another program, or of nobody.
my @keys = redis('KEYS', "'*'");
cmp_ok(scalar @keys, '>', 0, 'there are entries: ' . @keys);
for my $key (@keys) {
    redis('DEL', "'$key'");
    redis('LPUSH', "'$key'", 'x');
}
redis('SET', "'$_'", 'nonsense') for qw(session:1 viewer:1 patient:1 health);
all_is_well('wrong entries');
for my $key (grep { /\Aoften:patient/ } @keys) {
    redis('SET', "'$key'", 'nonsense');
    all_is_well('an entry that is no number');
    redis('SET', "'$key'", 100000);
    is($nurse->post('/patients/search', { q => 'あ' })->status, 429, 'a stale counter without an end says "too often"');
    my ($left) = redis('TTL', "'$key'");
    cmp_ok($left, '>', 0, "  but it has an end from now on: in $left s");
    redis('DEL', "'$key'");
}

# Full, and told to refuse rather than to forget: only its keeper may.
{
    my $password = slurp(demo('CREDENTIALS') . '/redis-keeper-password');
    chomp $password;
    local $ENV{REDISCLI_AUTH} = $password;
    my $config = sub { return redis('--user', 'keeper', 'CONFIG', @_) };
    my %was = map { $_ => ($config->('GET', $_))[1] } qw(maxmemory maxmemory-policy);
    $config->('SET', 'maxmemory-policy', 'noeviction');
    $config->('SET', 'maxmemory', 1);
    like((redis('--user', 'keeper', 'SET', 'filler', 'x'))[0], qr/\AOOM/, 'full: it takes nothing more');
    all_is_well('full');
    $config->('SET', $_, $was{$_}) for keys %was;
    is((redis('--user', 'keeper', 'SET', 'filler', 'x', 'EX', 1))[0], 'OK', 'room again');
}
all_is_well('with room again');

{
    my $hold = stopped($pid);
    my $took = all_is_well('stopped');
    cmp_ok($took, '<', $calm + 6, sprintf 'it took %.1f s instead of %.1f s', $took, $calm);
    like(health('timeline')->body, qr/"redis":"down"/, 'health says so');
    is(health('timeline')->status, 200, '  and calls the program ready all the same');
    note_numbers('stopped: %.0f ms a round instead of %.0f ms', $took * 1000, $calm * 1000);
}
all_is_well('going on');

kill KILL => $pid;
wait_for(sub { !pid_of('redis-server') }, 5);
my $took = all_is_well('killed');
cmp_ok($took, '<', $calm + 6, sprintf 'it took %.1f s', $took);
ok(revive('redis_up'), 'started again');
all_is_well('back');
ok(wait_for(sub { health('timeline')->body =~ /"redis":"up"/ }, 5), 'health says "up"');
is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body = ?', $run), $written, 'each entry is there once');
done_testing;
