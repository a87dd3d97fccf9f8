package Tomozuna::Database;

# The demo's database for tests, as whoever administers it. One connection a process: a
# client started anew for each question took 11 ms of processor time, which was a quarter of
# the suite's. It comes back by itself when the server has been away.

use strict;
use warnings;
use utf8;
use DBI;
use Encode ();

my %kept;    # by process: a child of a test has its own

sub connection {
    my ($socket, $name) = @_;
    my $c = $kept{$$};
    return $c if $c && $c->{Active};
    return $kept{$$} = DBI->connect("DBI:MariaDB:database=$name;mariadb_socket=$socket", scalar getpwuid $>, '',
        { RaiseError => 0, PrintError => 0, AutoInactiveDestroy => 1, mariadb_auto_reconnect => 0,
            # What a campaign clears away takes longer than any request may, and a test
            # waits for a row that the programs hold longer than their second.
            mariadb_init_command => 'SET max_statement_time = 300, innodb_lock_wait_timeout = 50' });
}

# What MariaDB answers: names of the columns, then rows; of a change nothing. Dies with
# what was asked. Several statements at once, and those that leave something behind in a
# connection (SET, BEGIN, USE …), get a connection of their own, the client's.
sub answer {
    my ($socket, $name, $sql) = @_;
    return by_client($socket, $name, $sql) if $sql =~ /;\s*\S/ || $sql !~ /\A\s*(?:SELECT|WITH|SHOW|INSERT|UPDATE|DELETE|REPLACE)\b/i;
    for my $try (1 .. 5) {
        my $c = connection($socket, $name) or last;
        my $s = $c->prepare($sql);
        if ($s && $s->execute) {
            return if !$s->{NUM_OF_FIELDS};
            return (scalar $s->{NAME}, map { [map { text($_) } @$_] } @{ $s->fetchall_arrayref });
        }
        # 2006: gone before it was asked; 2013: while it was, which only a question survives.
        my $gone = $c->err == 2006 || $c->err == 2013 && $sql =~ /\A\s*(?:SELECT|WITH|SHOW)\b/i;
        # 1213, 1205, 1020: it gave way to a program; it stands alone, so it may come again.
        next if grep { $c->err == $_ } 1213, 1205, 1020;
        delete $kept{$$};
        last if !$gone || $try > 1;
    }
    die "db: the statement failed: $sql\n" . (DBI->errstr // '') . "\n";
}

# Columns of bytes are read as text, too.
sub text {
    my ($value) = @_;
    return $value if !defined $value || utf8::is_utf8($value);
    return Encode::decode('UTF-8', $value);
}

sub by_client {
    my ($socket, $name, $sql) = @_;
    my @command = ('mariadb', '--no-defaults', "--socket=$socket", '--user=' . getpwuid($>), '--default-character-set=utf8mb4', '--batch',
        '--init-command=SET innodb_lock_wait_timeout = 50', $name, '-e', Encode::encode('UTF-8', $sql));
    open my $out, '-|', @command or die "mariadb: $!\n";
    my @lines = map { chomp; [map { unescape($_) } split /\t/, Encode::decode('UTF-8', $_), -1] } <$out>;
    close $out or die "db: the statement failed: $sql\n";
    return @lines;
}

sub unescape {
    my ($text) = @_;
    return undef if $text eq 'NULL';    # in a list, too: it keeps its column
    my %plain = (n => "\n", t => "\t", 0 => "\0", '\\' => '\\');
    $text =~ s/\\([nt0\\])/$plain{$1}/g;
    return $text;
}

1;
