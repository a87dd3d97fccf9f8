package Loader;

# Reads the town's files and writes rows: many a statement, all in one
# transaction, through one mariadb client. Keys are chosen here, behind the
# greatest of each table, so that rows can name each other without asking.

use strict;
use warnings;
use utf8;
use Encode ();
use IPC::Open2 ();

my $STATEMENT_BYTES = 900_000;

sub new {
    my ($class, %option) = @_;
    my $self = bless { %option, count => {}, next => {}, key => {} }, $class;
    open $self->{random}, '<:raw', '/dev/urandom' or die "/dev/urandom: $!\n";
    return $self;
}

sub client {
    my ($self) = @_;
    return ('mariadb', '--no-defaults', "--socket=$self->{socket}", "--user=$self->{admin}",
        '--default-character-set=utf8mb4', '--max-allowed-packet=16M', '--batch',
        '--skip-column-names', $self->{database});
}

# ---- reading ----

my %ESCAPED = (n => "\n", t => "\t", 0 => "\0", r => "\r");

sub cell {
    my ($text) = @_;
    return if $text eq '';
    $text =~ s/\\(.)/$ESCAPED{$1} \/\/ $1/gse if index($text, '\\') >= 0;
    return $text;
}

# Calls $code with each row of a file as a list, in the order of its header.
sub each_row {
    my ($self, $file, $code) = @_;
    my $path = "$self->{from}/$file.tsv";
    open my $in, '<:encoding(UTF-8)', $path or die "$path: $!\n";
    my $head = <$in>;
    while (my $line = <$in>) {
        chomp $line;
        $code->(map { cell($_) // undef } split /\t/, $line, -1);
    }
    chomp $head;
    return split /\t/, $head;
}

# All rows as hashes; an empty cell is undef.
sub rows {
    my ($self, $file) = @_;
    my @list;
    my @name = $self->each_row($file, sub { push @list, [@_] });
    return map { my %row; @row{@name} = @$_; \%row } @list;
}

# ---- writing ----

sub ask {
    my ($self, $sql) = @_;
    open my $out, '-|', $self->client, '-e', $sql or die "mariadb: $!\n";
    my @value = map { chomp; $_ } <$out>;
    close $out or die "the database refused\n";
    return @value;
}

sub begin {
    my ($self) = @_;
    open $self->{pipe}, '|-', $self->client or die "mariadb: $!\n";
    binmode $self->{pipe};
    $self->say("SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES', unique_checks = 0;\nSTART TRANSACTION");
    return;
}

sub say {
    my ($self, $sql) = @_;
    print { $self->{pipe} } $sql, ";\n" or die "the database went away\n";
    return;
}

sub commit {
    my ($self) = @_;
    $self->say('COMMIT');
    close $self->{pipe} or die "the database refused: nothing was loaded\n";
    return;
}

# The next key of a table that has AUTO_INCREMENT.
sub next_key {
    my ($self, $table) = @_;
    $self->{next}{$table} //= 1 + ($self->ask("SELECT COALESCE(MAX(id), 0) FROM $table"))[0];
    return $self->{next}{$table}++;
}

sub ref_hex {
    my ($self) = @_;
    read $self->{random}, my $bytes, 16;
    return unpack 'H*', $bytes;
}

# Values as SQL has them. Numbers come as they are.
sub text {
    my ($value) = @_;
    return 'NULL' if !defined $value;
    $value = Encode::encode('UTF-8', $value);
    $value =~ s/(['\\])/\\$1/g;
    $value =~ s/\n/\\n/g;
    return "'$value'";
}

sub number { return defined $_[0] ? 0 + $_[0] : 'NULL' }
sub hex    { return "X'$_[0]'" }

# 2026-11-22T06:00:00Z, or a Japanese day, as DATETIME(3) in UTC.
sub instant {
    my ($value) = @_;
    return 'NULL' if !defined $value;
    return "'$1 $2'" if $value =~ /\A(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z\z/;
    return "'$value' - INTERVAL 9 HOUR" if $value =~ /\A\d{4}-\d\d-\d\d\z/;
    die "no instant: $value\n";
}

# Rows of SQL values into a table; `columns` as SQL has them.
sub insert {
    my ($self, $table, $columns, $rows) = @_;
    my $head = "INSERT INTO $table ($columns) VALUES\n";
    my ($sql, $n) = ('', 0);
    for my $row (@$rows) {
        my $values = join ',', @$row;
        utf8::downgrade($values);    # bytes all of it, or appending gets slow
        $sql .= ($sql eq '' ? $head : ",\n") . "($values)";
        if (length $sql > $STATEMENT_BYTES) {
            $self->say($sql);
            $sql = '';
        }
        $n++;
    }
    $self->say($sql) if $sql ne '';
    $self->{count}{ $table =~ s/\A[a-z]+_//r } += $n;
    return;
}

# Lines through a filter of the administrator's command (kana, hash).
sub filter {
    my ($self, $name, @line) = @_;
    return if !@line;
    my $pid = IPC::Open2::open2(my $out, my $in, $self->{tomozuna}, $name);
    if (!fork) {
        print {$in} map { Encode::encode('UTF-8', "$_\n") } @line;
        close $in;
        require POSIX;
        POSIX::_exit(0);
    }
    close $in;
    my @answer = map { chomp; Encode::decode('UTF-8', $_) } <$out>;
    waitpid $pid, 0;
    die "$self->{tomozuna} $name failed\n" if $? || @answer != @line;
    return @answer;
}

1;
