package Tomozuna::Test;

# What a system test needs: people who sign in, the database, what was sent by
# mail and SMS, and waiting. tests/README.md shows a whole test.
#
#   use Test::More;
#   use Tomozuna::Test;
#
#   my $nurse = person('nurse');                  # signed in, professional door
#   my $list  = $nurse->get('/patients');         # asks for JSON
#   is $list->status, 200;
#   my $id    = $list->json->{patients}[0]{id};
#   my $made  = $nurse->post("/timeline/$id", { body => '体温 37.2' });
#   is $made->status, 201;
#   is scalar db('SELECT COUNT(*) FROM timeline_entry WHERE ref = ?', unhex($made->json->{id})), 1;
#   ok wait_for(sub { grep { $_->{text} =~ /連絡帳/ } sms() }, 10), 'an SMS left';
#
# Text is Perl's characters everywhere; bytes only in ->body and in db() values
# made by unhex(). Nothing here dies because a program answered badly: statuses
# are for the test to look at.

use strict;
use warnings;
use utf8;
use Encode ();
use Exporter 'import';
use File::Basename ();
use JSON::PP ();
use Time::HiRes ();
use Tomozuna::Client;

our @EXPORT = qw(person nobody_at client demo slurp spew wait_for stays_false soon
    db db_rows unhex hex_ref pid_of kill_program program mails sms);

binmode $_, ':encoding(UTF-8)' for *STDOUT, *STDERR;
if (my $builder = eval { Test::More->builder }) {
    binmode $builder->$_, ':encoding(UTF-8)' for qw(output failure_output todo_output);
}

# ---- where things are ----

# demo('RUN') is $ENV{TOMOZUNA_RUN}; without a demo the whole test is skipped.
sub demo {
    my ($name) = @_;
    return $ENV{"TOMOZUNA_$name"} if defined $ENV{"TOMOZUNA_$name"};
    require Test::More;
    Test::More::plan(skip_all => "no demo: run tests/run, or eval \"\$(deploy/demo env)\"");
    exit 0;
}

sub slurp {
    my ($file, $raw) = @_;
    open my $in, '<:raw', $file or die "$file: $!\n";
    local $/;
    my $text = <$in> // '';
    return $raw ? $text : Encode::decode('UTF-8', $text);
}

# Writes a file whole: whoever reads it meanwhile gets the old or the new one.
sub spew {
    my ($file, $text) = @_;
    open my $out, '>:raw', "$file.new" or die "$file.new: $!\n";
    print {$out} utf8::is_utf8($text) ? Encode::encode('UTF-8', $text) : $text;
    close $out or die "$file.new: $!\n";
    rename "$file.new", $file or die "$file: $!\n";
    return;
}

# What the code returned once it was true; nothing when the seconds are over, of
# which a busy machine gets five times as many.
sub wait_for {
    my ($code, $seconds) = @_;
    my $end = Time::HiRes::time() + 5 * ($seconds // 10);
    while (1) {
        my $value = $code->();
        return $value if $value;
        return if Time::HiRes::time() > $end;
        Time::HiRes::sleep(0.05);
    }
}

# 1 when the code was false for so long. A busy machine gets no more time: what
# does not happen may not happen later either.
sub stays_false {
    my ($code, $seconds) = @_;
    my $end = Time::HiRes::time() + $seconds;
    while (Time::HiRes::time() < $end) {
        return 0 if $code->();
        Time::HiRes::sleep(0.05);
    }
    return 1;
}

# A test that something took less than so long. tests/faults, whose machine does
# nothing else, holds it to that; elsewhere ten times as long is a hang.
sub soon {
    my ($took, $limit, $text) = @_;
    require Test::More;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return Test::More::cmp_ok($took, '<', $ENV{TOMOZUNA_HEAVY} ? $limit : 10 * $limit, $text);
}

# ---- people ----

# A demo person, signed in. Options: door => 'open', signed_in => 0,
# device => another person's name (whose certificate is shown).
sub person {
    my ($name, %option) = @_;
    my $door = $option{door} // ($name eq 'relative' ? 'open' : 'professional');
    my $client = client(%option, door => $door, device => $option{device} // $name);
    $client->{name} = $name;
    $client->{password} = word($name, 'password');
    $client->{pin} = word($name, 'pin');
    $client->sign_in if $option{signed_in} // 1;
    return $client;
}

# A stranger at a door: no certificate, no session.
sub nobody_at {
    my ($door) = @_;
    return client(door => $door);
}

# A client with all in hand: door, device (a person's name), certificate and key
# (files), headers.
sub client {
    my (%option) = @_;
    my $door = $option{door} // 'professional';
    my %url = (
        professional => sub { demo('URL') },
        open         => sub { demo('OPEN_URL') },
        loopback     => sub { demo('LOOPBACK_URL') },
    );
    if ($option{device} && $door eq 'professional') {
        $option{certificate} //= demo('PEOPLE') . "/$option{device}.crt";
        $option{key} //= demo('PEOPLE') . "/$option{device}.key";
    }
    return Tomozuna::Client->new(url => $url{$door}->(), ca => demo('CA'), %option);
}

sub word {
    my ($name, $kind) = @_;
    my $file = demo('PEOPLE') . "/$name.$kind";
    my $word = -e $file ? slurp($file) : '';
    $word =~ s/\s+\z//;
    return $word;
}

# ---- the database, as its administrator ----

# Rows as hashes; a `?` takes the next value: undef, a number, text, or bytes from
# unhex(). NULL comes back as undef. One statement; for a change, an empty list.
sub db_rows {
    my ($sql, @values) = @_;
    my ($name, @rows) = asked($sql, @values);
    return map { my %row; @row{@$name} = @$_; \%row } @rows;
}

# The first column of each row; in scalar context that of the first.
sub db {
    my ($sql, @values) = @_;
    my (undef, @rows) = asked($sql, @values);
    return wantarray ? map { $_->[0] } @rows : $rows[0] && $rows[0][0];
}

sub asked {
    my ($sql, @values) = @_;
    my $n = 0;
    $sql =~ s/\?/quote($values[$n++])/ge if @values;
    die "db: $n places and " . @values . " values\n" if $n != @values;
    require Tomozuna::Database;     # DBI: what needs no demo does without it
    return Tomozuna::Database::answer(demo('DB_SOCKET'), demo('DB_NAME'), $sql);
}

sub quote {
    my ($value) = @_;
    return 'NULL' if !defined $value;
    return "X'" . unpack('H*', $$value) . "'" if ref $value;
    return $value if $value =~ /\A-?(?:0|[1-9]\d{0,17})\z/;
    return "CONVERT(X'" . unpack('H*', Encode::encode('UTF-8', $value)) . "' USING utf8mb4)";
}

# An id of a URL as the bytes of a `ref` column, and back (SELECT HEX(ref)).
sub unhex { my $bytes = pack 'H*', $_[0]; return \$bytes }
sub hex_ref { return lc $_[0] }

# ---- processes ----

# pid_of('tomozuna-timeline'), pid_of('mariadbd'); nothing while it is away.
sub pid_of {
    my ($name) = @_;
    my $file = demo('RUN') . "/$name.pid";
    my ($pid) = -e $file ? slurp($file) =~ /\A(\d+)/ : ();
    return $pid && kill(0, $pid) ? $pid : undef;
}

# Sends a signal, KILL if none is named; returns the process number.
sub kill_program {
    my ($name, $signal) = @_;
    my $pid = pid_of($name) or return;
    kill $signal // 'KILL', $pid;
    return $pid;
}

# Runs one of our programs to its end: (exit status, standard output, errors).
sub program {
    my ($name, @arguments) = @_;
    require File::Temp;
    my ($out, $err) = (File::Temp->new, File::Temp->new);
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        open STDIN, '<', '/dev/null';
        open STDOUT, '>&', $out;
        open STDERR, '>&', $err;
        exec { demo('BIN') . "/$name" } $name, @arguments or do { require POSIX; POSIX::_exit(127) };
    }
    waitpid $pid, 0;
    return ($? >> 8, slurp($out->filename), slurp($err->filename));
}

# ---- what left the house ----

# Mails as { name, text (decoded), raw }, oldest first.
sub mails {
    my @text = sort { -M $b <=> -M $a } glob demo('MAILBOX') . '/*.txt';
    return map { (my $raw = $_) =~ s/txt\z/eml/;
        { name => File::Basename::basename($_, '.txt'), text => slurp($_), raw => slurp($raw, 1) } } @text;
}

# SMS as { at, to, from, text }, oldest first.
sub sms {
    my $file = demo('SMS_LOG');
    return map { JSON::PP::decode_json($_) } split /\n/, -e $file ? slurp($file, 1) : '';
}

1;
