#!/usr/bin/perl
# Every declared input of every route with values of the wrong kind: 400, and the
# answer names the field; nothing is stored, and a page keeps what was typed.
use strict;
use warnings;
use utf8;
use Encode ();
use List::Util 'min';
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Routes;
use Tomozuna::Test;

my %who = map { $_ => person($_) } qw(nurse manager crew privacy clerk officer hospitaldesk disasterofficer secretary member2);
my %by = (OFFICE_MANAGER => 'manager', EMERGENCY => 'crew', PRIVACY_OFFICER => 'privacy', CLERK => 'clerk', OFFICER => 'officer', HOSPITAL_DESK => 'hospitaldesk', DISASTER_OFFICER => 'disasterofficer', SECRETARY => 'secretary', BOARD => 'secretary', BOARD_MEMBER => 'member2');
my $patient = new_patient(nurse => 'visiting_nurse');
my $before = world_sum();

# Values that would do, so that only one input is wrong at a time: good/MODULE.pl.
my %good = map { %{ do "./$_" or die "$_: $@$!" } } glob 'tests/input/good/*.pl';

# An audience is several people.
my %several = map { $_ => 1 } qw(profession person fits perhaps area needs application letter vote hospital targets);

my %broken = (
    'an overlong slash'      => ["a\xC0\xAFb", 'not_utf8'],
    'an overlong NUL'        => ["\xC0\x80", 'not_utf8'],
    'a lone high surrogate'  => ["\xED\xA0\x80", 'not_utf8'],
    'a lone low surrogate'   => ["\xED\xB0\x80", 'not_utf8'],
    'a surrogate pair'       => ["\xED\xA0\xBD\xED\xB8\x80", 'not_utf8'],
    'CP932'                  => ["\x83\x65\x83\x58\x83\x67", 'not_utf8'],
    'CP932 that ends in 5C'  => ["\x95\x5C", 'not_utf8'],
    'EUC-JP'                 => ["\xA5\xC6\xA5\xB9", 'not_utf8'],
    'a cut character'        => ["abc\xE3\x81", 'not_utf8'],
    'a stray continuation'   => ["\x80", 'not_utf8'],
    'beyond U+10FFFF'        => ["\xF4\x90\x80\x80", 'not_utf8'],
    'FF'                     => ["\xFF", 'not_utf8'],
    'NUL'                    => ["ab\0cd", 'control'],
    'a bell'                 => ["\x07abcde", 'control'],
    'escape'                 => ["\x1b[31mabc", 'control'],
    'DEL'                    => ["abcde\x7f", 'control'],
    'a C1 control'           => ["\xC2\x85abcd", 'control'],
    'U+202E'                 => [Encode::encode('UTF-8', "abc\x{202E}def"), 'control'],
    'U+2066'                 => [Encode::encode('UTF-8', "abc\x{2066}def"), 'control'],
    'U+FFFE'                 => ["abc\xEF\xBF\xBE", 'control'],
    '31 accents on a letter' => ['a' . "\xCC\x81" x 31, 'control'],
);
my %odd = (
    choice  => [['x', 'not_a_choice'], ['JA', 'not_a_choice'], ["mail\0", 'not_a_choice'], [' ja', 'not_a_choice'], ['ja|en', 'not_a_choice'], ["\xFF", 'not_a_choice']],
    boolean => [['maybe', 'malformed'], ['2', 'malformed'], ['TRUE', 'malformed'], ["1\0", 'malformed'], ['-1', 'malformed']],
    cursor  => [['x', 'malformed'], ['A' x 47, 'malformed'], ["\0", 'malformed'], ['../', 'malformed']],
    integer => [['x', 'not_a_number'], ['1e3', 'not_a_number'], ['9' x 30, 'out_of_range'], ["1\0", 'not_a_number']],
    ref     => [['x', 'malformed'], ['AB' x 16, 'malformed'], ['ab' x 17, 'malformed']],
    files   => [['x', 'malformed'], ["\0", 'malformed']],
    date    => [['2026-02-30', 'malformed'], ['20260101', 'malformed'], ["2026-01-01\0", 'malformed']],
);

my (@wrong, $tried);

sub ask {
    my ($r, $field, %header) = @_;
    my $client = $who{ $by{ $r->{who} } // 'nurse' };
    my $path = path_of($r, patient => $patient, device => 'cd' x 16);
    return $client->post($path, $field, %header) if $r->{method} eq 'POST';
    my $query = Tomozuna::Client::form($field);
    return $client->get($query eq '' ? $path : "$path?$query", %header);
}

# The searches of one user are counted; this is not about that.
sub uncount { system('redis-cli -s ' . demo('REDIS_SOCKET') . ' flushall >/dev/null 2>&1') if -S demo('REDIS_SOCKET'); return }

sub want {
    my ($what, $answer, $code, $field) = @_;
    $tried++;
    my $error = $answer->json->{error} // {};
    my $got = join ' ', $answer->status, map { $_ // '-' } @$error{qw(code field)};
    push @wrong, "$what: $got instead of 400 $code $field" if $got ne "400 $code $field";
    return;
}

for my $r (routes()) {
    next if $r->{who} eq 'LOOPBACK';
    next if $r->{key} eq 'POST /notice/{token}';      # its body says nothing: its path is the key
    my ($base, @needed) = @{ $good{ $r->{key} } // [{}] };
    my %needed = map { $_ => 1 } @needed;
    uncount();
    if ($r->{inputs} ne '-') {
        ok($good{ $r->{key} }, "$r->{key} has good values to compare with");
    }
    for my $input (split /,/, $r->{inputs} eq '-' ? '' : $r->{inputs}) {
        my ($name, $kind) = split /:/, $input;
        my %bad = $kind =~ /\A(?:text|lines|secret)\z/ ? map { $_ => $broken{$_} } keys %broken : ();
        if (%bad) {
            $bad{'far too long'} = ['x' x 41_000, 'too_long'];
            $bad{'lines'} = ["ab\ncdef", 'control'] if $kind ne 'lines';
            $bad{'a tab'} = ["ab\tcd\x01", 'control'];
        } elsif ($odd{$kind}) {
            my $n;
            %bad = map { 'form ' . ++$n => $_ } @{ $odd{$kind} };
        }
        ok(%bad, "$kind has wrong values");
        for my $what (sort keys %bad) {
            uncount() if $tried && $tried % 5 == 0;
            want("$r->{key} $name: $what", ask($r, { %$base, $name => $bad{$what}[0] }), $bad{$what}[1], $name);
        }
        want("$r->{key} $name: twice", ask($r, { %$base, $name => [($base->{$name} // '') x 2] }), 'twice', $name) if !$several{$name};
        if ($needed{$name}) {
            my %without = %$base;
            delete $without{$name};
            want("$r->{key} $name: absent", ask($r, \%without), 'missing', $name);
            want("$r->{key} $name: empty", ask($r, { %$base, $name => '' }), 'missing', $name);
            want("$r->{key} $name: blanks", ask($r, { %$base, $name => " \x{3000} " }), 'missing', $name) if $kind =~ /text|lines/;
        }
    }
    for my $name ('zz', 'Body', 'id', 'user_id', 'is_admin', 'x' x 64) {
        uncount() if $r->{path} =~ m{\A(?:/account/test|/team/|/visits/)};
        want("$r->{key}: unknown $name", ask($r, { %$base, $name => 1 }), 'unknown', $name);
    }
    for my $name ('a b', 'body[]', '', 'x' x 65, "b\0dy", 'ｂody', '__proto__.x', 'a.b') {
        uncount() if $r->{path} =~ m{\A(?:/account/test|/team/|/visits/)};
        my $answer = ask($r, { %$base, $name => 1 });
        $tried++;
        push @wrong, "$r->{key}: a name that is none: " . $answer->status if $answer->status != 400;
    }
}
is(join("\n", @wrong[0 .. min(99, $#wrong)]), '', "each is refused by name ($tried tries)");
is(world_sum(), $before, 'and nothing has changed');
uncount();

# ---- a page keeps what was typed ----

my $typed = qq{一行目 <script>alert('canary')</script>\n二行目 "引用" & 'アポストロフィ' {{body}}};
my $page = $who{nurse}->post_form("/timeline/$patient", { body => $typed, kind => 'nonsense', urgent => 1 });
is($page->status, 400, 'a form with a wrong choice');
my ($area) = $page->text =~ m{<textarea[^>]*name="body"[^>]*>\n?(.*?)</textarea>}s;
is(unescaped($area // ''), $typed, '  keeps the text to the letter');
unlike($page->text, qr/<script>alert/, '  as text, not as script');
like($page->text, qr/id="e-kind"|href="#f-kind"/, '  and says at which field the fault is');
like($page->text, qr/name="urgent"[^>]*(?:value="1"|checked)/, '  the switch stays on');
my ($key) = $page->text =~ /name="idempotency_key" value="([^"]+)"/;
ok($key, '  and the page can be sent again');

my $long = 'あ' x 4001;
my $kept = $who{nurse}->post_form("/timeline/$patient", { body => $long, kind => 'plan' });
is($kept->status, 400, 'too long by one');
like($kept->text, qr/\Q$long\E/, '  all of it is still there');
like($kept->text, qr/value="plan"[^>]*selected|<option selected value="plan"|value="plan" (?:checked|selected)/, '  and the kind that was chosen');
is($who{nurse}->post("/timeline/$patient", { body => 'あ' x 4000 })->status, 201, '4000 are not too long');

my $secret = $who{nurse}->post_form('/sign-in', { login => "n\x{202E}", password => 'canary-of-a-password' });
is($secret->status, 400, 'a bad login');
unlike($secret->text, qr/canary-of-a-password/, '  gives no password back');
unlike($who{nurse}->post_form('/unlock', { pin => '98765' })->text, qr/98765/, 'nor a PIN');
unlike($who{nurse}->post('/sign-in', { login => 'x', password => "canary-of-a-password\x{202E}" })->text, qr/canary/, 'nor as JSON');
unlike(slurp($_), qr/canary-of-a-password|だめな欄がある|一行目/, "nor in $_") for glob(demo('LOG') . '/programs/*.log'), demo('LOG') . '/nginx-access.log', demo('LOG') . '/nginx-error.log';

sub unescaped {
    my ($html) = @_;
    my %name = (lt => '<', gt => '>', amp => '&', quot => '"', '#39' => "'");
    return $html =~ s/&(lt|gt|amp|quot|#39);/$name{$1}/gr;
}

done_testing;
